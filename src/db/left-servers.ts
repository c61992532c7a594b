import type { Sql } from 'postgres';
import { ARCHIVED, SERVER_TABLES, type ServerTable } from './server-tables.ts';

/** The servers that a process is in, and the shards of how many it looks after. */
export interface Presence {
  readonly guilds: readonly string[];
  readonly shards: readonly number[];
  readonly shardCount: number;
}

/**
 * Notes which servers of which anything is kept the bot is no longer in, each once, and forgets those it is in again. Says only of
 * servers of the given shards that they are left.
 */
export async function noteLeftServers(db: Sql, { guilds, shards, shardCount }: Presence, now: Date): Promise<number> {
  const present = [...guilds];
  await db`delete from left_servers where guild_id = any(${present}::bigint[])`;
  let count = 0;
  for (const table of SERVER_TABLES) {
    // One look into an index of the table for each server, however many rows it has.
    const noted = await db`
      with recursive counted (guild_id) as (
        (select guild_id from ${db(table)} where guild_id is not null order by guild_id limit 1)
        union all
        select (select min(guild_id) from ${db(table)} own where own.guild_id > counted.guild_id)
        from counted where counted.guild_id is not null
      )
      insert into left_servers (guild_id, left_at)
      select guild_id, ${now} from counted
      where guild_id is not null and guild_id <> all(${present}::bigint[])
        and (guild_id >> 22) % ${shardCount} = any(${[...shards]}::bigint[])
      on conflict do nothing`;
    count += noted.count;
  }
  return count;
}

/** The bot is in a server again: what it left there stays. */
export async function forgetLeftServer(db: Sql, guild: string): Promise<void> {
  await db`delete from left_servers where guild_id = ${guild}`;
}

/** How the rows of a table are deleted that are of servers left before `before`, at most `limit`; says how many went. */
export function leftRowsOf(table: ServerTable) {
  return async (db: Sql, before: Date, limit: number): Promise<number> => {
    const deleted = await db`
      delete from ${db(table)} where ctid = any(array(
        select own.ctid from left_servers join ${db(table)} own using (guild_id)
        where left_servers.left_at < ${before} limit ${limit} for update of own skip locked
      ))`;
    return deleted.count;
  };
}

/** Forgets servers that were left before `before` and of which nothing is left, at most `limit`, and says how many. */
export async function deleteLeftServers(db: Sql, before: Date, limit: number): Promise<number> {
  const rows = await db<{ guild: string }[]>`
    select guild_id::text as guild from left_servers where left_at < ${before} limit ${limit}`;
  let empty = rows.map(({ guild }) => guild);
  // Table by table: a single statement about all of them would take longer to plan than a sweep's may take.
  for (const table of [...SERVER_TABLES, ARCHIVED]) {
    if (empty.length === 0) return 0;
    const left = await db<{ guild: string }[]>`
      select guild::text from unnest(${empty}::bigint[]) as guild
      where not exists (select from ${db(table)} own where own.guild_id = guild)`;
    empty = left.map(({ guild }) => guild);
  }
  const deleted = await db`delete from left_servers where guild_id = any(${empty}::bigint[]) and left_at < ${before}`;
  return deleted.count;
}
