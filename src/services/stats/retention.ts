import type { JoinWeek } from '../../db/member-joins.ts';
import type { StatsChart } from '../../workers/chart/stats-chart.ts';
import type { Part } from '../answers/answer.ts';
import { amount, list, type Reader, renderPlain, type Said, t } from '../answers/words.ts';
import type { Span } from './span.ts';

const WEEK_MS = 7 * 86_400_000;

/** Who stays: of those who joined in a week, how many are still there and how many wrote in the weeks after it. */
export interface Retention {
  readonly chart: StatsChart;
  readonly table: Part;
  readonly alt: Said;
}

/** How many weeks back is looked, this one included. */
function weeksBack({ days }: Span): number {
  return days > 31 ? 12 : 5;
}

/** The Monday so many weeks ago, this week's included. */
export function firstWeek(span: Span, now: Date): string {
  const today = new Date(now.toISOString().slice(0, 10));
  const sinceMonday = ((today.getUTCDay() + 6) % 7) * 86_400_000;
  return new Date(today.getTime() - sinceMonday - (weeksBack(span) - 1) * WEEK_MS).toISOString().slice(0, 10);
}

/** Nothing where nobody joined. Of weeks that are not over it is not said who wrote. */
export function retentionOf(weeks: readonly JoinWeek[], now: Date, reader: Reader): Retention | undefined {
  if (weeks.length === 0) return undefined;
  const told = weeks.map((one) => ({ ...one, after: afterOf(one, now) }));
  const longest = Math.max(...told.map(({ after }) => after.length));
  const columns = [
    renderPlain(t('stats.retention.here'), reader),
    ...Array.from({ length: longest }, (_, at) => renderPlain(t('stats.retention.after', { weeks: at + 1 }), reader)),
  ];
  const amounts = told.map(({ here, people, after }) => [
    share(here, people),
    ...Array.from({ length: longest }, (_, at) => (at < after.length ? share(after[at] ?? 0, people) : null)),
  ]);
  const [people, here] = [sumOf(told.map((one) => one.people)), sumOf(told.map((one) => one.here))];
  return {
    chart: { kind: 'heat', rows: told.map(({ week }) => week), columns, amounts, percent: true },
    table: { kind: 'lines', title: t('stats.retention.title'), lines: told.map(lineOf) },
    alt: t('stats.retention.alt', { count: told.length, people: amount(people), here: amount(here) }),
  };
}

function lineOf({ week, people, here, after }: JoinWeek & { readonly after: readonly number[] }): Said {
  const params = { week, people: amount(people), here: amount(here) };
  if (after.length === 0) return t('stats.retention.fresh', params);
  return t('stats.retention.line', { ...params, wrote: list(after.map(String)) });
}

/** How many wrote in each week after theirs, as far as those are over. */
function afterOf({ week, wrote }: JoinWeek, now: Date): readonly number[] {
  const over = Math.floor((now.getTime() - Date.parse(week)) / WEEK_MS) - 1;
  return Array.from({ length: Math.max(0, over) }, (_, at) => wrote[at + 1] ?? 0);
}

function share(part: number, of: number): number {
  return Math.round((100 * part) / of);
}

function sumOf(amounts: readonly number[]): number {
  return amounts.reduce((sum, one) => sum + one, 0);
}
