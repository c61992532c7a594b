import { ChannelType } from 'discord-api-types/v10';
import { ApiError } from '../api-error.ts';
import { isThread } from '../permissions.ts';
import type { Id } from '../snowflake.ts';
import type { Channel } from './channels.ts';
import type { State } from './state.ts';

/** Writing into an archived thread opens it again; a locked one stays closed. */
export function reviveThread(state: State, channel: Channel): void {
  const metadata = channel.thread_metadata;
  if (!isThread(channel) || !metadata?.archived) return;
  if (metadata.locked) throw new ApiError(400, 50083, 'Thread is archived');
  const revived = state.setChannel({ ...channel, thread_metadata: { ...metadata, archived: false } });
  const guild = channel.guild_id;
  state.emit({ t: 'THREAD_UPDATE', d: revived, channel: channel.id, ...(guild !== undefined && { guild }) });
}

export interface NewThread {
  readonly id: Id;
  readonly type: ChannelType;
  readonly owner: Id;
  readonly name: string;
  readonly autoArchive: number;
  readonly rateLimit: number;
  readonly tags: readonly Id[] | undefined;
  readonly invitable: boolean | undefined;
}

/** A thread with its owner in it; everyone who may see it is told. */
export function startThread(state: State, parent: Channel, o: NewThread): Channel {
  const now = new Date(state.now()).toISOString();
  const guild = state.guild(parent.guild_id);
  state.threadMembers.set(o.id, new Map([[o.owner, { joinedAt: now }]]));
  const thread = state.setChannel({
    id: o.id,
    type: o.type,
    flags: 0,
    guild_id: guild.id,
    parent_id: parent.id,
    name: o.name,
    owner_id: o.owner,
    last_message_id: null,
    rate_limit_per_user: o.rateLimit,
    message_count: 0,
    member_count: 1,
    total_message_sent: 0,
    ...(o.tags && { applied_tags: o.tags }),
    thread_metadata: {
      archived: false,
      archive_timestamp: now,
      auto_archive_duration: o.autoArchive,
      locked: false,
      create_timestamp: now,
      ...(o.type === ChannelType.PrivateThread && { invitable: o.invitable ?? true }),
    },
  });
  const isBots = o.owner === state.bot.id;
  const d = {
    ...state.channelView(thread),
    newly_created: true,
    ...(isBots && { member: threadMemberView(state, thread, o.owner) }),
  };
  state.emit({ t: 'THREAD_CREATE', d, channel: thread.id, guild: guild.id });
  return thread;
}

export function threadMemberView(state: State, thread: Channel, user: Id): object {
  const joined = state.threadMembers.get(thread.id)?.get(user)?.joinedAt ?? new Date(state.now()).toISOString();
  return { id: thread.id, user_id: user, join_timestamp: joined, flags: 0 };
}

export function addToThread(state: State, thread: Channel, user: Id): void {
  const members = state.threadMembers.get(thread.id) ?? new Map<Id, { joinedAt: string }>();
  state.threadMembers.set(thread.id, members);
  if (members.has(user)) return;
  members.set(user, { joinedAt: new Date(state.now()).toISOString() });
  state.setChannel({ ...thread, member_count: Math.min(50, members.size) });
  const guild = state.guild(thread.guild_id);
  const member = guild.members.get(user);
  const added = {
    ...threadMemberView(state, thread, user),
    ...(member && { member: state.memberView(member) }),
    presence: null,
  };
  const d = { id: thread.id, guild_id: guild.id, member_count: members.size, added_members: [added] };
  state.emit({ t: 'THREAD_MEMBERS_UPDATE', d, channel: thread.id, guild: guild.id });
  if (user !== state.bot.id) return;
  const own = { ...state.channelView(thread), member: threadMemberView(state, thread, user) };
  state.emit({ t: 'THREAD_CREATE', d: own, channel: thread.id, guild: guild.id });
}
