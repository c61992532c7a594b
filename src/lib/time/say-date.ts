import type { Grammar } from './grammar/grammar.ts';

/** 'Tuesday 5 January 2027'. */
export function sayDate(date: Temporal.PlainDate, { say }: Grammar): string {
  return filled(say.date, {
    weekday: say.weekdays[date.dayOfWeek - 1] ?? '',
    day: date.day,
    month: say.months[date.month - 1] ?? '',
    year: date.year,
  });
}

/** '5 January', with the year if there is one. */
export function sayDayAndMonth(
  { day, month, year }: { readonly day: number; readonly month: number; readonly year?: number },
  { say }: Grammar,
): string {
  const text = filled(say.dayAndMonth, { day, month: say.months[month - 1] ?? '' });
  return year === undefined ? text : `${text} ${year}`;
}

/** Puts the values in where the text names them; `{}` is the one called ''. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w*)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
