import type { Clauses } from './clauses.ts';
import { type CalendarDay, checkDay, unslashed } from './find-date.ts';
import { TimeTextError } from './problem.ts';
import type { DateText } from './read-date.ts';
import type { DateRule, WallTime } from './rule.ts';

/**
 * The rule of 'every 2 weeks' and the day beside it, if one is named; `today` is what is meant without. Throws
 * `TimeTextError` where they do not go together.
 */
export function findRule(found: Clauses, at: WallTime, today: Temporal.PlainDate): DateRule {
  const { repeat, date } = found;
  if (!repeat || repeat.kind === 'elapsed') throw new TimeTextError('notATime');
  const { every } = repeat;
  const unit = repeat.kind === 'unit' ? repeat.unit : unitOf(date);
  switch (unit) {
    case 'day':
      if (date) throw new TimeTextError('notATime');
      return { kind: 'daily', every, at };
    case 'week':
      return { kind: 'weekly', every, on: weekdaysOf(date, today), at };
    case 'month':
      return { kind: 'monthly', every, day: monthDayOf(date, today), at };
    case 'year':
      return yearly(every, date, at, today);
  }
}

function unitOf(date: DateText | undefined): 'day' | 'week' | 'month' | 'year' {
  switch (date?.kind) {
    case undefined:
      return 'day';
    case 'weekdays':
      return 'week';
    case 'month-day':
      return date.month === undefined ? 'month' : 'year';
    case 'calendar':
    case 'slashed':
      return 'year';
    case 'ahead':
    case 'next':
      throw new TimeTextError('notATime');
  }
}

function weekdaysOf(date: DateText | undefined, today: Temporal.PlainDate): number[] {
  if (!date) return [today.dayOfWeek];
  if (date.kind !== 'weekdays' || date.next) throw new TimeTextError('notATime');
  return [...date.days];
}

function monthDayOf(date: DateText | undefined, today: Temporal.PlainDate) {
  if (!date) return { kind: 'day', day: today.day } as const;
  if (date.kind !== 'month-day' || date.month !== undefined) throw new TimeTextError('notATime');
  return date.day;
}

function yearly(every: number, date: DateText | undefined, at: WallTime, today: Temporal.PlainDate): DateRule {
  if (date?.kind === 'month-day') return { kind: 'monthly', every: every * 12, day: date.day, at };
  const calendar: CalendarDay = date ? calendarOf(date) : { month: today.month, day: today.day };
  const { month, day } = calendar;
  if (calendar.year !== undefined) throw new TimeTextError('notATime');
  checkDay(calendar);
  if (every === 1) return { kind: 'yearly', month, day, at };
  return { kind: 'monthly', every: every * 12, day: { kind: 'day', day }, at };
}

function calendarOf(date: DateText): CalendarDay {
  if (date.kind === 'calendar') return date;
  if (date.kind === 'slashed') return unslashed(date);
  throw new TimeTextError('notATime');
}

/** The month that a yearly rule is bound to, where its rule of months does not say. */
export function monthOf(date: DateText | undefined): number | undefined {
  if (date?.kind === 'month-day') return date.month;
  return date?.kind === 'calendar' || date?.kind === 'slashed' ? calendarOf(date).month : undefined;
}
