import { snowflakeAt } from '../lib/snowflake.ts';
import type { ArchivedChannel } from './archive.ts';
import type { Db } from './connect.ts';

/** Every channel of which something is kept. */
export async function archivedChannels(db: Db): Promise<readonly ArchivedChannel[]> {
  return await db<ArchivedChannel[]>`
    select guild_id::text as guild, channel_id::text as channel, days from archived_channels order by channel_id`;
}

/** Those of servers that were left before `before`. */
export async function channelsLeft(db: Db, before: Date): Promise<readonly string[]> {
  const rows = await db<{ channel: string }[]>`
    select channel_id::text as channel from archived_channels join left_servers using (guild_id)
    where left_at < ${before} order by channel_id`;
  return rows.map(({ channel }) => channel);
}

/** Of a channel nothing is kept any longer. */
export async function forgetChannel(db: Db, channel: string): Promise<void> {
  await db`delete from archived_channels where channel_id = ${channel}`;
}

/** Deletes what was written in a channel before `before`, with what it said earlier, at most `limit` messages; says how many. */
export async function trimChannel(db: Db, channel: string, before: Date, limit: number): Promise<number> {
  const end = snowflakeAt(before.getTime());
  const [gone] = await db<{ deleted: number }[]>`
    with old as materialized (
      select message_id, sent_at from archived_messages
      where channel_id = ${channel} and message_id < ${end}::bigint order by message_id limit ${limit}
    ),
    edits as (delete from archived_edits using old where archived_edits.message_id = old.message_id and archived_edits.sent_at = old.sent_at),
    texts as (
      delete from archived_messages kept using old where kept.message_id = old.message_id and kept.sent_at = old.sent_at returning 1
    )
    select count(*)::int as deleted from texts`;
  return gone?.deleted ?? 0;
}
