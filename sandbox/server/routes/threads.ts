import { ChannelFlags, ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { ApiError, unknown } from '../api-error.ts';
import { Answer, type Call, route } from '../http/define-route.ts';
import { queryForm } from '../http/query.ts';
import { readMessage, refuseEmpty } from '../messages/body.ts';
import { isThread, requireIn } from '../permissions.ts';
import { compareIds, type Id } from '../snowflake.ts';
import { AUDIT } from '../state/audit.ts';
import type { Channel } from '../state/channels.ts';
import { announce, createMessage } from '../state/create-message.ts';
import { amendMessage } from '../state/edit-message.ts';
import type { State } from '../state/state.ts';
import { addToThread, startThread, threadMemberView } from '../state/threads.ts';
import { record } from './audit-logs.ts';
import { readArchiveMinutes } from './channel-form.ts';
import { guildOf } from './guilds.ts';
import { messageOf } from './messages.ts';
import { readTags } from './thread-edits.ts';

type In<P extends string = never> = Call<'channel_id' | P>;

const THREADED: readonly ChannelType[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];
const FORUMS: readonly ChannelType[] = [ChannelType.GuildForum, ChannelType.GuildMedia];

function begin(call: In, parent: Channel, type: ChannelType, id: Id): Channel {
  const { state, actor, body } = call;
  const thread = startThread(state, parent, {
    id,
    type,
    owner: actor,
    name: body.needText('name', { min: 1, max: 100 }),
    autoArchive: readArchiveMinutes(body) ?? 4_320,
    rateLimit: body.int('rate_limit_per_user', { min: 0, max: 21_600 }) ?? 0,
    tags: readTags(body, parent),
    invitable: body.flag('invitable'),
  });
  record(call, state.guild(parent.guild_id), { action_type: AUDIT.threadCreate, target_id: thread.id });
  return thread;
}

function withMember(state: State, thread: Channel, user: Id): object {
  return { ...state.channelView(thread), member: threadMemberView(state, thread, user) };
}

/** A thread without a message to start from, or a post in a forum, whose first message comes with it. */
function create(call: In): Answer {
  const { state, actor, params, body } = call;
  const parent = state.channel(params.channel_id);
  if (FORUMS.includes(parent.type)) return createPost(call, parent);
  if (!THREADED.includes(parent.type)) throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  const type = body.oneOf('type', [10, 11, 12]) ?? ChannelType.PrivateThread;
  const right = type === ChannelType.PrivateThread ? 'CreatePrivateThreads' : 'CreatePublicThreads';
  requireIn(state, parent, actor, right);
  const thread = begin(call, parent, type, state.ids.next());
  if (type !== ChannelType.PrivateThread) {
    createMessage(state, {
      channel: parent,
      author: state.user(actor),
      type: MessageType.ThreadCreated,
      content: thread.name ?? '',
      extra: { message_reference: { type: 0, channel_id: thread.id, guild_id: thread.guild_id ?? '' } },
    });
  }
  return new Answer(201, withMember(state, thread, actor));
}

function createPost(call: In, parent: Channel): Answer {
  const { state, actor, body, files } = call;
  requireIn(state, parent, actor, 'SendMessages');
  const content = readMessage(body.needChild('message'), { files });
  refuseEmpty(content);
  if ((parent.flags & ChannelFlags.RequireTag) !== 0 && !body.ids('applied_tags')?.length) {
    throw new ApiError(400, 40067, 'A tag is required to create a forum post in this channel');
  }
  const id = state.ids.next();
  const thread = begin(call, parent, ChannelType.PublicThread, id);
  state.lastMessages.set(parent.id, id);
  const at = { id, time: state.now() };
  const message = createMessage(state, { ...content, channel: thread, author: state.user(actor), at, announce: true });
  return new Answer(201, { ...withMember(state, thread, actor), message });
}

function createFrom(call: In<'message_id'>): Answer {
  const { state, actor } = call;
  const { channel, message } = messageOf(call);
  requireIn(state, channel, actor, 'CreatePublicThreads');
  if (state.channels.has(message.id))
    throw new ApiError(400, 160004, 'A thread has already been created for this message');
  if (isThread(channel) || channel.guild_id === undefined) {
    throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  }
  const type =
    channel.type === ChannelType.GuildAnnouncement ? ChannelType.AnnouncementThread : ChannelType.PublicThread;
  const thread = begin(call, channel, type, message.id);
  const amended = amendMessage(state, message, { flags: (message.flags ?? 0) | MessageFlags.HasThread });
  announce(state, 'MESSAGE_UPDATE', amended, channel);
  createMessage(state, {
    channel: thread,
    author: state.users.get(message.author.id) ?? state.user(actor),
    type: MessageType.ThreadStarterMessage,
    replyTo: amended,
    quiet: true,
  });
  return new Answer(201, withMember(state, thread, actor));
}

function threadOf({ state, actor, params }: In): Channel {
  const thread = state.channel(params.channel_id);
  requireIn(state, thread, actor);
  if (!isThread(thread)) throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  return thread;
}

function join(call: In, user: Id): undefined {
  const thread = threadOf(call);
  if (thread.thread_metadata?.archived) throw new ApiError(400, 50083, 'Thread is archived');
  call.state.member(call.state.guild(thread.guild_id), user);
  addToThread(call.state, thread, user);
}

function leave(call: In, user: Id): undefined {
  const { state, actor } = call;
  const thread = threadOf(call);
  if (user !== actor) requireIn(state, thread, actor, 'ManageThreads');
  if (!state.threadMembers.get(thread.id)?.delete(user)) throw unknown('member');
  const guild = state.guild(thread.guild_id);
  guild.permissionCache.clear();
  const count = state.threadMembers.get(thread.id)?.size ?? 0;
  const d = { id: thread.id, guild_id: guild.id, member_count: count, removed_member_ids: [user] };
  state.emit({ t: 'THREAD_MEMBERS_UPDATE', d, channel: thread.id, guild: guild.id });
}

function memberView({ state, query }: In, thread: Channel, user: Id): object {
  const shown = threadMemberView(state, thread, user);
  const member = query.get('with_member') === 'true' && state.guildOf(thread)?.members.get(user);
  return member ? { ...shown, member: state.memberView(member) } : shown;
}

function members(call: In): object[] {
  const thread = threadOf(call);
  const ids = [...(call.state.threadMembers.get(thread.id)?.keys() ?? [])].sort(compareIds);
  if (call.query.get('with_member') !== 'true') return ids.map((id) => memberView(call, thread, id));
  const form = queryForm(call.query);
  const after = form.id('after') ?? '0';
  const page = ids.filter((id) => compareIds(id, after) > 0).slice(0, form.int('limit', { min: 1, max: 100 }) ?? 100);
  return page.map((id) => memberView(call, thread, id));
}

function member(call: In<'user_id'>): object {
  const thread = threadOf(call);
  if (!call.state.threadMembers.get(thread.id)?.has(call.params.user_id)) throw unknown('member');
  return memberView(call, thread, call.params.user_id);
}

function listed(call: Call<never>, threads: readonly Channel[], limit = Number.POSITIVE_INFINITY): object {
  const { state, actor } = call;
  const page = threads.slice(0, limit);
  return {
    threads: page.map((thread) => state.channelView(thread)),
    members: page
      .filter(({ id }) => state.threadMembers.get(id)?.has(actor))
      .map((thread) => threadMemberView(state, thread, actor)),
    has_more: threads.length > limit,
  };
}

function active(call: Call<'guild_id'>): object {
  const threads = call.state.channelsOf(guildOf(call)).filter(isThread);
  return listed(
    call,
    threads.filter((one) => !one.thread_metadata?.archived),
  );
}

/** `mine`: the private ones that the actor is in, for which no permission over others is needed. */
function archived(call: In, kind: 'public' | 'private' | 'mine'): object {
  const { state, actor, params, query } = call;
  const parent = state.channel(params.channel_id);
  requireIn(state, parent, actor, 'ReadMessageHistory', ...(kind === 'private' ? (['ManageThreads'] as const) : []));
  const limit = Math.min(100, Math.max(1, Number(query.get('limit') ?? 50)));
  const before = query.get('before');
  const threads = state
    .channelsOf(state.guild(parent.guild_id))
    .filter((one) => isThread(one) && one.parent_id === parent.id && one.thread_metadata?.archived)
    .filter((one) => (one.type === ChannelType.PrivateThread) === (kind !== 'public'))
    .filter((one) => kind !== 'mine' || state.threadMembers.get(one.id)?.has(actor))
    .filter((one) => before === null || Date.parse(one.thread_metadata?.archive_timestamp ?? '') < Date.parse(before))
    .sort(
      (a, b) =>
        Date.parse(b.thread_metadata?.archive_timestamp ?? '') - Date.parse(a.thread_metadata?.archive_timestamp ?? ''),
    );
  return listed(call, threads, limit);
}

export const threadRoutes = [
  route('POST', '/channels/{channel_id}/threads', create),
  route('POST', '/channels/{channel_id}/messages/{message_id}/threads', createFrom),
  route('GET', '/guilds/{guild_id}/threads/active', active),
  route('GET', '/channels/{channel_id}/threads/archived/public', (call) => archived(call, 'public')),
  route('GET', '/channels/{channel_id}/threads/archived/private', (call) => archived(call, 'private')),
  route('GET', '/channels/{channel_id}/users/@me/threads/archived/private', (call) => archived(call, 'mine')),
  route('GET', '/channels/{channel_id}/thread-members', members),
  route('PUT', '/channels/{channel_id}/thread-members/@me', (call) => join(call, call.actor)),
  route('DELETE', '/channels/{channel_id}/thread-members/@me', (call) => leave(call, call.actor)),
  route('GET', '/channels/{channel_id}/thread-members/{user_id}', member),
  route('PUT', '/channels/{channel_id}/thread-members/{user_id}', (call) => join(call, call.params.user_id)),
  route('DELETE', '/channels/{channel_id}/thread-members/{user_id}', (call) => leave(call, call.params.user_id)),
];
