import type { Sql } from 'postgres';

/** The server's clock, in milliseconds since the epoch. */
export async function serverTime(db: Sql): Promise<number> {
  const [row] = await db<{ at: number }[]>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as at`;
  if (!row) throw new Error('the database does not know the time');
  return row.at;
}
