import type { LogKind } from './kind.ts';
import ban from './kinds/ban.ts';
import channelCreate from './kinds/channel-create.ts';
import channelDelete from './kinds/channel-delete.ts';
import channelPermissions from './kinds/channel-permissions.ts';
import channelUpdate from './kinds/channel-update.ts';
import emoji from './kinds/emoji.ts';
import invite from './kinds/invite.ts';
import kick from './kinds/kick.ts';
import memberAvatar from './kinds/member-avatar.ts';
import memberJoin from './kinds/member-join.ts';
import memberLeave from './kinds/member-leave.ts';
import memberName from './kinds/member-name.ts';
import memberNickname from './kinds/member-nickname.ts';
import memberRoles from './kinds/member-roles.ts';
import memberTimeout from './kinds/member-timeout.ts';
import messageBulkDelete from './kinds/message-bulk-delete.ts';
import messageDelete from './kinds/message-delete.ts';
import messageEdit from './kinds/message-edit.ts';
import roleCreate from './kinds/role-create.ts';
import roleDelete from './kinds/role-delete.ts';
import roleUpdate from './kinds/role-update.ts';
import scheduledEvent from './kinds/scheduled-event.ts';
import serverUpdate from './kinds/server-update.ts';
import sticker from './kinds/sticker.ts';
import threadCreate from './kinds/thread-create.ts';
import threadDelete from './kinds/thread-delete.ts';
import threadUpdate from './kinds/thread-update.ts';
import unban from './kinds/unban.ts';
import voiceModeration from './kinds/voice-moderation.ts';
import voiceMove from './kinds/voice-move.ts';
import webhook from './kinds/webhook.ts';

/** Every kind of thing that servers can be told of, by its file's name, sorted. */
export const KINDS = {
  ban,
  'channel-create': channelCreate,
  'channel-delete': channelDelete,
  'channel-permissions': channelPermissions,
  'channel-update': channelUpdate,
  emoji,
  invite,
  kick,
  'member-avatar': memberAvatar,
  'member-join': memberJoin,
  'member-leave': memberLeave,
  'member-name': memberName,
  'member-nickname': memberNickname,
  'member-roles': memberRoles,
  'member-timeout': memberTimeout,
  'message-bulk-delete': messageBulkDelete,
  'message-delete': messageDelete,
  'message-edit': messageEdit,
  'role-create': roleCreate,
  'role-delete': roleDelete,
  'role-update': roleUpdate,
  'scheduled-event': scheduledEvent,
  'server-update': serverUpdate,
  sticker,
  'thread-create': threadCreate,
  'thread-delete': threadDelete,
  'thread-update': threadUpdate,
  unban,
  'voice-moderation': voiceModeration,
  'voice-move': voiceMove,
  webhook,
} as const satisfies Readonly<Record<string, LogKind>>;

export type KindName = keyof typeof KINDS;
/** The names of that very object. */
export const KIND_NAMES = Object.keys(KINDS) as readonly KindName[];
