import { type APIMessage, ChannelType, MessageType } from 'discord-api-types/v10';
import { ApiError, invalidForm, unknown } from '../api-error.ts';
import { type Call, route } from '../http/define-route.ts';
import { readMessage, refuseEmpty } from '../messages/body.ts';
import { bitsOf, channelPermissions, has, isThread, requireIn } from '../permissions.ts';
import { isSnowflake, timeOf } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Channel } from '../state/channels.ts';
import { createMessage } from '../state/create-message.ts';
import { amendMessage, deleteMessage, deleteMessages, editMessage } from '../state/edit-message.ts';
import { withReactions } from '../state/reactions.ts';
import { slowmodeLeft } from '../state/slowmode.ts';
import type { State } from '../state/state.ts';
import { reviveThread } from '../state/threads.ts';
import { record } from './audit-logs.ts';

type In<P extends string> = Call<'channel_id' | P>;

const NO_TEXT: readonly ChannelType[] = [ChannelType.GuildCategory, ChannelType.GuildForum, ChannelType.GuildMedia];
const FORTNIGHT = 14 * 24 * 3_600_000;

/** The message of a path, in a channel that the actor may read. */
export function messageOf({ state, actor, params }: In<'message_id'>): { channel: Channel; message: APIMessage } {
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor);
  const message = state.messages.in(channel.id, params.message_id);
  if (!message || (state.ephemerals.has(message.id) && state.ephemerals.get(message.id) !== actor)) {
    throw unknown('message');
  }
  return { channel, message };
}

function list({ state, actor, params, query }: In<never>): APIMessage[] {
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor);
  if (!has(channelPermissions(state, channel, actor), bitsOf('ReadMessageHistory'))) return [];
  const limit = Number(query.get('limit') ?? 50);
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw invalidForm(['limit'], 'NUMBER_TYPE_MAX', 'int value should be between 1 and 100.');
  }
  const found = { limit, ...cursor(query, 'before'), ...cursor(query, 'after'), ...cursor(query, 'around') };
  return state.messages.list(channel.id, found).map((message) => withReactions(state, withoutNonce(message), actor));
}

function cursor(query: URLSearchParams, key: string): Record<string, string> {
  const id = query.get(key);
  if (id === null) return {};
  if (!isSnowflake(id)) throw invalidForm([key], 'NUMBER_TYPE_COERCE', `Value "${id}" is not snowflake.`);
  return { [key]: id };
}

function seen(call: In<'message_id'>): APIMessage {
  requireIn(call.state, call.state.channel(call.params.channel_id), call.actor, 'ReadMessageHistory');
  return withReactions(call.state, withoutNonce(messageOf(call).message), call.actor);
}

/** Discord tells the nonce to whoever sends the message and to those who hear of it then, not to those who read it later. */
function withoutNonce({ nonce: _, ...message }: APIMessage): APIMessage {
  return message;
}

function create(call: In<never>): APIMessage {
  const { state, actor, params, body, files } = call;
  const channel = state.channel(params.channel_id);
  const permissions = requireIn(state, channel, actor);
  if (NO_TEXT.includes(channel.type)) throw new ApiError(400, 50008, 'Cannot send messages in a non-text channel');
  if (!has(permissions, bitsOf('SendMessages'))) throw new ApiError(403, 50013, 'Missing Permissions');
  refuseClosedDm(state, channel, actor);
  if (slowmodeLeft(state, channel, actor) > 0) {
    throw new ApiError(400, 20016, 'This action cannot be performed due to slowmode rate limit.');
  }
  const message = readMessage(body, { files });
  refuseEmpty(message);
  if (message.files.length > 0 && !has(permissions, bitsOf('AttachFiles'))) {
    throw new ApiError(403, 50013, 'Missing Permissions');
  }
  const before = body.flag('enforce_nonce') ? sameNonce(state, channel, actor, message.nonce) : undefined;
  if (before) return before;
  const replyTo = replyOf(call, channel);
  if (replyTo && !has(permissions, bitsOf('ReadMessageHistory'))) {
    throw new ApiError(403, 160002, 'Cannot reply without permission to read message history');
  }
  reviveThread(state, channel);
  const made = createMessage(state, { ...message, channel, author: state.user(actor), ...(replyTo && { replyTo }) });
  if (message.nonce !== undefined) state.nonces.remember(channel.id, actor, message.nonce, made.id);
  return made;
}

/** 50007: people may take no direct messages, and bots cannot write to bots. */
function refuseClosedDm(state: State, channel: Channel, actor: string): void {
  if (channel.type !== ChannelType.DM || actor !== state.bot.id) return;
  const other = channel.recipients?.find(({ id }) => id !== actor);
  if (!other || other.bot || state.closedDms.has(other.id) || !sharesGuild(state, other.id)) {
    throw new ApiError(403, 50007, 'Cannot send messages to this user');
  }
}

function sharesGuild(state: State, user: string): boolean {
  return [...state.guilds.values()].some(({ members }) => members.has(user));
}

/** With enforce_nonce a message sent twice within a few minutes is created once: the second answer is the first message. */
function sameNonce(state: State, channel: Channel, author: string, nonce: unknown): APIMessage | undefined {
  if (typeof nonce !== 'string' && typeof nonce !== 'number') return undefined;
  const known = state.nonces.find(channel.id, author, nonce);
  return known === undefined ? undefined : state.messages.in(channel.id, known);
}

