import type { EventHandler } from './define.ts';
import catchUpForeignActions from './events/catch-up-foreign-actions.ts';
import closeAgainToJail from './events/close-again-to-jail.ts';
import closeToJail from './events/close-to-jail.ts';
import countActivity from './events/count-activity.ts';
import guardUploads from './events/guard-uploads.ts';
import jailAgain from './events/jail-again.ts';
import recordForeignActions from './events/record-foreign-actions.ts';
import recordUnseenBan from './events/record-unseen-ban.ts';
import recordUnseenUnban from './events/record-unseen-unban.ts';
import watchAbsent from './events/watch-absent.ts';

/** Every handler of a gateway event, by its file's name, sorted. */
export const EVENTS: Readonly<Record<string, EventHandler>> = {
  'catch-up-foreign-actions': catchUpForeignActions,
  'close-again-to-jail': closeAgainToJail,
  'close-to-jail': closeToJail,
  'count-activity': countActivity,
  'guard-uploads': guardUploads,
  'jail-again': jailAgain,
  'record-foreign-actions': recordForeignActions,
  'record-unseen-ban': recordUnseenBan,
  'record-unseen-unban': recordUnseenUnban,
  'watch-absent': watchAbsent,
};
