import { ChannelType } from 'discord-api-types/v10';
import { isThread } from '../permissions.ts';
import type { Channel } from './channels.ts';
import type { State } from './state.ts';
import { setVoice } from './voice.ts';

/** Tells everyone who may see it that a channel or thread came, changed or went. */
export function emitChannel(
  state: State,
  t: `${'CHANNEL' | 'THREAD'}_${'CREATE' | 'UPDATE' | 'DELETE'}`,
  channel: Channel,
  extra: object = {},
): void {
  const d = { ...state.channelView(channel), ...extra };
  state.emit({ t, d, channel: channel.id, ...(channel.guild_id !== undefined && { guild: channel.guild_id }) });
}

/** Stores a changed channel or thread and tells of it. */
export function updateChannel(state: State, channel: Channel): Channel {
  state.setChannel(channel);
  emitChannel(state, isThread(channel) ? 'THREAD_UPDATE' : 'CHANNEL_UPDATE', channel);
  return channel;
}

/** Takes a channel away with all that hangs on it: threads, messages, invites, webhooks; a category's channels stay. */
export function removeChannel(state: State, channel: Channel): void {
  const guild = state.guildOf(channel);
  for (const other of guild ? state.channelsOf(guild) : []) {
    if (other.parent_id !== channel.id) continue;
    if (channel.type === ChannelType.GuildCategory) updateChannel(state, { ...other, parent_id: null });
    else removeChannel(state, other);
  }
  state.channels.delete(channel.id);
  guild?.channels.delete(channel.id);
  guild?.permissionCache.clear();
  state.messages.dropChannel(channel.id);
  state.lastMessages.delete(channel.id);
  state.pins.delete(channel.id);
  state.threadMembers.delete(channel.id);
  for (const webhook of state.webhooks.values()) if (webhook.channel === channel.id) state.webhooks.delete(webhook.id);
  for (const invite of state.invites.values()) if (invite.channel === channel.id) state.invites.delete(invite.code);
  if (!guild) return;
  for (const { user_id: id, channel_id: where } of [...guild.voice.values()]) {
    if (where === channel.id) setVoice(state, guild.id, id, null);
  }
  if (guild.settings.system_channel_id === channel.id) guild.settings = { ...guild.settings, system_channel_id: null };
  if (isThread(channel)) {
    const { id, type, guild_id, parent_id } = channel;
    state.emit({ t: 'THREAD_DELETE', d: { id, type, guild_id, parent_id }, channel: id, guild: guild.id });
  } else emitChannel(state, 'CHANNEL_DELETE', channel);
}
