import { type Stretch, stretchesOf } from '../../lib/time/stretches.ts';
import { wallOf } from '../../lib/time/wall.ts';

/** How many days each span has that can be chosen, today included: whole weeks, where weeks are shown. */
const DAYS = { week: 7, month: 30, quarter: 91, year: 364 } as const;
export type SpanName = keyof typeof DAYS;
export const SPANS = ['week', 'month', 'quarter', 'year'] as const satisfies readonly SpanName[];
export const USUAL_SPAN: SpanName = 'month';

/** The days up to now that statistics are of. */
export interface Span {
  readonly name: SpanName;
  readonly days: number;
  /** What is counted by the day is of days in UTC: this is the first, `2026-11-22`. */
  readonly from: string;
  /** What one mark in a chart stands for. */
  readonly step: 'day' | 'week';
  /** The first day of each mark. */
  readonly marks: readonly string[];
  /** The same days as the clocks of the server's zone had them. */
  readonly zone: string;
  readonly stretches: readonly Stretch[];
}

export function spanOf(name: SpanName, zone: string, now: Date): Span {
  const days = DAYS[name];
  const from = dayPlus(now.toISOString().slice(0, 10), 1 - days);
  const step = days > 31 ? 'week' : 'day';
  const every = step === 'week' ? 7 : 1;
  const marks = Array.from({ length: days / every }, (_, at) => dayPlus(from, at * every));
  const begin = wallOf(now, zone)
    .toPlainDate()
    .subtract({ days: days - 1 })
    .toZonedDateTime(zone);
  const stretches = stretchesOf(zone, new Date(begin.epochMilliseconds), new Date(now.getTime() + 1));
  return { name, days, from, step, marks, zone, stretches };
}

/** At which of the marks a day is. */
function markOf({ from, step }: Span, day: string): number {
  return Math.floor(daysBetween(from, day) / (step === 'week' ? 7 : 1));
}

/** What was counted by the day, by the marks of a span: 0 where there was nothing. */
export function alongMarks<T extends { readonly day: string }>(
  span: Span,
  rows: readonly T[],
  amountOf: (row: T) => number,
): number[] {
  const sums = span.marks.map(() => 0);
  for (const row of rows) {
    const at = markOf(span, row.day);
    if (at in sums) sums[at] = (sums[at] ?? 0) + amountOf(row);
  }
  return sums;
}

function dayPlus(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

const DAY_MS = 86_400_000;
