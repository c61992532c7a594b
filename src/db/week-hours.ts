import type { PendingQuery, Row, Sql } from 'postgres';
import type { Stretch } from '../lib/time/stretches.ts';

/** 1 is Monday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** What was counted in an hour of a weekday. */
export interface WeekHour {
  readonly weekday: Weekday;
  /** From 0 to 23. */
  readonly hour: number;
  readonly amount: number;
}

/**
 * Adds up what was counted at moments (`at` without a zone, in UTC, and `amount`) by weekday and hour, as clocks showed them. An hour of UTC belongs to
 * the one in which it begins. How far clocks were off is passed in: the database need not know the same zones.
 */
export async function weekHours(
  db: Sql,
  counted: PendingQuery<Row[]>,
  stretches: readonly Stretch[],
): Promise<readonly WeekHour[]> {
  const [from, to] = [stretches.map((one) => textOf(one.from)), stretches.map((one) => textOf(one.to))];
  return db<WeekHour[]>`
    select extract(isodow from wall)::int as weekday, extract(hour from wall)::int as hour, sum(amount)::float8 as amount
    from (
      select at + make_interval(mins => minutes) as wall, amount
      from (${counted}) counted
      join unnest(${from}::timestamp[], ${to}::timestamp[], ${stretches.map(({ minutes }) => minutes)}::int[])
        as stretches (begins, ends, minutes) on at >= begins and at < ends
    ) shown
    group by 1, 2 order by 1, 2`;
}

/** Without a zone, as which it would be read in that of the session. */
function textOf(at: Date): string {
  return at.toISOString().slice(0, -1);
}
