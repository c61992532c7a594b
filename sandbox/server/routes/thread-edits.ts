import { ChannelType as T } from 'discord-api-types/v10';
import { ApiError, missingPermissions } from '../api-error.ts';
import type { Call } from '../http/define-route.ts';
import { type Form, present } from '../http/form.ts';
import { bitsOf, has, requireIn } from '../permissions.ts';
import { AUDIT, changesOf } from '../state/audit.ts';
import { updateChannel } from '../state/channel-changes.ts';
import type { Channel, ThreadMetadata } from '../state/channels.ts';
import type { Guild } from '../state/guilds.ts';
import { record } from './audit-logs.ts';
import { readArchiveMinutes } from './channel-form.ts';

type Metadata = Partial<Omit<ThreadMetadata, 'archive_timestamp' | 'create_timestamp'>>;

/** Whoever began a thread may rename and close it, anyone who may write opens it again; the rest is for moderators. */
export function editThread(call: Call<'channel_id'>, thread: Channel, guild: Guild): object {
  const { state, actor, body } = call;
  const before = thread.thread_metadata;
  if (!before) throw new ApiError(400, 50024, 'Cannot execute action on this channel type');
  const permissions = requireIn(state, thread, actor);
  const read = present({
    name: body.text('name', { min: 1, max: 100 }),
    rate_limit_per_user: body.int('rate_limit_per_user', { min: 0, max: 21_600 }),
    applied_tags: readTags(body, state.channels.get(thread.parent_id ?? '')),
    flags: body.int('flags'),
  });
  const metadata: Metadata = present({
    archived: body.flag('archived'),
    locked: body.flag('locked'),
    invitable: body.flag('invitable'),
    auto_archive_duration: readArchiveMinutes(body),
  });
  if (!has(permissions, bitsOf('ManageThreads'))) {
    const reopens = metadata.archived === false && has(permissions, bitsOf('SendMessages')) && !before.locked;
    const owns = thread.owner_id === actor && !before.locked;
    const reserved =
      metadata.locked !== undefined || read.rate_limit_per_user !== undefined || read.flags !== undefined;
    const onlyReopens = reopens && Object.keys({ ...read, ...metadata }).length === 1;
    if (reserved || !(owns || onlyReopens)) throw missingPermissions();
  }
  if (before.archived && metadata.archived !== false && Object.keys({ ...read, ...metadata }).length > 0) {
    throw new ApiError(400, 50083, 'Thread is archived');
  }
  const turned = metadata.archived !== undefined && metadata.archived !== before.archived;
  const archived_at = turned ? new Date(state.now()).toISOString() : before.archive_timestamp;
  const after = { ...thread, ...read, thread_metadata: { ...before, ...metadata, archive_timestamp: archived_at } };
  updateChannel(state, after);
  const changes = [
    ...changesOf<Channel>(thread, after, ['name', 'rate_limit_per_user', 'applied_tags', 'flags']),
    ...changesOf(before, after.thread_metadata, ['archived', 'locked', 'invitable', 'auto_archive_duration']),
  ];
  record(call, guild, { target_id: thread.id, action_type: AUDIT.threadUpdate, changes });
  return state.channelView(after);
}

/** Up to five of the forum's own tags. */
export function readTags(body: Form, forum: Channel | undefined): string[] | undefined {
  const tags = body.ids('applied_tags', { max: 5 });
  if (tags === undefined || (forum?.type !== T.GuildForum && forum?.type !== T.GuildMedia)) return undefined;
  for (const id of tags) {
    if (!forum.available_tags?.some((tag) => tag.id === id)) {
      body.fail('applied_tags', 'CHANNEL_FORUM_TAG_UNKNOWN', 'Unknown forum tag');
    }
  }
  return tags;
}
