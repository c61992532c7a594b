import type { EventHandler } from './define.ts';
import closeToJail from './events/close-to-jail.ts';
import countActivity from './events/count-activity.ts';
import guardUploads from './events/guard-uploads.ts';
import jailAgain from './events/jail-again.ts';
import watchAbsent from './events/watch-absent.ts';

/** Every handler of a gateway event, by its file's name, sorted. */
export const EVENTS: Readonly<Record<string, EventHandler>> = {
  'close-to-jail': closeToJail,
  'count-activity': countActivity,
  'guard-uploads': guardUploads,
  'jail-again': jailAgain,
  'watch-absent': watchAbsent,
};
