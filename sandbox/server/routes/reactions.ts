import { ApiError, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { requireIn } from '../permissions.ts';
import { compareIds, type Id } from '../snowflake.ts';
import type { Channel } from '../state/channels.ts';
import { type EmojiRef, keyOf, readEmojiRef } from '../state/reactions.ts';
import type { State } from '../state/state.ts';
import type { User } from '../state/users.ts';
import { messageOf } from './messages.ts';

type In<P extends string = never> = Call<'channel_id' | 'message_id' | P>;
type OfEmoji<P extends string = never> = In<'emoji_name' | P>;

const MOST = 20;

function emojiOf(call: OfEmoji) {
  const { channel, message } = messageOf(call);
  const emoji = readEmojiRef(call.state.guildOf(channel), call.params.emoji_name);
  const all = call.state.reactions.get(message.id) ?? new Map<string, Set<Id>>();
  return { channel, message, emoji, all, users: all.get(keyOf(emoji)) };
}

function eventOf(state: State, channel: Channel, message: { id: Id }, emoji: EmojiRef | undefined, user?: Id) {
  const guild = state.guildOf(channel);
  const d = {
    channel_id: channel.id,
    message_id: message.id,
    ...(user !== undefined && { user_id: user }),
    ...(emoji && { emoji }),
    ...(guild && { guild_id: guild.id }),
    ...(user !== undefined && { burst: false, type: 0 }),
  };
  return { d, channel: channel.id, ...(guild && { guild: guild.id }) };
}

function add(call: OfEmoji): undefined {
  const { state, actor } = call;
  const { channel, message, emoji, all, users } = emojiOf(call);
  requireIn(state, channel, actor, 'ReadMessageHistory', ...(users ? [] : (['AddReactions'] as const)));
  if (!users && all.size >= MOST) throw new ApiError(400, 30010, `Maximum number of reactions reached (${MOST})`);
  if (users?.has(actor)) return;
  all.set(keyOf(emoji), (users ?? new Set()).add(actor));
  state.reactions.set(message.id, all);
  const event = eventOf(state, channel, message, emoji, actor);
  const member = state.guildOf(channel)?.members.get(actor);
  const extra = { message_author_id: message.author.id, ...(member && { member: state.memberView(member) }) };
  state.emit({ t: 'MESSAGE_REACTION_ADD', ...event, d: { ...event.d, ...extra } });
}

function removeOf(call: OfEmoji, user: Id): undefined {
  const { state } = call;
  const { channel, message, emoji, all, users } = emojiOf(call);
  if (user !== call.actor) requireIn(state, channel, call.actor, 'ManageMessages');
  if (!users?.delete(user)) throw unknown('emoji');
  if (users.size === 0) all.delete(keyOf(emoji));
  state.emit({ t: 'MESSAGE_REACTION_REMOVE', ...eventOf(state, channel, message, emoji, user) });
}

function removeEmoji(call: OfEmoji): undefined {
  const { state } = call;
  const { channel, message, emoji, all } = emojiOf(call);
  requireIn(state, channel, call.actor, 'ManageMessages');
  all.delete(keyOf(emoji));
  state.emit({ t: 'MESSAGE_REACTION_REMOVE_EMOJI', ...eventOf(state, channel, message, emoji) });
}

function removeAll(call: In): undefined {
  const { state } = call;
  const { channel, message } = messageOf(call);
  requireIn(state, channel, call.actor, 'ManageMessages');
  state.reactions.delete(message.id);
  state.emit({ t: 'MESSAGE_REACTION_REMOVE_ALL', ...eventOf(state, channel, message, undefined) });
}

function list(call: OfEmoji): User[] {
  const limit = Math.min(100, Math.max(1, Number(call.query.get('limit') ?? 25)));
  const after = call.query.get('after') ?? '0';
  const users = [...(emojiOf(call).users ?? [])].sort(compareIds).filter((id) => compareIds(id, after) > 0);
  return users.slice(0, limit).flatMap((id) => call.state.users.get(id) ?? []);
}

export const reactionRoutes = [
  route('PUT', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me', add),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me', (call) =>
    removeOf(call, call.actor),
  ),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id}', (call) =>
    removeOf(call, call.params.user_id),
  ),
  route('GET', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}', list),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}', removeEmoji),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}/reactions', removeAll),
];
