import type { JSONValue, Sql } from 'postgres';

export interface StoredInspection {
  readonly report: unknown;
  readonly deaths: number;
}

/** A file's content, and what else an answer about it depends on. */
export interface InspectionKey {
  readonly sha256: string;
  readonly variant: string;
  readonly version: number;
}

/** What is known of a file: its report, if an opener of this version made one, and how many threads its content cost. */
export async function readInspection(
  db: Sql,
  { sha256, variant, version }: InspectionKey,
  now: Date,
): Promise<StoredInspection> {
  const [row] = await db<StoredInspection[]>`
    select
      (select report from inspections
        where sha256 = ${sha256} and variant = ${variant} and version = ${version} and expires_at > ${now}) as report,
      (select coalesce(sum(deaths), 0)::int from inspections where sha256 = ${sha256} and expires_at > ${now}) as deaths`;
  return row ?? { report: null, deaths: 0 };
}

/** How many threads this content has cost, whatever was done with it. */
export async function deathsOf(db: Sql, sha256: string, now: Date): Promise<number> {
  const [row] = await db<{ deaths: number }[]>`
    select coalesce(sum(deaths), 0)::int as deaths from inspections where sha256 = ${sha256} and expires_at > ${now}`;
  return row?.deaths ?? 0;
}

/** Keeps a report. Where deaths are counted that would be forgotten sooner by it, they are kept instead. */
export async function keepInspection(
  db: Sql,
  { sha256, variant, version }: InspectionKey,
  report: JSONValue,
  expiresAt: Date,
): Promise<void> {
  await db`
    insert into inspections (sha256, variant, version, report, expires_at)
    values (${sha256}, ${variant}, ${version}, ${db.json(report)}, ${expiresAt})
    on conflict (sha256, variant) do update
      set version = excluded.version, report = excluded.report, expires_at = excluded.expires_at
      where inspections.deaths = 0 or inspections.expires_at <= excluded.expires_at`;
}

/** Notes that a thread did not survive opening this content. */
export async function countDeath(db: Sql, { sha256, variant, version }: InspectionKey, expiresAt: Date): Promise<void> {
  await db`
    insert into inspections (sha256, variant, version, deaths, expires_at)
    values (${sha256}, ${variant}, ${version}, 1, ${expiresAt})
    on conflict (sha256, variant) do update set deaths = inspections.deaths + 1, expires_at = excluded.expires_at`;
}

/**
 * When the newest inspection expires of those that are beyond the `rows`, or the `bytes` as they are stored, that are
 * kept, if there are so many.
 */
export async function inspectionsBeyond(
  db: Sql,
  most: { readonly rows: number; readonly bytes: number },
): Promise<Date | undefined> {
  const [row] = await db<{ at: Date }[]>`
    select expires_at as at
    from (
      select expires_at, row_number() over latest as rows, sum(pg_column_size(report)) over latest as bytes
      from inspections
      window latest as (order by expires_at desc, sha256, variant rows unbounded preceding)
    ) as counted
    where rows > ${most.rows} or bytes > ${most.bytes}
    order by expires_at desc limit 1`;
  return row?.at;
}

export interface InspectedFile {
  readonly sha256: string;
  readonly name: string;
  readonly url: string;
  readonly askedBy: string;
}

/** Remembers a file for its buttons; the id goes into their custom ids. */
export async function rememberFile(
  db: Sql,
  { sha256, name, url, askedBy }: InspectedFile,
  expiresAt: Date,
): Promise<string> {
  const [row] = await db<{ id: string }[]>`
    insert into inspected_files (sha256, name, url, asked_by, expires_at)
    values (${sha256}, ${name}, ${url}, ${askedBy}, ${expiresAt}) returning id`;
  return row?.id ?? '0';
}

export async function inspectedFile(db: Sql, id: string, now: Date): Promise<InspectedFile | undefined> {
  const [row] = await db<InspectedFile[]>`
    select sha256, name, url, asked_by as "askedBy" from inspected_files where id = ${id} and expires_at > ${now}`;
  return row;
}
