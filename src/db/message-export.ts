import type { ISql, PendingQuery, Row } from 'postgres';
import { snowflakeAt } from '../lib/snowflake.ts';
import type { ArchivedFile } from './archive.ts';
import type { Db } from './connect.ts';
import { type Key, streamPages } from './stream.ts';

/** Which of a server's archived messages, never those of who opted out. Moments are in milliseconds since the epoch; what is null binds nothing. */
export interface MessageFilter {
  readonly guild: string;
  /** Null: those of all channels, which is for operators alone. */
  readonly channels: readonly string[] | null;
  readonly author: string | null;
  readonly from: number | null;
  /** The first moment that is left out. */
  readonly to: number | null;
  /** Words, as people write them for a search. */
  readonly text: string | null;
}

/** A message with what it said before, as it leaves the bot. */
export interface ExportedMessage extends Row {
  readonly message_id: string;
  readonly channel_id: string;
  readonly author_id: string;
  readonly author_name: string;
  readonly body: string;
  readonly files: readonly ArchivedFile[] | null;
  readonly edited_at: Date | null;
  readonly deleted_at: Date | null;
  /** The latest first; moments as in ISO 8601, of when it was made to say something else. */
  readonly earlier: readonly { readonly until: string; readonly body: string }[] | null;
}

/** In which channels of a server something was ever kept, threads included. */
export async function keptChannels(db: ISql, guild: string): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select channel_id::text as id from archived_channels where guild_id = ${guild} order by channel_id`;
  return rows.map(({ id }) => id);
}

/** So many are in memory at a time. */
const BATCH = 1_000;
/** Of what a message said before, the latest. */
const MOST_EARLIER = 20;

/** Messages in the order in which they were written, behind the given one. */
export function exportedMessages(
  db: Db,
  filter: MessageFilter,
  { after: begin, signal }: { readonly after: string | null; readonly signal?: AbortSignal | undefined },
): AsyncGenerator<readonly ExportedMessage[], void, undefined> {
  const query = (after: Key | null): PendingQuery<Row[]> => db`
    select message_id, channel_id, author_id, author_name, body, files, edited_at, deleted_at,
      case when edited_at is not null then (
        select json_agg(json_build_object(
          'until', to_char(edit.edited_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'body', edit.body
        )) from (
          select edited_at, body from archived_edits
          where archived_edits.message_id = archived_messages.message_id and archived_edits.sent_at = archived_messages.sent_at
          order by edited_at desc limit ${MOST_EARLIER}
        ) edit
      ) end as earlier
    from archived_messages where ${messageFits(db, filter)} ${behind(db, after ?? begin)}`;
  return streamPages<ExportedMessage>(db, query, { key: 'message_id', batch: BATCH, signal });
}

/** How many there are up to one, that one included; null: in all. */
export async function countMessages(db: ISql, filter: MessageFilter, last: string | null): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from archived_messages
    where ${messageFits(db, filter)} ${last === null ? db`` : db`and message_id <= ${last}::bigint`}`;
  return row?.count ?? 0;
}

function behind(db: ISql, key: Key | null) {
  return key === null ? db`` : db`and message_id > ${key}::bigint`;
}

function messageFits(db: ISql, { guild, channels, author, from, to, text }: MessageFilter) {
  return db`guild_id = ${guild}
    ${channels === null ? db`` : db`and channel_id = any(${[...channels]}::bigint[])`}
    ${author === null ? db`` : db`and author_id = ${author}`}
    ${from === null ? db`` : db`and message_id >= ${snowflakeAt(from)}::bigint and sent_at >= ${moment(from)}`}
    ${to === null ? db`` : db`and message_id < ${snowflakeAt(to)}::bigint and sent_at < ${moment(to)}`}
    and not exists (select from archive_opt_outs where user_id = author_id)
    ${text === null ? db`` : db`and words @@ websearch_to_tsquery('simple', ${text})`}`;
}

function moment(at: number): Date {
  return new Date(at);
}
