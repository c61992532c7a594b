import type { ISql, Sql } from 'postgres';

/** So much of something in a server on a day, to be added to what is there. */
export interface DayCount {
  readonly guild: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  readonly what: string;
  readonly amount: number;
}

/** Adds many counts in one statement. Rows must differ in guild, day or what. */
export async function addDayCounts(db: ISql, rows: readonly DayCount[]): Promise<void> {
  const values = rows.map(({ guild, day, what, amount }) => ({ guild_id: guild, day, what, amount }));
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
