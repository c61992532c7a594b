import type { ISql, Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** Something outside that channels follow. */
export interface Source {
  readonly id: string;
  readonly kind: string;
  readonly address: string;
  readonly title: string;
  readonly home: string | null;
  readonly etag: string | null;
  readonly modified: string | null;
  readonly contentHash: string | null;
  readonly checkAt: Date;
  readonly everySeconds: number;
  readonly checkedAt: Date | null;
  readonly readAt: Date | null;
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly failure: string | null;
}

/** What a source was when it was read. */
export type SourceState = Pick<Source, 'title' | 'home' | 'etag' | 'modified' | 'contentHash'>;

function columns(db: ISql) {
  return db`
    sources.id::text as id, kind, address, title, home, etag, modified, content_hash as "contentHash",
    check_at as "checkAt", every_s as "everySeconds", checked_at as "checkedAt", read_at as "readAt", failures,
    failing_since as "failingSince", failure`;
}

/** The source of that address, made where there is none, and held until the transaction ends. */
export async function lockSource(
  tx: Tx,
  { kind, address, title, now }: Pick<Source, 'kind' | 'address' | 'title'> & { readonly now: Date },
): Promise<Source> {
  const [source] = await tx<Source[]>`
    insert into sources (kind, address, title, check_at, every_s) values (${kind}, ${address}, ${title}, ${now}, 0)
    on conflict (kind, address) do update set kind = excluded.kind
    returning ${columns(tx)}`;
  if (!source) throw new Error('a source was not stored');
  return source;
}

/** The same by its id; undefined when nobody follows it any more. */
export async function lockSourceById(tx: Tx, id: string): Promise<Source | undefined> {
  const [source] = await tx<Source[]>`select ${columns(tx)} from sources where id = ${id} for update`;
  return source;
}

/** What is to be asked by now and is followed by a channel that is not paused, the longest due first. */
export async function dueSources(db: Sql, now: Date, limit: number): Promise<readonly Source[]> {
  return db<Source[]>`
    select ${columns(db)} from sources
    where check_at <= ${now} and exists (select 1 from follows where source_id = sources.id and paused_at is null)
    order by check_at, sources.id limit ${limit}`;
}

/** How many sources of a kind are asked again and again. */
export async function countSources(db: Sql, kind: string): Promise<number> {
  const [row] = await db<{ count: number }[]>`
    select count(*)::int as count from sources
    where kind = ${kind} and exists (select 1 from follows where source_id = sources.id and paused_at is null)`;
  return row?.count ?? 0;
}

/** Which source is to be asked again, and when. */
export interface NextCheck {
  readonly id: string;
  readonly now: Date;
  readonly everySeconds: number;
  readonly checkAt: Date;
}

/** Notes what a source was like; one that is as it was keeps what was noted (`state` undefined). */
export async function noteChecked(
  tx: Tx,
  { id, now, everySeconds, checkAt }: NextCheck,
  state: SourceState | undefined,
): Promise<void> {
  const known = { failures: 0, failing_since: null, failure: null, checked_at: now };
  const read = state && {
    title: state.title,
    home: state.home,
    etag: state.etag,
    modified: state.modified,
    content_hash: state.contentHash,
    read_at: now,
  };
  await tx`
    update sources set ${tx({ ...known, ...read, every_s: everySeconds, check_at: checkAt })} where id = ${id}`;
}

/** Notes that a source could not be read. */
export async function noteFailure(
  tx: Tx,
  { id, now, everySeconds, checkAt }: NextCheck,
  failure: string,
): Promise<void> {
  await tx`
    update sources set
      failures = failures + 1, failing_since = coalesce(failing_since, ${now}), failure = ${failure},
      every_s = ${everySeconds}, check_at = ${checkAt}
    where id = ${id}`;
}

/** Puts off a source that nobody could ask, through no fault of its own. */
export async function postponeSource(db: Sql, id: string, checkAt: Date): Promise<void> {
  await db`update sources set check_at = ${checkAt} where id = ${id}`;
}

/** Notes that a source has moved, unless there is one at its new address. */
export async function moveSource(tx: Tx, { id, kind }: Pick<Source, 'id' | 'kind'>, address: string): Promise<void> {
  await tx`
    update sources set address = ${address}
    where id = ${id} and not exists (select 1 from sources where kind = ${kind} and address = ${address})`;
}

/** Deletes a source that no channel follows, with all that is known of it. */
export async function dropUnfollowed(tx: Tx, id: string): Promise<void> {
  await tx`delete from sources where id = ${id} and not exists (select 1 from follows where source_id = ${id})`;
}
