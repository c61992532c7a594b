import type { DateRule, MonthDay } from './rule.ts';

/** Days since 1970-01-01 by the calendar: whole numbers, so that dates are counted without clocks and zones. */
export type DayNumber = number;

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday; day numbers of Mondays are 4 more than a multiple of 7. */
const FIRST_MONDAY = 4;
/** The calendar comes back to itself after 400 years: what does not happen in them never does. */
const CYCLE_MONTHS = 4_800;

interface CalendarDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

/** The day number of a date; a day that is too great runs on into the next month. */
export function dayNumber({ year, month, day }: CalendarDate): DayNumber {
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/** The date of a day number. */
export function plainDate(day: DayNumber): Temporal.PlainDate {
  const date = new Date(day * DAY_MS);
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** 1 for Monday to 7 for Sunday. */
export function weekdayOf(day: DayNumber): number {
  return modulo(day - FIRST_MONDAY, 7) + 1;
}

/** How many days the month has; February of a leap year 29. */
export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The days of a rule from `from` on, in order; `start` is the day that 'every second' counts from. */
export function datesOf(rule: DateRule, start: DayNumber, from: DayNumber): Generator<DayNumber> {
  switch (rule.kind) {
    case 'daily':
      return everyNthDay(rule.every, start, from);
    case 'weekly':
      return daysOfWeeks(rule, start, from);
    case 'monthly':
      return daysOfMonths((year, month) => dayOfMonth(rule.day, year, month), rule.every, start, from);
    case 'yearly':
      return daysOfMonths(
        (year, month) => (month === rule.month ? dayOfMonth({ kind: 'day', day: rule.day }, year, month) : undefined),
        1,
        start,
        from,
      );
  }
}

function* everyNthDay(every: number, start: DayNumber, from: DayNumber): Generator<DayNumber> {
  for (let day = start + Math.ceil((from - start) / every) * every; ; day += every) yield day;
}

function* daysOfWeeks(
  { every, on }: { readonly every: number; readonly on: readonly number[] },
  start: DayNumber,
  from: DayNumber,
): Generator<DayNumber> {
  const firstMonday = start - (weekdayOf(start) - 1);
  const days = on.toSorted((a, b) => a - b);
  const weeks = Math.floor((from - firstMonday) / 7 / every) * every;
  for (let monday = firstMonday + weeks * 7; ; monday += every * 7) {
    yield* days.map((weekday) => monday + weekday - 1).filter((day) => day >= from);
  }
}

/** `pick` says which day of a month it is, if any: then months are gone through for one cycle of the calendar and no longer. */
function* daysOfMonths(
  pick: (year: number, month: number) => DayNumber | undefined,
  every: number,
  start: DayNumber,
  from: DayNumber,
): Generator<DayNumber> {
  const first = monthIndex(start);
  let month = first + Math.max(0, Math.floor((monthIndex(from) - first) / every) * every);
  for (let idle = 0; idle <= CYCLE_MONTHS; idle++, month += every) {
    const day = pick(Math.floor(month / 12), modulo(month, 12) + 1);
    if (day === undefined || day < from) continue;
    yield day;
    idle = 0;
  }
}

function dayOfMonth(wanted: MonthDay, year: number, month: number): DayNumber | undefined {
  const first = dayNumber({ year, month, day: 1 });
  const length = daysIn(year, month);
  switch (wanted.kind) {
    case 'day':
      return first + Math.min(wanted.day, length) - 1;
    case 'last':
      return first + length - 1;
    case 'nth':
      return nthOf(first, length, wanted.nth, wanted.weekday);
  }
}

function nthOf(first: DayNumber, length: number, nth: number, weekday: number | 'weekday'): DayNumber | undefined {
  const last = first + length - 1;
  if (weekday === 'weekday') {
    const days = Array.from({ length }, (_, index) => first + index).filter((day) => weekdayOf(day) <= 5);
    return days.at(nth < 0 ? nth : nth - 1);
  }
  if (nth < 0) return last - modulo(weekdayOf(last) - weekday, 7);
  const day = first + modulo(weekday - weekdayOf(first), 7) + (nth - 1) * 7;
  return day <= last ? day : undefined;
}

function monthIndex(day: DayNumber): number {
  const { year, month } = plainDate(day);
  return year * 12 + month - 1;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
