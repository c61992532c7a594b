import type { Cursor } from './cursor.ts';
import type { Unit } from './grammar/grammar.ts';
import { TimeTextError } from './problem.ts';
import { monthDay, takeUnit } from './read-month-day.ts';
import { type Days, weekdayRange } from './read-weekdays.ts';
import type { MonthDay } from './rule.ts';

/** A day as it was written: it becomes a date when it is known what day it is today. */
export type DateText =
  | {
      readonly kind: 'calendar';
      readonly year?: number;
      readonly month: number;
      readonly day: number;
      readonly weekday?: number;
      /** What was typed, where it is all figures. */
      readonly written?: string;
    }
  | {
      readonly kind: 'slashed';
      readonly year?: number;
      readonly parts: readonly [number, number];
      readonly written: string;
    }
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

/** Years of more figures are too far ahead, whichever day is meant. */
const LONGEST_YEAR = 4;

/** Reads a day, or days; undefined, with nothing taken, when none stands here. 'Mon-fri' is `ranges` alone. */
export function readDate(cursor: Cursor, { ranges = true } = {}): DateText | undefined {
  return (
    figures(cursor) ??
    ahead(cursor) ??
    dayAndMonth(cursor) ??
    monthDay(cursor) ??
    weekdays(cursor, ranges) ??
    nextOne(cursor) ??
    wholeYear(cursor)
  );
}

function figures(cursor: Cursor): DateText | undefined {
  const written = cursor.token?.text.replace(/t$/, '') ?? '';
  const date = cursor.take('date');
  if (date) {
    const { is: _, ...parts } = date;
    return { kind: 'calendar', ...parts, written };
  }
  const slashed = cursor.take('slashed');
  if (!slashed) return undefined;
  const [a = 0, b = 0, c] = slashed.parts;
  if (a >= 1_000) return { kind: 'calendar', year: a, month: b, day: c ?? 1, written };
  return { kind: 'slashed', parts: [a, b], written, ...(c !== undefined && { year: c < 100 ? 2_000 + c : c }) };
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

/** 'fri', 'mon and thu', 'mon-fri', 'next friday', 'friday, 5 january'. */
function weekdays(cursor: Cursor, ranges: boolean): DateText | undefined {
  const place = cursor.place;
  const next = cursor.take('next') !== undefined;
  if (!next) cursor.take('this');
  const days = new Set<number>();
  let repeats = false;
  for (let end = cursor.place; ; end = cursor.place) {
    if (days.size > 0) cursor.take('and');
    const more: Days | undefined = (ranges ? weekdayRange(cursor) : undefined) ?? cursor.take('weekdays');
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
  const onDate = dated(cursor, days);
  if (onDate) return onDate;
  const following = nextWeek(cursor) || cursor.take('coming') !== undefined;
  return { kind: 'weekdays', days: [...days].toSorted(), next: next || following, repeats };
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
  const behind = cursor.peek('coming', 1) !== undefined;
  if (!behind && !cursor.peek('next')) return undefined;
  const unit = cursor.peek('unit', behind ? 0 : 1)?.unit;
  if (unit === undefined || unit === 'second' || unit === 'minute' || unit === 'hour') return undefined;
  cursor.take('next');
  cursor.take('unit');
  cursor.take('coming');
  return { kind: 'next', unit };
}

/** 'Year 2028' names no day; one of more figures is as far away as any of its days. */
function wholeYear(cursor: Cursor): DateText | undefined {
  const place = cursor.place;
  cursor.take('in');
  const year = takeUnit(cursor, 'year') ? yearFigure(cursor) : undefined;
  if (year === undefined) {
    cursor.undo(place);
    return undefined;
  }
  if (String(year).length <= LONGEST_YEAR) throw new TimeTextError('wholeYear', { year });
  return { kind: 'calendar', year, month: 1, day: 1 };
}
