import { type BaseInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { mayIn } from './channel-rights.ts';
import type { Target } from './moderate.ts';
import { boolean, type ChannelOption, channel } from './options.ts';

const LOCKED: readonly ChannelType[] = [
  ...[ChannelType.GuildText, ChannelType.GuildAnnouncement, ChannelType.GuildForum, ChannelType.GuildMedia],
  ...[ChannelType.GuildVoice, ChannelType.GuildStageVoice, ChannelType.GuildCategory],
];

/** What is locked: this channel, another, a category, or everything. */
export const LOCK = {
  where: channel({ optional: true, types: LOCKED }),
  server: boolean({ optional: true }),
} as const;

/** UserError where the moderator may not manage the channel, or named two places. */
export function readLock(
  interaction: BaseInteraction,
  { where, server }: { readonly where?: ChannelOption | undefined; readonly server?: boolean | undefined },
): Target {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  const { guild, channel: here } = interaction;
  if (server && where) throw new UserError('moderation.lockdown.twoPlaces');
  if (server) return { id: guild.id, name: guild.name };
  const found = where ?? (here?.isThread() ? here.parent : here);
  if (!found || !('name' in found)) throw new UserError('moderation.lockdown.nowhere');
  if (!mayIn(interaction, found.id, PermissionFlagsBits.ManageChannels)) {
    throw new UserError('moderation.lockdown.notThere', { channel: mention('channel', found.id) });
  }
  return { id: found.id, name: found.name ?? found.id };
}
