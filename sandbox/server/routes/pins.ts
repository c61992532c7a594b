import { type APIMessage, MessageType } from 'discord-api-types/v10';
import { ApiError, missingPermissions } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { bitsOf, has, requireIn } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Channel } from '../state/channels.ts';
import { announce, createMessage } from '../state/create-message.ts';
import { amendMessage } from '../state/edit-message.ts';
import { record } from './audit-logs.ts';
import { messageOf } from './messages.ts';

type In<P extends string = never> = Call<'channel_id' | P>;

const MOST = 250;

function requirePinning({ state, actor }: In, channel: Channel): void {
  const permissions = requireIn(state, channel, actor);
  if (!has(permissions, bitsOf('PinMessages')) && !has(permissions, bitsOf('ManageMessages')))
    throw missingPermissions();
}

function change(call: In<'message_id'>, pinned: boolean): undefined {
  const { state, actor } = call;
  const { channel, message } = messageOf(call);
  requirePinning(call, channel);
  const pins = state.pins.get(channel.id) ?? new Map<Id, string>();
  state.pins.set(channel.id, pins);
  if (pins.has(message.id) === pinned) return;
  if (pinned && pins.size >= MOST) throw new ApiError(400, 30003, `Maximum number of pins reached (${MOST})`);
  const at = new Date(state.now()).toISOString();
  if (pinned) pins.set(message.id, at);
  else pins.delete(message.id);
  announce(state, 'MESSAGE_UPDATE', amendMessage(state, message, { pinned }), channel);
  const guild = state.guildOf(channel);
  const d = { channel_id: channel.id, last_pin_timestamp: pinned ? at : null, ...(guild && { guild_id: guild.id }) };
  state.emit({ t: 'CHANNEL_PINS_UPDATE', d, channel: channel.id, ...(guild && { guild: guild.id }) });
  if (guild) {
    const options = { channel_id: channel.id, message_id: message.id };
    record(call, guild, {
      action_type: pinned ? AUDIT.messagePin : AUDIT.messageUnpin,
      target_id: message.author.id,
      options,
    });
  }
  if (pinned) {
    const type = MessageType.ChannelPinnedMessage;
    createMessage(state, { channel, author: state.user(actor), content: '', type, replyTo: message });
  }
}

/** Newest pin first. */
function pinsOf({ state, actor, params }: In): { pinned_at: string; message: APIMessage }[] {
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor, 'ReadMessageHistory');
  return [...(state.pins.get(channel.id) ?? [])].reverse().flatMap(([id, at]) => {
    const message = state.messages.get(id);
    return message ? [{ pinned_at: at, message }] : [];
  });
}

function list(call: In): object {
  const limit = Math.min(50, Math.max(1, Number(call.query.get('limit') ?? 50)));
  const before = call.query.get('before');
  const fits = pinsOf(call).filter(({ pinned_at: at }) => before === null || at < before);
  return { items: fits.slice(0, limit), has_more: fits.length > limit };
}

export const pinRoutes = [
  route('GET', '/channels/{channel_id}/messages/pins', list),
  route('PUT', '/channels/{channel_id}/messages/pins/{message_id}', (call) => change(call, true)),
  route('DELETE', '/channels/{channel_id}/messages/pins/{message_id}', (call) => change(call, false)),
  route('GET', '/channels/{channel_id}/pins', (call) => pinsOf(call).map(({ message }) => message)),
  route('PUT', '/channels/{channel_id}/pins/{message_id}', (call) => change(call, true)),
  route('DELETE', '/channels/{channel_id}/pins/{message_id}', (call) => change(call, false)),
];
