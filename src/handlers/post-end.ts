import type { Context } from '../context.ts';
import { parseWhen, type When } from '../lib/time/parse.ts';
import { UserError } from '../services/answers/user-error.ts';
import { notRead } from './when-option.ts';

/**
 * The repetition with the end that was written for it, read by itself and in the repetition's zone; a day ends with its
 * last second. UserError for what comes once or has an end already, and for an end that is before its first time.
 */
export function endAt(when: When, typed: string, { now }: Pick<Context, 'now'>): When {
  if (when.kind === 'once') throw new UserError('schedule.comesOnce');
  const { recurrence, first } = when;
  if (recurrence.until !== undefined) throw new UserError('schedule.twoEnds');
  const end = parseWhen(typed, { now: now(), zone: recurrence.zone, endOfDay: true });
  if (!end.ok) throw notRead(end.problem);
  if (end.kind === 'repeat') throw new UserError('time.notOnce');
  if (end.at < first) throw new UserError('time.problems.neverHappens');
  return { ...when, recurrence: { ...recurrence, until: end.at.toISOString() } };
}
