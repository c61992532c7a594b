import type { Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** Which of these are known of a source. */
export async function knownKeys(tx: Tx, source: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx<{ key: string }[]>`
    select key from source_items where source_id = ${source} and key = any(${[...keys]}::text[])`;
  return new Set(rows.map(({ key }) => key));
}

/** Notes that these stand in a source now. */
export async function noteKeys(tx: Tx, source: string, keys: readonly string[], now: Date): Promise<void> {
  await tx`
    insert into source_items (source_id, key, seen_at)
    select ${source}, key, ${now} from (select distinct unnest(${[...keys]}::text[]) as key) seen
    on conflict (source_id, key) do update set seen_at = excluded.seen_at`;
}

/**
 * Deletes what had left its source by `before`, at most `limit`, and says how many. What stood in a source when it was
 * last read stays, however long ago that was: it may be there still.
 */
export async function deleteSourceItems(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from source_items where ctid = any(array(
      select source_items.ctid from source_items join sources on sources.id = source_id
      where seen_at < ${before} and seen_at < read_at limit ${limit} for update of source_items skip locked
    ))`;
  return deleted.count;
}

/** Deletes the oldest of what has left a source, beyond the latest `most`. */
export async function boundKeys(tx: Tx, source: string, most: number, now: Date): Promise<void> {
  await tx`
    delete from source_items where source_id = ${source} and seen_at < ${now} and key in (
      select key from source_items where source_id = ${source} order by seen_at desc, key offset ${most}
    )`;
}
