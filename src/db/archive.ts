import type { Db, Tx } from './connect.ts';
import { inTransaction } from './transaction.ts';

/** A file as far as it is kept: never what is in it, nor where it is. */
export interface ArchivedFile {
  readonly id: string;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly type?: string | undefined;
}

/** A message as it was at one time. Times are in milliseconds since the epoch. */
export interface ArchivedText {
  readonly kind: 'text';
  readonly guild: string;
  readonly channel: string;
  readonly message: string;
  readonly sent: number;
  readonly author: string;
  readonly name: string;
  readonly body: string;
  readonly files: readonly ArchivedFile[];
  /** When it was made to say this; null as it was written. */
  readonly edited: number | null;
}

/** That a message was deleted. */
interface ArchivedEnd {
  readonly kind: 'gone';
  readonly message: string;
  readonly sent: number;
  readonly at: number;
}

export type ArchiveRow = ArchivedText | ArchivedEnd;

/** In which channels something is kept, and for how many days. */
export interface ArchivedChannel {
  readonly guild: string;
  readonly channel: string;
  readonly days: number;
}

/** Stores rows in the order in which they came, all or none. To store them again changes nothing. */
export async function storeInArchive(db: Db, rows: readonly ArchiveRow[]): Promise<void> {
  await inTransaction(db, async (tx) => {
    for (const round of roundsOf(rows.filter((row) => row.kind === 'text'))) await storeTexts(tx, round);
    const gone = rows.filter((row) => row.kind === 'gone');
    if (gone.length > 0) await storeEnds(tx, gone);
  });
}

/** Notes in which channels something is kept. */
export async function noteChannels(db: Db, channels: readonly ArchivedChannel[]): Promise<void> {
  await db`
    insert into archived_channels (guild_id, channel_id, days)
    select guild, channel, max(days) from json_to_recordset(${JSON.stringify(channels)}::text::json)
      as came (guild bigint, channel bigint, days integer)
    group by guild, channel
    on conflict (guild_id, channel_id) do update set days = excluded.days
    where archived_channels.days <> excluded.days`;
}

/** A statement may touch a message only once: what was changed several times goes into several. */
function roundsOf(texts: readonly ArchivedText[]): readonly (readonly ArchivedText[])[] {
  const rounds: ArchivedText[][] = [];
  const seen = new Map<string, number>();
  for (const text of texts) {
    const round = seen.get(text.message) ?? 0;
    seen.set(text.message, round + 1);
    const others = rounds[round];
    if (others) others.push(text);
    else rounds.push([text]);
  }
  return rounds;
}

/** What a message said before is kept beside it; an older text never takes the place of a newer one. */
async function storeTexts(tx: Tx, texts: readonly ArchivedText[]): Promise<void> {
  await tx`
    with came as materialized (
      select guild, channel, message, to_timestamp(sent / 1000.0) as sent_at, author, name, body, files,
        to_timestamp(edited / 1000.0) as edited_at
      from json_to_recordset(${JSON.stringify(texts)}::text::json) as came (
        guild bigint, channel bigint, message bigint, sent bigint, author bigint, name text, body text, files jsonb, edited bigint
      )
      where not exists (select from archive_opt_outs where user_id = author)
    ),
    before as (
      insert into archived_edits (guild_id, channel_id, message_id, sent_at, edited_at, body)
      select old.guild_id, old.channel_id, old.message_id, old.sent_at, came.edited_at, old.body
      from came join archived_messages old on old.message_id = came.message and old.sent_at = came.sent_at
      where came.edited_at >= coalesce(old.edited_at, '-infinity') and old.body <> came.body
      on conflict do nothing
    )
    insert into archived_messages as kept (guild_id, channel_id, message_id, sent_at, author_id, author_name, body, files, edited_at)
    select guild, channel, message, sent_at, author, name, body, nullif(files, '[]'), edited_at from came
    on conflict (message_id, sent_at) do update
      set body = excluded.body, files = excluded.files, edited_at = excluded.edited_at
      where excluded.edited_at >= coalesce(kept.edited_at, '-infinity')`;
}

async function storeEnds(tx: Tx, gone: readonly ArchivedEnd[]): Promise<void> {
  await tx`
    update archived_messages kept set deleted_at = to_timestamp(at / 1000.0)
    from json_to_recordset(${JSON.stringify(gone)}::text::json) as came (message bigint, sent bigint, at bigint)
    where kept.message_id = came.message and kept.sent_at = to_timestamp(came.sent / 1000.0) and kept.deleted_at is null`;
}
