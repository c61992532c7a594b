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
 * Forgets what has left a source: what last stood in it before `before`, and the oldest beyond the latest `most`. What has
 * been noted `now` stays. Keys of one source are few, and nobody else waits for them.
 */
export async function forgetKeys(
  tx: Tx,
  source: string,
  { before, most, now }: { readonly before: Date; readonly most: number; readonly now: Date },
): Promise<void> {
  await tx`
    delete from source_items where source_id = ${source} and seen_at < ${now} and (seen_at < ${before} or key in (
      select key from source_items where source_id = ${source} order by seen_at desc, key offset ${most}
    ))`;
}
