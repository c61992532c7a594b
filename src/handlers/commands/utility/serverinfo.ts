import { ChannelType, type Guild } from 'discord.js';
import type { Answer } from '../../../services/answers/answer.ts';
import { UserError } from '../../../services/answers/user-error.ts';
import { amount, code, list, mention, t, timestamp, type Words } from '../../../services/answers/words.ts';
import { defineCommand } from '../../define.ts';
import { type Counts, countsOf } from '../../server-counts.ts';

/** Who has a server, since when, who is in it, and how it is set up. */
export default defineCommand({
  async run({ interaction: { guild } }, context) {
    if (!guild) throw new UserError('errors.serverOnly');
    return describe(guild, await countsOf(guild, context));
  },
});

function describe(guild: Guild, counts: Counts): Answer {
  const { description, ownerId, createdAt, verificationLevel, premiumTier, roles } = guild;
  const icon = guild.iconURL({ extension: 'png', size: 256 });
  return {
    tone: 'info',
    title: guild.name,
    ...(icon !== null && { thumbnail: icon }),
    parts: [
      ...(description ? [{ kind: 'text', text: description } as const] : []),
      {
        kind: 'fields',
        fields: [
          [t('eventLogs.what.owner'), mention('user', ownerId)],
          [t('commands.serverinfo.made'), madeAt(createdAt)],
          [t('commands.serverinfo.members'), membersOf(counts)],
          [t('commands.serverinfo.channels'), channelsOf(guild)],
          [t('commands.serverinfo.roles'), amount(roles.cache.size - 1)], // @everyone is not one that people give
          [t('commands.serverinfo.expressions'), expressionsOf(guild)],
          [t('eventLogs.what.boosts'), boostsOf(premiumTier, guild.premiumSubscriptionCount ?? 0)],
          [t('eventLogs.what.verification'), t(`eventLogs.verification.${verificationLevel}`)],
          [t('commands.serverinfo.id'), code(guild.id)],
        ],
      },
    ],
  };
}

function madeAt(at: Date): Words {
  return t('commands.serverinfo.madeAt', { date: timestamp(at, 'D'), ago: timestamp(at) });
}

function membersOf({ members, online }: Counts): Words {
  if (online === undefined) return amount(members);
  return t('commands.serverinfo.withOnline', { members: amount(members), online: amount(online) });
}

const TEXT: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
const VOICE: readonly ChannelType[] = [ChannelType.GuildVoice, ChannelType.GuildStageVoice];
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

function channelsOf({ channels }: Guild): Words {
  const types = channels.cache.map(({ type }) => type);
  const among = (some: readonly ChannelType[]) => types.filter((type) => some.includes(type)).length;
  return list([
    t('commands.serverinfo.text', { count: among(TEXT) }),
    t('commands.serverinfo.voice', { count: among(VOICE) }),
    t('commands.serverinfo.forums', { count: among(FORUMS) }),
    t('commands.serverinfo.categories', { count: among([ChannelType.GuildCategory]) }),
  ]);
}

function expressionsOf({ emojis, stickers }: Guild): Words {
  return list([
    t('commands.serverinfo.emojis', { count: emojis.cache.size }),
    t('commands.serverinfo.stickers', { count: stickers.cache.size }),
  ]);
}

function boostsOf(level: number, count: number): Words {
  return t('commands.serverinfo.boosts', { level, count });
}
