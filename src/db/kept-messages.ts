import type { ISql } from 'postgres';

/** What a message said, as JSON, and until when it is kept. */
export interface KeptRow {
  readonly message: string;
  readonly guild: string;
  readonly until: Date;
  readonly body: string;
}

/** Keeps many in one statement; what a message says by now takes the place of what it said. */
export async function keepMessages(db: ISql, rows: readonly KeptRow[]): Promise<void> {
  await db`
    insert into kept_messages (message_id, guild_id, until, body)
    select * from unnest(
      ${rows.map(({ message }) => message)}::bigint[], ${rows.map(({ guild }) => guild)}::bigint[],
      ${rows.map(({ until }) => until.toISOString())}::timestamptz[], ${rows.map(({ body }) => body)}::text[])
    on conflict (message_id) do update set until = excluded.until, body = excluded.body`;
}

/** What is kept of these messages, by their ids. */
export async function keptMessages(db: ISql, messages: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db<{ message: string; body: string }[]>`
    select message_id::text as message, body from kept_messages where message_id = any(${[...messages]}::bigint[])`;
  return new Map(rows.map(({ message, body }) => [message, body]));
}
