import type { EventHandler } from './define.ts';
import countActivity from './events/count-activity.ts';
import guardUploads from './events/guard-uploads.ts';
import watchAbsent from './events/watch-absent.ts';

/** Every handler of a gateway event, by its file's name, sorted. */
export const EVENTS: Readonly<Record<string, EventHandler>> = {
  'count-activity': countActivity,
  'guard-uploads': guardUploads,
  'watch-absent': watchAbsent,
};
