import type { Sql } from 'postgres';
import type { Db, Tx } from './connect.ts';
import { stream } from './stream.ts';

/** What is kept of something that is fetched now and then. */
export interface ExternalState {
  readonly name: string;
  readonly url: string;
  readonly etag: string | null;
  readonly modified: string | null;
  /** '0' while there is none. */
  readonly version: string;
  readonly entries: number;
  /** Bytes. */
  readonly size: number;
  readonly changedAt: Date | null;
  readonly checkedAt: Date | null;
  readonly failure: string | null;
}

export async function externalStates(db: Sql): Promise<readonly ExternalState[]> {
  return db<ExternalState[]>`
    select name, url, etag, modified, version::text as version, entries, size,
      changed_at as "changedAt", checked_at as "checkedAt", failure
    from external_data order by name`;
}

/** A version that nobody has had before; what is stored under it counts once it is settled. */
export async function newVersion(db: Sql): Promise<string> {
  const [row] = await db<{ version: string }[]>`select nextval('external_data_versions')::text as version`;
  return row?.version ?? '0';
}

export async function storePart(
  db: Sql,
  { name, version }: Pick<ExternalState, 'name' | 'version'>,
  part: number,
  bytes: Buffer,
): Promise<void> {
  await db`insert into external_data_parts (name, version, part, bytes) values (${name}, ${version}, ${part}, ${bytes})`;
}

type Settled = Pick<ExternalState, 'name' | 'url' | 'etag' | 'modified' | 'version' | 'entries' | 'size'>;

/** From now on this version is the one, and the parts of older ones go. */
export async function settleVersion(tx: Tx, state: Settled, now: Date): Promise<void> {
  const { name, url, etag, modified, version, entries, size } = state;
  await tx`
    insert into external_data (name, url, etag, modified, version, entries, size, changed_at, checked_at)
    values (${name}, ${url}, ${etag}, ${modified}, ${version}, ${entries}, ${size}, ${now}, ${now})
    on conflict (name) do update set url = excluded.url, etag = excluded.etag, modified = excluded.modified,
      version = excluded.version, entries = excluded.entries, size = excluded.size,
      changed_at = excluded.changed_at, checked_at = excluded.checked_at, failure = null,
      smaller_since = null, smaller_hash = null, smaller_times = 0`;
  await tx`delete from external_data_parts where name = ${name} and version < ${version}`;
}

/** It is still what is there. */
export async function noteUnchanged(tx: Tx, name: string, now: Date): Promise<void> {
  await tx`
    update external_data set checked_at = ${now}, failure = null,
      smaller_since = null, smaller_hash = null, smaller_times = 0
    where name = ${name}`;
}

/** Something far smaller has come: how often it was just this in a row, and since when smaller things have come. */
export interface Smaller {
  readonly times: number;
  readonly since: Date;
}

export async function noteSmaller(db: Sql, name: string, hash: string, now: Date): Promise<Smaller> {
  const [noted] = await db<Smaller[]>`
    update external_data set
      smaller_since = coalesce(smaller_since, ${now}), smaller_hash = ${hash},
      smaller_times = case when smaller_hash = ${hash} then smaller_times + 1 else 1 end
    where name = ${name}
    returning smaller_times as times, smaller_since as since`;
  return noted ?? { times: 1, since: now };
}

/** It could not be had; what is there stays. */
export async function noteFailure(
  tx: Tx,
  { name, url }: { name: string; url: string },
  failure: string,
): Promise<void> {
  await tx`
    insert into external_data (name, url, failure) values (${name}, ${url}, ${failure})
    on conflict (name) do update set failure = excluded.failure`;
}

/** Takes away what nobody asks for any more; says how much that was. */
export async function forgetOthers(tx: Tx, names: readonly string[]): Promise<number> {
  const kept = tx.array([...names]);
  await tx`delete from external_data_parts where not name = any(${kept}::text[])`;
  const forgotten = await tx`delete from external_data where not name = any(${kept}::text[])`;
  return forgotten.count;
}

/** The bytes of a version, part by part. */
export async function* partsOf(
  db: Db,
  { name, version }: Pick<ExternalState, 'name' | 'version'>,
): AsyncGenerator<Buffer, void, undefined> {
  const parts = stream<{ part: number; bytes: Buffer }>(
    db,
    (after) => db`
      select part, bytes from external_data_parts
      where name = ${name} and version = ${version} and part > ${after ?? -1} order by part`,
    { key: 'part', batch: 4 },
  );
  for await (const { bytes } of parts) yield bytes;
}
