import type { ISql } from 'postgres';

/** Something that is to be written into a channel, in its place among all of its server. */
export interface LogRow {
  readonly guild: string;
  /** Rises from one to the next of a server; a safe integer. */
  readonly place: number;
  readonly channel: string;
  readonly at: Date;
  /** JSON. */
  readonly body: string;
}

/** Keeps many in one statement. */
export async function insertLogEntries(db: ISql, rows: readonly LogRow[]): Promise<void> {
  await db`
    insert into log_entries (guild_id, place, channel_id, made_at, body)
    select * from unnest(
      ${rows.map(({ guild }) => guild)}::bigint[], ${rows.map(({ place }) => String(place))}::bigint[],
      ${rows.map(({ channel }) => channel)}::bigint[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[],
      ${rows.map(({ body }) => body)}::text[])
    on conflict do nothing`;
}

/** They stand in their channels now, or never will. */
export async function deleteLogEntries(db: ISql, rows: readonly Pick<LogRow, 'guild' | 'place'>[]): Promise<void> {
  await db`
    delete from log_entries using unnest(
      ${rows.map(({ guild }) => guild)}::bigint[], ${rows.map(({ place }) => String(place))}::bigint[]) as gone (guild_id, place)
    where log_entries.guild_id = gone.guild_id and log_entries.place = gone.place`;
}

/** What is left of these servers, in order; of each at most `most`, the latest. */
export async function leftLogEntries(db: ISql, guilds: readonly string[], most: number): Promise<readonly LogRow[]> {
  const rows = await db<(Omit<LogRow, 'place'> & { readonly place: string })[]>`
    select guild_id::text as guild, place::text as place, channel_id::text as channel, made_at as at, body
    from (
      select *, row_number() over (partition by guild_id order by place desc) as nth
      from log_entries where guild_id = any(${[...guilds]}::bigint[])
    ) numbered
    where nth <= ${most} order by guild, numbered.place`;
  return rows.map((row) => ({ ...row, place: Number(row.place) }));
}
