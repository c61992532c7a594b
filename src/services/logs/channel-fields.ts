import { ChannelType, type GuildBasedChannel } from 'discord.js';
import type { Key } from '../../lib/i18n.ts';
import { mention, t, type Words } from '../answers/words.ts';
import { type Field, textOf, yesNo } from './changes.ts';

const TYPES: Readonly<Partial<Record<ChannelType, Key>>> = {
  [ChannelType.GuildText]: 'eventLogs.channels.text',
  [ChannelType.GuildAnnouncement]: 'eventLogs.channels.announcement',
  [ChannelType.GuildVoice]: 'eventLogs.channels.voice',
  [ChannelType.GuildStageVoice]: 'eventLogs.channels.stage',
  [ChannelType.GuildCategory]: 'eventLogs.channels.category',
  [ChannelType.GuildForum]: 'eventLogs.channels.forum',
  [ChannelType.GuildMedia]: 'eventLogs.channels.media',
};

/** What is told of a channel or a thread, besides who may do what there. Where it stands in the list is no news. */
export const CHANNEL_FIELDS: readonly Field<GuildBasedChannel>[] = [
  ['eventLogs.what.name', ({ name }) => name],
  ['eventLogs.what.type', ({ type }) => typeWords(type)],
  ['eventLogs.what.category', ({ parentId }) => (parentId === null ? undefined : mention('channel', parentId))],
  ['eventLogs.what.topic', (one) => ('topic' in one ? textOf(one.topic) : undefined)],
  ['eventLogs.what.ageRestricted', (one) => ('nsfw' in one && one.nsfw ? yesNo(true) : undefined)],
  ['eventLogs.what.slowmode', (one) => seconds('rateLimitPerUser' in one ? one.rateLimitPerUser : 0)],
  ['eventLogs.what.bitrate', (one) => ('bitrate' in one ? kilobits(one.bitrate) : undefined)],
  ['eventLogs.what.userLimit', (one) => ('userLimit' in one && one.userLimit > 0 ? String(one.userLimit) : undefined)],
];

/** The same that is particular to threads. */
export const THREAD_FIELDS: readonly Field<GuildBasedChannel>[] = [
  ['eventLogs.what.archived', (one) => (one.isThread() ? yesNo(one.archived === true) : undefined)],
  ['eventLogs.what.locked', (one) => (one.isThread() ? yesNo(one.locked === true) : undefined)],
];

function typeWords(type: ChannelType): Words | undefined {
  const key = TYPES[type];
  return key && t(key);
}

function seconds(count: number | null | undefined): Words | undefined {
  return count ? t('eventLogs.seconds', { count }) : undefined;
}

function kilobits(bits: number): Words {
  return t('eventLogs.kilobits', { count: Math.round(bits / 1_000) });
}
