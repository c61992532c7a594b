import { type BaseInteraction, PermissionFlagsBits } from 'discord.js';

/** Whether whoever asks has a permission in a channel of their server; where that is not known, in it all, as moderators do. */
export function mayIn(interaction: BaseInteraction, channelId: string, permission: bigint): boolean {
  if (!interaction.inCachedGuild()) return false;
  const { guild, member } = interaction;
  const channel = guild.channels.cache.get(channelId);
  if (channel) return channel.permissionsFor(member).has(permission);
  return member.permissions.has([permission, PermissionFlagsBits.ManageMessages]);
}
