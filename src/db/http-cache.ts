import type { Sql } from 'postgres';
import type { Kept } from '../lib/http-cache.ts';

/** What was kept of an answer; nothing when it never was, or is no longer. */
export async function readKeptAnswer(db: Sql, key: string): Promise<Kept | undefined> {
  const [row] = await db<(Omit<Kept, 'freshUntil'> & { readonly freshUntil: Date })[]>`
    select etag, modified, body, fresh_until as "freshUntil" from http_cache where key = ${key}`;
  return row && { ...row, freshUntil: row.freshUntil.getTime() };
}

export async function keepAnswer(db: Sql, key: string, kept: Kept, now: Date): Promise<void> {
  const { etag, modified, body, freshUntil } = kept;
  await db`
    insert into http_cache (key, etag, modified, body, fresh_until, kept_at)
    values (${key}, ${etag}, ${modified}, ${body}, ${new Date(freshUntil)}, ${now})
    on conflict (key) do update set etag = excluded.etag, modified = excluded.modified, body = excluded.body,
      fresh_until = excluded.fresh_until, kept_at = excluded.kept_at`;
}

/** When the newest answer was last asked for of those that are beyond the `most` that are kept, if there are so many. */
export async function keptAnswersBeyond(db: Sql, most: number): Promise<Date | undefined> {
  const [row] = await db<{ at: Date }[]>`
    select kept_at as at from http_cache order by kept_at desc offset ${most} limit 1`;
  return row?.at;
}
