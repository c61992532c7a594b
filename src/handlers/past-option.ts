import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { code } from '../services/answers/words.ts';
import { readDuration } from './duration-option.ts';

const DAY_MS = 86_400_000;
const BOUNDS = { minMs: 1_000, maxMs: 20 * 365 * DAY_MS } as const;
/** The longest text that is read. */
export const LONGEST_PAST = 50;

/**
 * A moment that is over: a day (`2026-11-05`) on the writer's clock, its beginning or its end, or how long ago it was. UserError
 * with what to write instead.
 */
export async function readPast(
  typed: string,
  edge: 'begin' | 'end',
  { user, guildId }: BaseInteraction,
  { now, zones }: Pick<Context, 'now' | 'zones'>,
): Promise<Date> {
  const written = typed.trim();
  if (!/^\d{4}-\d{1,2}-\d{1,2}$/.test(written)) {
    return new Date(now().getTime() - readDuration(written.replace(/\s+ago$/i, ''), BOUNDS));
  }
  const day = dayOf(written).add({ days: edge === 'end' ? 1 : 0 });
  return new Date(day.toZonedDateTime(await zones.zoneOf(user.id, guildId)).epochMilliseconds);
}

function dayOf(written: string): Temporal.PlainDate {
  const [year = 0, month = 0, day = 0] = written.split('-').map(Number);
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' });
  } catch (cause) {
    throw new UserError('time.problems.noSuchDate', { date: code(written) }, { cause });
  }
}
