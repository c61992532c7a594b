import type { ISql, Sql } from 'postgres';
import type { Stretch } from '../lib/time/stretches.ts';
import { type WeekHour, weekHours } from './week-hours.ts';

/** So much of something in a server on a day, to be added to what is there. */
export interface DayCount {
  readonly guild: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  readonly what: string;
  readonly amount: number;
}

/**
 * Adds many counts in one statement. Rows must differ in guild, day or what. Whoever writes the same at the same time takes them in the same order,
 * so that nobody waits for each other.
 */
export async function addDayCounts(db: ISql, rows: readonly DayCount[]): Promise<void> {
  const keyed = rows.map((row) => [`${row.guild} ${row.day} ${row.what}`, row] as const);
  const sorted = keyed.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const values = sorted.map(([, { guild, day, what, amount }]) => ({ guild_id: guild, day, what, amount }));
  await db`
    insert into server_days ${db(values)}
    on conflict (guild_id, day, what) do update set amount = server_days.amount + excluded.amount`;
}

/** What was counted of a server on a day. */
export async function dayCounts(db: Sql, guild: string, day: string): Promise<ReadonlyMap<string, number>> {
  const rows = await db<{ what: string; amount: number }[]>`
    select what, amount::float8 as amount from server_days where guild_id = ${guild} and day = ${day}`;
  return new Map(rows.map(({ what, amount }) => [what, amount]));
}

/** The messages of a server by weekday and hour, as the clocks of a zone showed them. */
export function weekHoursOfServer(db: Sql, guild: string, stretches: readonly Stretch[]): Promise<readonly WeekHour[]> {
  const hours = Array.from({ length: 24 }, (_, hour) => `hour-${hour}`);
  const counted = db`
    select day + make_interval(hours => array_position(${hours}::text[], what) - 1) as at, amount from server_days
    where guild_id = ${guild} and what = any(${hours}::text[])`;
  return weekHours(db, counted, stretches);
}

/** How many came and went on a day. */
export interface DayMoves {
  readonly day: string;
  readonly joins: number;
  readonly leaves: number;
}

/** The days from one on (`2026-11-22`, UTC), in order, on which anybody came or went. */
export function movesByDay(db: Sql, guild: string, from: string): Promise<readonly DayMoves[]> {
  return db<DayMoves[]>`
    select to_char(day, 'YYYY-MM-DD') as day,
      coalesce(sum(amount) filter (where what = 'joins'), 0)::float8 as joins,
      coalesce(sum(amount) filter (where what = 'leaves'), 0)::float8 as leaves
    from server_days where guild_id = ${guild} and day >= ${from} and what in ('joins', 'leaves')
    group by server_days.day order by server_days.day`;
}
