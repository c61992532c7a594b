import type { Cursor } from './cursor.ts';
import type { Unit } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';
import type { MonthDay } from './rule.ts';

/** A day as it was written: it becomes a date when it is known what day it is today. */
export type DateText =
  | {
      readonly kind: 'calendar';
      readonly year?: number;
      readonly month: number;
      readonly day: number;
      readonly weekday?: number;
    }
  | { readonly kind: 'slashed'; readonly year?: number; readonly parts: readonly [number, number] }
  | { readonly kind: 'ahead'; readonly days: number }
  | { readonly kind: 'weekdays'; readonly days: readonly number[]; readonly next: boolean; readonly repeats: boolean }
  | {
      readonly kind: 'month-day';
      readonly day: MonthDay;
      readonly month?: number;
      readonly named: boolean;
      readonly next: boolean;
      readonly repeats: boolean;
    }
  | { readonly kind: 'next'; readonly unit: Unit };

/** Reads a day; undefined, with nothing taken, when none stands here. */
export function readDate(cursor: Cursor): DateText | undefined {
  return (
    figures(cursor) ?? ahead(cursor) ?? dayAndMonth(cursor) ?? monthDay(cursor) ?? weekdays(cursor) ?? nextOne(cursor)
  );
}

function figures(cursor: Cursor): DateText | undefined {
  const date = cursor.take('date');
  if (date) {
    const { is: _, ...parts } = date;
    return { kind: 'calendar', ...parts };
  }
  const slashed = cursor.take('slashed');
  if (!slashed) return undefined;
  const [a = 0, b = 0, c] = slashed.parts;
  if (a >= 1_000) return { kind: 'calendar', year: a, month: b, day: c ?? 1 };
  return { kind: 'slashed', parts: [a, b], ...(c !== undefined && { year: c < 100 ? 2_000 + c : c }) };
}

function ahead(cursor: Cursor): DateText | undefined {
  const day = cursor.take('day');
  return day && { kind: 'ahead', days: day.ahead };
}

/** '5 jan', 'jan 5 2027', '5th of january', '24th december'. */
function dayAndMonth(cursor: Cursor): DateText | undefined {
  const place = cursor.place;
  const monthFirst = cursor.take('month');
  const day = dayFigure(cursor);
  const month = monthFirst ?? (day === undefined ? undefined : cursor.take('month'));
  if (day === undefined || !month) {
    cursor.undo(place);
    return undefined;
  }
  const year = yearFigure(cursor);
  return { kind: 'calendar', month: month.month, day, ...(year !== undefined && { year }) };
}

function dayFigure(cursor: Cursor): number | undefined {
  if (!/^\d{1,2}$/.test(cursor.token?.text ?? '')) return undefined;
  const count = cursor.take('count');
  cursor.take('ordinal-ending');
  return count?.value;
}

function yearFigure(cursor: Cursor): number | undefined {
  const place = cursor.place;
  cursor.take('and');
  if (/^\d{4,9}$/.test(cursor.token?.text ?? '')) return cursor.take('count')?.value;
  cursor.undo(place);
  return undefined;
}

/** '15th', 'day 15', 'last day of the month', '3rd friday', 'end of june'. */
function monthDay(cursor: Cursor): DateText | undefined {
  const day = endOf(cursor) ?? numberedDay(cursor) ?? ordinalDay(cursor);
  if (!day) return undefined;
  const place = cursor.place;
  const repeats = cursor.take('every') !== undefined;
  const next = !repeats && cursor.take('next') !== undefined;
  if (!repeats && !next) cursor.take('this');
  const month = cursor.take('month');
  const named = month !== undefined || (cursor.peek('unit')?.unit === 'month' && cursor.take('unit') !== undefined);
  if (!named) cursor.undo(place);
  if (month && day.kind === 'day') return { kind: 'calendar', month: month.month, day: day.day };
  return {
    kind: 'month-day',
    day,
    named,
    next: named && next,
    repeats: named && repeats,
    ...(month && { month: month.month }),
  };
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

/** 'fri', 'mon and thu', 'next friday', 'friday, 5 january'. */
function weekdays(cursor: Cursor): DateText | undefined {
  const place = cursor.place;
  const next = cursor.take('next') !== undefined;
  if (!next) cursor.take('this');
  const days = new Set<number>();
  let repeats = false;
  for (let end = cursor.place; ; end = cursor.place) {
    if (days.size > 0) cursor.take('and');
    const more = cursor.take('weekdays');
    if (!more) {
      cursor.undo(end);
      break;
    }
    repeats ||= more.repeats === true || days.size > 0;
    for (const day of more.days) days.add(day);
  }
  if (days.size === 0) {
    cursor.undo(place);
    return undefined;
  }
  return (
    dated(cursor, days) ?? { kind: 'weekdays', days: [...days].toSorted(), next: next || nextWeek(cursor), repeats }
  );
}

/** 'Friday next week'. */
function nextWeek(cursor: Cursor): boolean {
  const follows = cursor.peek('next') !== undefined && cursor.peek('unit', 1)?.unit === 'week';
  return follows && cursor.take('next') !== undefined && cursor.take('unit') !== undefined;
}

/** A weekday before a date only says which it is. */
function dated(cursor: Cursor, days: ReadonlySet<number>): DateText | undefined {
  const [weekday] = days;
  const place = cursor.place;
  cursor.take('and');
  const date = figures(cursor) ?? dayAndMonth(cursor);
  if (date?.kind === 'calendar' && weekday !== undefined && days.size === 1) return { ...date, weekday };
  cursor.undo(place);
  return undefined;
}

function nextOne(cursor: Cursor): DateText | undefined {
  if (!cursor.peek('next')) return undefined;
  const unit = cursor.peek('unit', 1)?.unit;
  if (unit === undefined || unit === 'second' || unit === 'minute' || unit === 'hour') return undefined;
  cursor.take('next');
  cursor.take('unit');
  return { kind: 'next', unit };
}
