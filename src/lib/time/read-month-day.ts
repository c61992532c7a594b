import type { Cursor } from './cursor.ts';
import type { Unit } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';
import type { DateText } from './read-date.ts';
import type { MonthDay } from './rule.ts';

const LAST_MONTH = 12;

/** Reads '15th', 'day 15', 'last day of the month', '3rd friday', 'end of june'. */
export function monthDay(cursor: Cursor): DateText | undefined {
  const day = endOf(cursor) ?? numberedDay(cursor) ?? ordinalDay(cursor);
  if (!day) return undefined;
  const place = cursor.place;
  const repeats = cursor.take('every') !== undefined;
  const next = !repeats && cursor.take('next') !== undefined;
  if (!repeats && !next) cursor.take('this');
  const month = cursor.take('month');
  if (!month && !next && isAtTheEnd(day) && takeUnit(cursor, 'year')) {
    return { kind: 'month-day', day, named: true, next, repeats, month: LAST_MONTH };
  }
  const named = month !== undefined || takeUnit(cursor, 'month');
  const coming = named && cursor.take('coming') !== undefined;
  if (!named) cursor.undo(place);
  if (month && day.kind === 'day') return { kind: 'calendar', month: month.month, day: day.day };
  return {
    kind: 'month-day',
    day,
    named,
    next: named && (next || coming),
    repeats: named && repeats,
    ...(month && { month: month.month }),
  };
}

/** The last of a year is the last of December. */
function isAtTheEnd(day: MonthDay): boolean {
  return day.kind === 'last' || (day.kind === 'nth' && day.nth < 0);
}

/** Steps over the next token if it is this unit. */
export function takeUnit(cursor: Cursor, unit: Unit): boolean {
  return cursor.peek('unit')?.unit === unit && cursor.take('unit') !== undefined;
}

function endOf(cursor: Cursor): MonthDay | undefined {
  return cursor.take('end') && { kind: 'last' };
}

function numberedDay(cursor: Cursor): MonthDay | undefined {
  if (cursor.peek('unit')?.unit !== 'day' || !cursor.peek('count', 1)) return undefined;
  cursor.take('unit');
  const count = cursor.take('count');
  return count && { kind: 'day', day: wholeDay(count.value) };
}

function ordinalDay(cursor: Cursor): MonthDay | undefined {
  const place = cursor.place;
  const word = cursor.peek('ordinal') !== undefined;
  const nth = readOrdinal(cursor);
  if (nth === undefined) return undefined;
  // 'The 15th' is a day by itself; 'the second' is nothing yet.
  if (word && !cursor.peek('weekdays') && !cursor.peek('unit') && !cursor.peek('month')) {
    cursor.undo(place);
    return undefined;
  }
  const weekday = cursor.take('weekdays');
  if (weekday) return nthWeekday(nth, weekday.days);
  if (cursor.peek('unit')?.unit === 'day') cursor.take('unit');
  return nth < 0 ? { kind: 'last' } : { kind: 'day', day: wholeDay(nth) };
}

/** '3rd', 'third', 'last'. Not '3 days'. */
export function readOrdinal(cursor: Cursor): number | undefined {
  const word = cursor.take('ordinal');
  if (word) return word.nth;
  if (!cursor.peek('count') || !cursor.peek('ordinal-ending', 1)) return undefined;
  const count = cursor.take('count');
  cursor.take('ordinal-ending');
  return count?.value;
}

function nthWeekday(nth: number, days: readonly number[]): MonthDay {
  const [day = 1] = days;
  if (nth > 5 || days.length === 2) throw new TimeTextError('neverHappens');
  return { kind: 'nth', nth, weekday: days.length > 1 ? 'weekday' : day };
}

function wholeDay(day: number): number {
  if (!Number.isInteger(day) || day < 1 || day > 31) throw new TimeTextError('noSuchDate', { date: day });
  return day;
}
