import type { EventHandler, PacketHandler } from './define.ts';
import archiveBulkDeletions from './events/archive-bulk-deletions.ts';
import archiveDeletions from './events/archive-deletions.ts';
import archiveEdits from './events/archive-edits.ts';
import archiveMessages from './events/archive-messages.ts';
import beginInServers from './events/begin-in-servers.ts';
import catchUpForeignActions from './events/catch-up-foreign-actions.ts';
import closeAgainToJail from './events/close-again-to-jail.ts';
import closeToJail from './events/close-to-jail.ts';
import forgetInvites from './events/forget-invites.ts';
import giveRolesAfterScreening from './events/give-roles-after-screening.ts';
import guardUploads from './events/guard-uploads.ts';
import introduceItself from './events/introduce-itself.ts';
import jailAgain from './events/jail-again.ts';
import judgeEdits from './events/judge-edits.ts';
import judgeMessages from './events/judge-messages.ts';
import lookForRaids from './events/look-for-raids.ts';
import noteChangedRoles from './events/note-changed-roles.ts';
import noteInvites from './events/note-invites.ts';
import readMissedMessages from './events/read-missed-messages.ts';
import recordForeignActions from './events/record-foreign-actions.ts';
import recordUnseenBan from './events/record-unseen-ban.ts';
import recordUnseenUnban from './events/record-unseen-unban.ts';
import takeLeave from './events/take-leave.ts';
import watchAbsent from './events/watch-absent.ts';
import welcomeMembers from './events/welcome-members.ts';
import welcomeMissed from './events/welcome-missed.ts';

/** Every handler of a gateway event, by its file's name, sorted. */
export const EVENTS: Readonly<Record<string, EventHandler | PacketHandler>> = {
  'archive-bulk-deletions': archiveBulkDeletions,
  'archive-deletions': archiveDeletions,
  'archive-edits': archiveEdits,
  'archive-messages': archiveMessages,
  'begin-in-servers': beginInServers,
  'catch-up-foreign-actions': catchUpForeignActions,
  'close-again-to-jail': closeAgainToJail,
  'close-to-jail': closeToJail,
  'forget-invites': forgetInvites,
  'give-roles-after-screening': giveRolesAfterScreening,
  'guard-uploads': guardUploads,
  'introduce-itself': introduceItself,
  'jail-again': jailAgain,
  'judge-edits': judgeEdits,
  'judge-messages': judgeMessages,
  'look-for-raids': lookForRaids,
  'note-changed-roles': noteChangedRoles,
  'note-invites': noteInvites,
  'read-missed-messages': readMissedMessages,
  'record-foreign-actions': recordForeignActions,
  'record-unseen-ban': recordUnseenBan,
  'record-unseen-unban': recordUnseenUnban,
  'take-leave': takeLeave,
  'watch-absent': watchAbsent,
  'welcome-members': welcomeMembers,
  'welcome-missed': welcomeMissed,
};
