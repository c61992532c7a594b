import { type DayNumber, datesOf, dayNumber, daysIn, plainDate, weekdayOf } from './calendar.ts';
import { TimeTextError } from './problem.ts';
import type { DateText } from './read-date.ts';
import type { DateRule } from './rule.ts';
import { type NamedDay, namedDay } from './say-date.ts';

/** Farther away than any bound, and the last that dates are reckoned in. */
const LAST_YEAR = 9_999;
const FIRST_YEAR = 1_000;
/** Every day exists in it that any year has. */
const LEAP_YEAR = 2_000;
/** Within so many years every day that exists comes once: 29 February is skipped in years such as 2100. */
const LEAP_YEARS_APART = 8;

/**
 * The days that a text may mean, the nearest first; all but the first only count if it turns out to be over. Throws
 * `TimeTextError` for days that do not exist.
 */
export function daysMeant(date: DateText, today: DayNumber, timed: boolean): readonly DayNumber[] {
  switch (date.kind) {
    case 'ahead':
      return [today + date.days];
    case 'calendar':
      return calendarDays(date, today);
    case 'slashed':
      return calendarDays({ kind: 'calendar', ...unslashed(date) }, today);
    case 'weekdays':
      return weekdaysMeant(date, today, timed);
    case 'month-day':
      return monthDaysMeant(date, today);
    case 'next':
      return [nextUnit(date.unit, today)];
  }
}

type Calendar = Extract<DateText, { kind: 'calendar' }>;
/** A day by month, as it was written. */
export type CalendarDay = Pick<Calendar, 'year' | 'month' | 'day' | 'written'>;

function calendarDays(date: Calendar, today: DayNumber): readonly DayNumber[] {
  const { year, month, day, weekday } = date;
  if (year !== undefined) return [checkedDay({ ...date, year: Math.min(year, LAST_YEAR) })];
  checkDay(date);
  if (weekday !== undefined) return yearOfWeekday({ month, day, weekday }, today);
  const thisYear = plainDate(today).year;
  const years = Array.from({ length: LEAP_YEARS_APART + 1 }, (_, index) => thisYear + index);
  return years.filter((each) => day <= daysIn(each, month)).map((each) => dayNumber({ year: each, month, day }));
}

/** The next time that the date comes; it must be the weekday that is said. */
function yearOfWeekday(
  date: { readonly month: number; readonly day: number; readonly weekday: number },
  today: DayNumber,
): readonly DayNumber[] {
  const rule = { kind: 'yearly', month: date.month, day: date.day, at: '00:00' } as const;
  const [day = today] = take(1, datesOf(rule, today, today));
  return [checkedDay({ kind: 'calendar', ...date, year: plainDate(day).year })];
}

function checkedDay(date: Calendar & { readonly year: number }): DayNumber {
  checkDay(date);
  const day = dayNumber(date);
  const weekday = weekdayOf(day);
  if (date.weekday !== undefined && date.weekday !== weekday) {
    throw new TimeTextError('wrongWeekday', { date: { day: namedDay(plainDate(day)) } });
  }
  return day;
}

/** Throws for a month or a day that the calendar does not have; without a year, in no year. */
export function checkDay(date: CalendarDay): void {
  const { year = LEAP_YEAR, month, day, written = `${day}.${month}.` } = date;
  const hasMonth = month >= 1 && month <= 12;
  if (hasMonth && day >= 1 && day <= daysIn(year, month) && year >= FIRST_YEAR) return;
  throw new TimeTextError('noSuchDate', { date: hasMonth ? { day: told(date) } : written });
}

/** Without what was typed, and the weekday: that of a date that does not exist is none. */
function told({ day, month, year }: CalendarDay): NamedDay {
  return { day, month, ...(year !== undefined && { year }) };
}

/** The date without slashes. Of '05/01' nobody knows which is the month, unless one cannot be or both are the same. */
export function unslashed({ parts: [a, b], year, written }: Extract<DateText, { kind: 'slashed' }>) {
  const dayFirst = { day: a, month: b, written, ...(year !== undefined && { year }) };
  const monthFirst = { day: b, month: a, written, ...(year !== undefined && { year }) };
  const [aIsMonth, bIsMonth] = [a >= 1 && a <= 12, b >= 1 && b <= 12];
  if (aIsMonth && bIsMonth && a !== b) {
    throw new TimeTextError('ambiguous', {
      first: { day: told(dayFirst) },
      second: { day: told(monthFirst) },
    });
  }
  return aIsMonth && !bIsMonth ? monthFirst : dayFirst;
}

function weekdaysMeant(
  { days, next }: Extract<DateText, { kind: 'weekdays' }>,
  today: DayNumber,
  timed: boolean,
): readonly DayNumber[] {
  const from = next ? today - weekdayOf(today) + 8 : timed ? today : today + 1;
  const rule: DateRule = { kind: 'weekly', every: 1, on: [...days], at: '00:00' };
  return take(2, datesOf(rule, from, from));
}

function monthDaysMeant(date: Extract<DateText, { kind: 'month-day' }>, today: DayNumber): readonly DayNumber[] {
  // 'Last friday' is over: the text says so with its date.
  if (date.day.kind === 'nth' && date.day.nth < 0 && !date.named) return [lastBefore(today, date.day.weekday)];
  const { year, month } = plainDate(today);
  const first = dayNumber({ year, month: month + (date.next ? 1 : 0), day: 1 });
  const days = datesOf({ kind: 'monthly', every: 1, day: date.day, at: '00:00' }, first, first);
  const found: DayNumber[] = [];
  for (const day of days) {
    const plain = plainDate(day);
    if (date.month !== undefined && plain.month !== date.month) continue;
    // The 31st of a shorter month is its last day when it comes again; once, it is meant as it is written.
    if (date.day.kind === 'day' && plain.day !== date.day.day) continue;
    if (found.push(day) === 2) break;
  }
  return found;
}

function lastBefore(today: DayNumber, weekday: number | 'weekday'): DayNumber {
  const week = Array.from({ length: 7 }, (_, index) => today - index - 1);
  return week.find((day) => (weekday === 'weekday' ? weekdayOf(day) <= 5 : weekdayOf(day) === weekday)) ?? today - 1;
}

function nextUnit(unit: Extract<DateText, { kind: 'next' }>['unit'], today: DayNumber): DayNumber {
  return dayNumber(plainDate(today).add({ [`${unit}s`]: 1 }));
}

function take(count: number, days: Generator<DayNumber>): DayNumber[] {
  return Array.from({ length: count }, () => days.next().value).filter((day) => day !== undefined);
}
