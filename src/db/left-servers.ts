import type { Sql } from 'postgres';

/** The servers that a process is in, and the shards of how many it looks after. */
export interface Presence {
  readonly guilds: readonly string[];
  readonly shards: readonly number[];
  readonly shardCount: number;
}

/**
 * Notes which servers with counted activity the bot is no longer in, each once, and forgets those it is in again. Says only of
 * servers of the given shards that they are left.
 */
export async function noteLeftServers(db: Sql, { guilds, shards, shardCount }: Presence, now: Date): Promise<number> {
  const present = [...guilds];
  await db`delete from left_servers where guild_id = any(${present}::bigint[])`;
  // One look into the key of the table for each server, however many rows it has.
  const noted = await db`
    with recursive counted (guild_id) as (
      (select guild_id from activity order by guild_id limit 1)
      union all
      select (select min(guild_id) from activity where activity.guild_id > counted.guild_id)
      from counted where counted.guild_id is not null
    )
    insert into left_servers (guild_id, left_at)
    select guild_id, ${now} from counted
    where guild_id is not null and guild_id <> all(${present}::bigint[])
      and (guild_id >> 22) % ${shardCount} = any(${[...shards]}::bigint[])
    on conflict do nothing`;
  return noted.count;
}

/** Deletes what was counted in servers that were left before `before`, at most `limit` rows, and says how many. */
export async function deleteLeftActivity(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from activity where ctid = any(array(
      select activity.ctid from left_servers join activity using (guild_id)
      where left_at < ${before} limit ${limit} for update of activity skip locked
    ))`;
  return deleted.count;
}

/** Forgets servers that were left before `before` and of which nothing is left, at most `limit`, and says how many. */
export async function deleteLeftServers(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from left_servers where guild_id = any(array(
      select guild_id from left_servers
      where left_at < ${before} and not exists (select from activity where activity.guild_id = left_servers.guild_id)
      limit ${limit} for update skip locked
    ))`;
  return deleted.count;
}
