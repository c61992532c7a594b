import { type BaseInteraction, ChannelType, PermissionFlagsBits } from 'discord.js';

/** Whether whoever asks sees a channel of their server. One that is not known, such as one that is gone, nobody sees. */
export function seesChannel(interaction: BaseInteraction, channelId: string): boolean {
  if (!interaction.inCachedGuild()) return false;
  const { guild, member } = interaction;
  const channel = guild.channels.cache.get(channelId);
  const rights = channel?.permissionsFor(member);
  if (!channel || !rights?.has(PermissionFlagsBits.ViewChannel)) return false;
  if (channel.type !== ChannelType.PrivateThread || rights.has(PermissionFlagsBits.ManageThreads)) return true;
  return channel.ownerId === member.id || channel.members.cache.has(member.id);
}
