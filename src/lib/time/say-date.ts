import type { Grammar } from './grammar/grammar.ts';

/** A day as it is told of; a weekday (1 is Monday) is only told with the year. */
export interface NamedDay {
  readonly day: number;
  readonly month: number;
  readonly year?: number;
  readonly weekday?: number;
}

/** 'Tuesday 5 January 2027'. */
export function sayDate(date: Temporal.PlainDate, words: Grammar): string {
  return sayDay(namedDay(date), words);
}

/** All that is known of it: '5 January', '5 January 2027', 'Tuesday 5 January 2027'. */
export function sayDay({ day, month, year, weekday }: NamedDay, { say }: Grammar): string {
  const named = { day, month: say.months[month - 1] ?? '' };
  if (year === undefined) return filled(say.dayAndMonth, named);
  if (weekday === undefined) return `${filled(say.dayAndMonth, named)} ${year}`;
  return filled(say.date, { ...named, year, weekday: say.weekdays[weekday - 1] ?? '' });
}

export function namedDay({ day, month, year, dayOfWeek }: Temporal.PlainDate): NamedDay {
  return { day, month, year, weekday: dayOfWeek };
}

/** Puts the values in where the text names them; `{}` is the one called ''. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w*)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
