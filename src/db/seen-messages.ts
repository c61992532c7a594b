import type { ISql, Sql } from 'postgres';

/** In which channel all messages are dealt with up to which one; of channel 0, in all channels of the server. */
export interface SeenRow {
  readonly guild: string;
  readonly channel: string;
  readonly last: string;
}

/** Stands for all channels of a server: what is in none of their own rows. */
export const ALL_CHANNELS = '0';

/** Notes many in one statement; what was seen beyond them stays seen. Rows must differ in their channel. */
export async function markSeen(db: ISql, rows: readonly SeenRow[]): Promise<void> {
  const values = rows.map(({ guild, channel, last }) => ({ guild_id: guild, channel_id: channel, last_id: last }));
  await db`
    insert into seen_messages ${db(values)}
    on conflict (guild_id, channel_id) do update set last_id = greatest(seen_messages.last_id, excluded.last_id)`;
}

/** Up to which message each channel of a server was seen. */
export async function seenIn(db: Sql, guild: string): Promise<ReadonlyMap<string, string>> {
  const rows = await db<{ channel: string; last: string }[]>`
    select channel_id::text as channel, last_id::text as last from seen_messages where guild_id = ${guild}`;
  return new Map(rows.map(({ channel, last }) => [channel, last]));
}

/** Begins anew with a server: what is up to this message was never to be judged. */
export async function beginSeen(db: ISql, guild: string, last: string): Promise<void> {
  await db`
    with old as (delete from seen_messages where guild_id = ${guild} and channel_id <> ${ALL_CHANNELS})
    insert into seen_messages (guild_id, channel_id, last_id) values (${guild}, ${ALL_CHANNELS}, ${last})
    on conflict (guild_id, channel_id) do update set last_id = excluded.last_id`;
}

/** All channels of a server are seen up to this message: what says less of one of them goes. */
export async function settleSeen(db: ISql, guild: string, last: string): Promise<void> {
  await db`
    with old as (
      delete from seen_messages where guild_id = ${guild} and channel_id <> ${ALL_CHANNELS} and last_id <= ${last}
    )
    insert into seen_messages (guild_id, channel_id, last_id) values (${guild}, ${ALL_CHANNELS}, ${last})
    on conflict (guild_id, channel_id) do update set last_id = greatest(seen_messages.last_id, excluded.last_id)`;
}

/** Of servers without rules nothing is kept. */
export async function forgetSeen(db: ISql, guilds: readonly string[]): Promise<void> {
  await db`delete from seen_messages where guild_id = any(${[...guilds]}::bigint[])`;
}
