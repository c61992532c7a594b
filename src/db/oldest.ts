import type { Sql } from 'postgres';

/** How many rows were found and how many of them went, and up to which time. */
export interface Gone {
  readonly found: number;
  readonly deleted: number;
  readonly upTo: Date | undefined;
}

interface Range {
  readonly before: Date;
  /** Where an earlier call has stopped: what it deleted would have to be stepped over again, one by one. */
  readonly from: Date | undefined;
  readonly limit: number;
}

/**
 * Deletes the oldest rows of a table by a column that has an index, up to `before`, at most `limit`. Rows that somebody holds
 * are passed over, never waited for; one that somebody changes in the same moment is found and stays.
 */
export async function deleteOldest(
  db: Sql,
  { table, column }: { readonly table: string; readonly column: string },
  { before, from, limit }: Range,
): Promise<Gone> {
  const [gone] = await db<{ found: number; deleted: number; upTo: Date | null }[]>`
    with found as materialized (
      select ctid as place, ${db(column)} as at from ${db(table)}
      where ${db(column)} <= ${before} ${from === undefined ? db`` : db`and ${db(column)} >= ${from}`}
      order by ${db(column)} limit ${limit} for update skip locked
    ),
    gone as (delete from ${db(table)} where ctid = any(array(select place from found)) returning 1)
    select count(*)::int as found, (select count(*)::int from gone) as deleted, max(at)::timestamptz as "upTo" from found`;
  return { found: gone?.found ?? 0, deleted: gone?.deleted ?? 0, upTo: gone?.upTo ?? undefined };
}