function replyOf({ state, body }: In<never>, channel: Channel): APIMessage | undefined {
  const reference = body.child('message_reference');
  const id = reference?.id('message_id');
  if (!reference || id === undefined) return undefined;
  const replyTo = state.messages.in(reference.id('channel_id') ?? channel.id, id);
  if (replyTo || reference.flag('fail_if_not_exists') === false) return replyTo;
  throw invalidForm(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
}

function edit(call: In<'message_id'>): APIMessage {
  const { state, actor, body, files } = call;
  const { channel, message } = messageOf(call);
  if (message.author.id !== actor) {
    const onlyFlags = body.keys.every((key) => key === 'flags');
    if (!onlyFlags) throw new ApiError(403, 50005, 'Cannot edit a message authored by another user');
    requireIn(state, channel, actor, 'ManageMessages');
    return amendMessage(state, message, { flags: body.int('flags') ?? message.flags ?? 0 });
  }
  if (isThread(channel) && channel.thread_metadata?.archived) throw new ApiError(400, 50083, 'Thread is archived');
  const changes = readMessage(body, { files, flags: message.flags ?? 0 });
  if (changes.files.length > 0) requireIn(state, channel, actor, 'AttachFiles');
  refuseEmpty({
    content: changes.content ?? message.content,
    embeds: changes.embeds ?? message.embeds,
    components: changes.components ?? message.components ?? [],
    files: changes.files,
    attachments: changes.kept ?? message.attachments,
  });
  return editMessage(state, message, channel, changes);
}

/** People who came to a group or call, or left it, changes of a channel's name, what a thread began with: these stay. */
const KEPT = (type: number): boolean => (type >= 1 && type <= 5) || type === MessageType.ThreadStarterMessage;
const keptError = (): ApiError => new ApiError(403, 50021, 'Cannot execute action on a system message');

function remove(call: In<'message_id'>): undefined {
  const { state, actor } = call;
  const { channel, message } = messageOf(call);
  if (KEPT(message.type)) throw keptError();
  if (message.author.id !== actor) {
    if (!channel.guild_id) throw new ApiError(403, 50003, 'Cannot execute action on a DM channel');
    requireIn(state, channel, actor, 'ManageMessages');
    const options = { channel_id: channel.id, count: '1' };
    const entry = { target_id: message.author.id, action_type: AUDIT.messageDelete, options };
    record(call, state.guild(channel.guild_id), entry);
  }
  deleteMessage(state, message, channel);
}

function bulkDelete(call: In<never>): undefined {
  const { state, actor, params, body } = call;
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor, 'ManageMessages');
  const guild = state.guildOf(channel);
  if (!guild) throw new ApiError(403, 50003, 'Cannot execute action on a DM channel');
  body.required('messages');
  const ids = body.ids('messages') ?? [];
  if (ids.length < 2 || ids.length > 100) {
    throw new ApiError(
      400,
      50016,
      'Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete.',
    );
  }
  if (new Set(ids).size < ids.length) throw invalidForm(['messages'], 'SET_TYPE_DUPLICATES', 'Must be unique.');
  if (ids.some((id) => state.now() - timeOf(id) > FORTNIGHT)) {
    throw new ApiError(400, 50034, 'You can only bulk delete messages that are under 14 days old.');
  }
  if (ids.some((id) => KEPT(state.messages.get(id)?.type ?? 0))) throw keptError();
  deleteMessages(state, channel, ids);
  const options = { count: String(ids.length) };
  record(call, guild, { target_id: channel.id, action_type: AUDIT.messageBulkDelete, options });
}

function typing({ state, actor, params }: In<never>): undefined {
  const channel = state.channel(params.channel_id);
  requireIn(state, channel, actor, 'SendMessages');
  const guild = state.guildOf(channel);
  const member = guild?.members.get(actor);
  const d = {
    channel_id: channel.id,
    user_id: actor,
    timestamp: Math.floor(state.now() / 1_000),
    ...(guild && { guild_id: guild.id }),
    ...(member && { member: state.memberView(member) }),
  };
  state.emit({ t: 'TYPING_START', d, channel: channel.id, ...(guild && { guild: guild.id }) });
}

function crosspost(call: In<'message_id'>): APIMessage {
  const { channel, message } = messageOf(call);
  if (channel.type !== ChannelType.GuildAnnouncement) {
    throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  }
  if (message.author.id !== call.actor) requireIn(call.state, channel, call.actor, 'ManageMessages');
  return amendMessage(call.state, message, { flags: (message.flags ?? 0) | 1 });
}

export const messageRoutes = [
  route('GET', '/channels/{channel_id}/messages', list),
  route('POST', '/channels/{channel_id}/messages', create),
  route('GET', '/channels/{channel_id}/messages/{message_id}', (call) => seen(call)),
  route('PATCH', '/channels/{channel_id}/messages/{message_id}', edit),
  route('DELETE', '/channels/{channel_id}/messages/{message_id}', remove),
  route('POST', '/channels/{channel_id}/messages/bulk-delete', bulkDelete),
  route('POST', '/channels/{channel_id}/messages/{message_id}/crosspost', crosspost),
  route('POST', '/channels/{channel_id}/typing', typing),
];
