import type { ISql } from 'postgres';
import type { Db, Tx } from './connect.ts';
import { stream } from './stream.ts';

export type ListKind = 'words' | 'domains';

/** What a list holds at a time. */
export interface ListVersion {
  readonly version: string;
  readonly kind: ListKind;
  readonly entries: number;
  /** UTF-16 units of what is compared. */
  readonly letters: number;
  /** Bytes of its text. */
  readonly size: number;
}

/** A list as it stands. */
export interface StoredList extends ListVersion {
  readonly name: string;
}

/** One change of one list; entries are as many as there were before and after, nothing where there was no list or nobody knows any more. */
export interface ListChange {
  readonly id: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly entriesBefore: number | null;
  readonly entriesAfter: number | null;
  /** Whether what was there before can be put back. */
  readonly undoable: boolean;
  readonly by: string | null;
  readonly at: Date;
  readonly undoes: string | null;
}

/** Small enough that writing one down, or reading it, holds nobody up. Bytes. */
const PART = 49_152;
/** Changes of a list that can be taken back. */
const KEPT = 10;

/** A server's lists by name. */
export async function listsOf(db: ISql, guild: string): Promise<readonly StoredList[]> {
  return db<StoredList[]>`
    select name, version::text as version, kind, entries, letters, size
    from automod_lists join automod_list_versions using (version)
    where automod_lists.guild_id = ${guild} order by name`;
}

/** A version of a server's, while it is kept. */
export async function listVersion(db: ISql, guild: string, version: string): Promise<ListVersion | undefined> {
  const [row] = await db<ListVersion[]>`
    select version::text as version, kind, entries, letters, size from automod_list_versions
    where guild_id = ${guild} and version = ${version}`;
  return row;
}

/** Writes a version down, and says which it is. */
export async function storeVersion(
  tx: Tx,
  guild: string,
  { kind, entries, letters }: Omit<ListVersion, 'version' | 'size'>,
  bytes: SharedArrayBuffer,
): Promise<string> {
  const size = bytes.byteLength;
  const [row] = await tx<{ version: string }[]>`
    insert into automod_list_versions (guild_id, kind, entries, letters, size)
    values (${guild}, ${kind}, ${entries}, ${letters}, ${size}) returning version::text as version`;
  const version = row?.version ?? '0';
  for (let at = 0; at < size; at += PART) {
    const part = Buffer.from(new Uint8Array(bytes, at, Math.min(PART, size - at))); // a copy: nobody else sees it change
    await tx`insert into automod_list_parts (version, part, bytes) values (${version}, ${at / PART}, ${part})`;
  }
  return version;
}

/** The text of a version, where threads can see it; nothing when it is not whole, since somebody has changed the list meanwhile. */
export async function versionText(
  db: Db,
  { version, size }: Pick<ListVersion, 'version' | 'size'>,
  signal?: AbortSignal,
): Promise<SharedArrayBuffer | undefined> {
  const bytes = new Uint8Array(new SharedArrayBuffer(size));
  const parts = stream<{ part: number; bytes: Buffer }>(
    db,
    (after) => db`
      select part, bytes from automod_list_parts where version = ${version} and part > ${after ?? -1} order by part`,
    { key: 'part', batch: 4, signal },
  );
  let at = 0;
  for await (const { bytes: part } of parts) {
    if (at + part.length <= size) bytes.set(part, at);
    at += part.length;
  }
  return at === size ? bytes.buffer : undefined;
}

interface Changing {
  readonly guild: string;
  readonly name: string;
  readonly before: string | null;
  /** Nothing: the list is taken away. */
  readonly after: string | null;
  readonly by: string | null;
  readonly undoes?: string | null;
}

/** Has a list hold another version from now on, notes that, and forgets what can no longer be put back. Says which change it is. */
export async function changeList(tx: Tx, { guild, name, before, after, by, undoes = null }: Changing): Promise<string> {
  if (after === null) await tx`delete from automod_lists where guild_id = ${guild} and name = ${name}`;
  else
    await tx`
      insert into automod_lists (guild_id, name, version) values (${guild}, ${name}, ${after})
      on conflict (guild_id, name) do update set version = excluded.version`;
  const [change] = await tx<{ id: string }[]>`
    insert into automod_list_changes (guild_id, name, before, after, changed_by, undoes)
    values (${guild}, ${name}, ${before}, ${after}, ${by}, ${undoes}) returning id::text as id`;
  await tx`
    with changes as (
      select before, after, row_number() over (order by id desc) > ${KEPT} as old
      from automod_list_changes where guild_id = ${guild} and name = ${name}
    ), named as (
      select before as version, old from changes union all select after, old from changes
    ), gone as (
      select version from named where version is not null group by version having bool_and(old)
    )
    delete from automod_list_versions where version in (select version from gone)
      and version not in (select version from automod_lists where guild_id = ${guild})`;
  return change?.id ?? '0';
}

/** The last changes of a server's lists, newest first; of one list, or one change, where that is named. */
export async function listChanges(
  db: ISql,
  guild: string,
  {
    name = null,
    id = null,
    limit,
  }: { readonly name?: string | null; readonly id?: string | null; readonly limit: number },
): Promise<readonly ListChange[]> {
  return db<ListChange[]>`
    select id::text as id, name, before::text as before, after::text as after,
      old.entries as "entriesBefore", new.entries as "entriesAfter",
      before is null or old.version is not null as undoable,
      changed_by::text as by, changed_at as at, undoes::text as undoes
    from automod_list_changes
      left join automod_list_versions old on old.version = before
      left join automod_list_versions new on new.version = after
    where automod_list_changes.guild_id = ${guild}
      and (${name}::text is null or name = ${name}::text) and (${id}::bigint is null or id = ${id}::bigint)
    order by automod_list_changes.id desc limit ${limit}`;
}

/** The names of the rules that name a list. */
export async function rulesNaming(db: ISql, guild: string, name: string): Promise<readonly string[]> {
  const rows = await db<{ rule: string }[]>`
    select rule ->> 'name' as rule from automod_rules
    where guild_id = ${guild} and strpos(rule::text, ${naming(name)}) > 0 order by place`;
  return rows.map(({ rule }) => rule);
}

/** What stands in the JSON of a rule that names a list. Nothing else reads so: in a text its quotes would be escaped. */
export function naming(name: string): string {
  return `"list":${JSON.stringify(name)}`;
}
