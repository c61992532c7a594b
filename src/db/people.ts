import type { Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** The zone a person has set; undefined when there is none. */
export async function readTimeZone(db: Sql, person: string): Promise<string | undefined> {
  const [row] = await db<{ zone: string | null }[]>`select time_zone as zone from people where user_id = ${person}`;
  return row?.zone ?? undefined;
}

/** `null` takes it away. */
export async function writeTimeZone(tx: Tx, person: string, zone: string | null): Promise<void> {
  await tx`
    insert into people (user_id, time_zone) values (${person}, ${zone})
    on conflict (user_id) do update set time_zone = excluded.time_zone`;
}
