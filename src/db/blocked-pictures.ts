import type { Sql } from 'postgres';
import type { Db, Tx } from './connect.ts';
import { stream } from './stream.ts';

export interface BlockedPicture {
  readonly id: string;
  readonly guild: string;
  /** 16 hexadecimal digits. */
  readonly hash: string;
}

interface Blocking {
  readonly guild: string;
  readonly hashes: readonly string[];
  readonly sha256: string;
  readonly name: string;
  readonly by: string;
}

/** How many pictures others than this one a server has blocked. No other change gets between that and the end of the transaction. */
export async function countOthersBlocked(tx: Tx, guild: string, sha256: string): Promise<number> {
  await tx`select from blocked_pictures_revision for update`;
  const [row] = await tx<{ pictures: number }[]>`
    select count(distinct sha256)::int as pictures from blocked_pictures
    where guild_id = ${guild} and sha256 <> ${sha256}`;
  return row?.pictures ?? 0;
}

/** Blocks a picture by all its hashes; says how many of them were new. */
export async function blockPicture(tx: Tx, { guild, hashes, sha256, name, by }: Blocking): Promise<number> {
  const rows = hashes.map((hash) => ({ guild_id: guild, hash, sha256, name, blocked_by: by }));
  const added = await tx`insert into blocked_pictures ${tx(rows)} on conflict (guild_id, hash) do nothing`;
  return added.count;
}

/** Takes a picture off a server's list, by any of its hashes; says how many were on it. */
export async function unblockPicture(tx: Tx, guild: string, ids: readonly string[]): Promise<number> {
  const files = tx`select sha256 from blocked_pictures where guild_id = ${guild} and id = any(${tx.array([...ids])}::bigint[])`;
  const removed = await tx`delete from blocked_pictures where guild_id = ${guild} and sha256 in (${files})`;
  return removed.count;
}

/** Counts a change of the lists, and says which it is. */
export async function raiseRevision(tx: Tx): Promise<number> {
  const [row] = await tx<{ revision: number }[]>`
    update blocked_pictures_revision set revision = revision + 1 returning revision::float8 as revision`;
  return row?.revision ?? 0;
}

export async function revisionOf(db: Sql): Promise<number> {
  const [row] = await db<{ revision: number }[]>`select revision::float8 as revision from blocked_pictures_revision`;
  return row?.revision ?? 0;
}

/** Every blocked picture of every server, in order of id. */
export async function* blockedPictures(db: Db, signal?: AbortSignal): AsyncGenerator<BlockedPicture, void, undefined> {
  yield* stream<BlockedPicture>(
    db,
    (after) => db`
      select id::text as id, guild_id::text as guild, hash from blocked_pictures
      where id > ${after ?? '0'}::bigint order by blocked_pictures.id`,
    { key: 'id', batch: 2_000, ...(signal && { signal }) },
  );
}

export interface ListedPicture {
  readonly id: string;
  readonly name: string;
  readonly by: string;
  readonly at: Date;
}

/** A server's blocked pictures, each once, the latest first. */
export async function listBlocked(
  db: Sql,
  guild: string,
  limit: number,
  from: number,
): Promise<readonly ListedPicture[]> {
  return db<ListedPicture[]>`
    select min(id)::text as id, min(name) as name, min(blocked_by)::text as by, min(blocked_at) as at
    from blocked_pictures where guild_id = ${guild} group by sha256
    order by min(blocked_at) desc, min(id) desc limit ${limit} offset ${from}`;
}
