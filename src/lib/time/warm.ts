import { setImmediate } from 'node:timers/promises';
import { parseWhen } from './parse.ts';
import { sayWhen } from './say.ts';
import { warmZones } from './zones.ts';

/** A text for each way in which a time is read. */
const TEXTS = [
  'in 1 hour 30 minutes',
  'tomorrow 9am',
  'fri 18:00',
  '2099-01-05 14:30 europe/berlin',
  'every weekday at 9',
  'every 2 weeks on mon until 31 dec 2099',
  'last day of the month 17:00',
];

/**
 * Reads, says and looks up times before somebody does. What a runtime compiles and loads at the first time would stand
 * still for tens of milliseconds in the middle of an answer; here it is done in steps, between which others have their turn.
 */
export async function warmTimes(now: Date, pause: () => Promise<void> = setImmediate): Promise<void> {
  await warmZones(now, pause);
  for (const text of TEXTS) {
    const read = parseWhen(text, { now, zone: 'UTC' });
    if (read.ok) sayWhen(read);
    await pause();
  }
}
