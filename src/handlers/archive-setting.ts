import { type BaseInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer, Part } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { amount, mention, type Said, t, type Words } from '../services/answers/words.ts';
import { MOST_CHANNELS } from '../services/settings/areas/archive.ts';
import type { AreaValue } from '../services/settings/areas.ts';
import { mayIn } from './channel-rights.ts';
import type { Asked } from './define.ts';
import { changeArea } from './settings-panel.ts';

/**
 * What can be kept by itself: whatever messages stand in, and categories of it. Discord's description of its API lets no option name
 * media channels; they are kept with their category or the server.
 */
export const ARCHIVED_TYPES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.GuildVoice,
  ChannelType.GuildStageVoice,
  ChannelType.GuildCategory,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
  ChannelType.AnnouncementThread,
] as const;

const READ = PermissionFlagsBits.ViewChannel | PermissionFlagsBits.ReadMessageHistory;

/** Refuses a channel that whoever asks, or the bot, cannot read. */
export function mustBeReadable(channel: string, interaction: BaseInteraction): void {
  const found = interaction.guild?.channels.cache.get(channel);
  if (!mayIn(interaction, channel, READ))
    throw new UserError('archive.youCannotRead', { channel: mention('channel', channel) });
  const me = interaction.guild?.members.me;
  if (me && found?.permissionsFor(me).has(READ) === false)
    throw new UserError('archive.iCannotRead', { channel: mention('channel', channel) });
}

/** Gives a channel days of its own; 0 keeps nothing more of it. */
export async function setChannelDays(
  channel: string,
  days: number,
  asked: Asked<BaseInteraction>,
  context: Context,
): Promise<void> {
  await changeArea(
    'archive',
    ({ channelDays }) => {
      const others = Object.entries(channelDays).filter(([id]) => id !== channel);
      if (others.length >= MOST_CHANNELS) throw new UserError('archive.tooMany', { count: MOST_CHANNELS });
      return { channelDays: Object.fromEntries([...others, [channel, days]]) };
    },
    asked,
    context,
  );
}

/** What is kept where and for how long, for everybody. */
export async function archiveCard(
  { interaction }: Pick<Asked<BaseInteraction>, 'interaction'>,
  { archive, settings }: Context,
  changed?: Said,
): Promise<Answer> {
  const { guild } = interaction;
  if (!guild) throw new UserError('errors.serverOnly');
  const wanted = await settings.of(guild.id, 'archive');
  // A channel that whoever asks cannot see is not named to them.
  const seen = Object.entries(wanted.channelDays).filter(([id]) =>
    mayIn(interaction, id, PermissionFlagsBits.ViewChannel),
  );
  const lines = seen.map(([id, days]) =>
    lineOf(guild.channels.cache.has(id) ? mention('channel', id) : gone(id), days),
  );
  const { waiting, dropped } = archive.state;
  const parts: Part[] = [
    ...(changed ? [{ kind: 'text', text: changed } as const] : []),
    { kind: 'lines', lines: [lineOf(t('archive.elsewhere'), wanted.on ? wanted.days : 0), ...lines] },
    ...(keepsAnything(wanted) ? [{ kind: 'text', text: t('archive.what') } as const] : []),
    ...(dropped > 0
      ? [{ kind: 'text', text: t('archive.dropped', { dropped: amount(dropped), waiting: amount(waiting) }) } as const]
      : []),
  ];
  return { tone: changed ? 'good' : 'info', title: t('archive.title'), parts };
}

function gone(id: string): Words {
  return t('settings.gone.channel', { id });
}

function lineOf(what: Words, days: number): Said {
  return days === 0 ? t('archive.nothing', { what }) : t('archive.kept', { what, count: days });
}

function keepsAnything({ on, channelDays }: AreaValue<'archive'>): boolean {
  return on || Object.values(channelDays).some((days) => days > 0);
}
