import type { ISql, Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** A channel that follows a source, and what of that is to be shown. */
export interface Follow {
  readonly id: string;
  readonly source: string;
  readonly guild: string;
  readonly channel: string;
  readonly role: string | null;
  /** What of the source; null: everything. */
  readonly sorts: readonly string[] | null;
  /** Who wanted it. */
  readonly owner: string;
  readonly createdAt: Date;
  readonly pausedAt: Date | null;
  readonly paused: string | null;
}

/** The same with what it follows. */
export interface ShownFollow extends Follow {
  readonly kind: string;
  readonly title: string;
  readonly address: string;
  readonly checkAt: Date;
  readonly checkedAt: Date | null;
  readonly failure: string | null;
}

function columns(db: ISql) {
  return db`
    follows.id::text as id, source_id::text as source, guild_id::text as guild, channel_id::text as channel,
    role_id::text as role, sorts, owner_id::text as owner, created_at as "createdAt", paused_at as "pausedAt", paused`;
}

function shown(db: ISql) {
  return db`
    select ${columns(db)}, kind, title, address, check_at as "checkAt", checked_at as "checkedAt", failure
    from follows join sources on sources.id = source_id`;
}

/** Holds back whoever else adds one for this server, until the transaction ends; says how many there are. */
export async function countFollows(tx: Tx, guild: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`follows ${guild}`}, 0))`;
  const [row] = await tx<{ count: number }[]>`select count(*)::int as count from follows where guild_id = ${guild}`;
  return row?.count ?? 0;
}

type NewFollow = Pick<Follow, 'source' | 'guild' | 'channel' | 'role' | 'sorts' | 'owner'> & { readonly now: Date };

/** Stores a follow, or changes the one that is there and lets it go on. */
export async function putFollow(
  tx: Tx,
  { source, guild, channel, role, sorts, owner, now }: NewFollow,
): Promise<string> {
  const [row] = await tx<{ id: string }[]>`
    insert into follows (source_id, guild_id, channel_id, role_id, sorts, owner_id, created_at)
    values (${source}, ${guild}, ${channel}, ${role}, ${sorts === null ? null : [...sorts]}::text[], ${owner}, ${now})
    on conflict (source_id, channel_id) do update set
      role_id = excluded.role_id, sorts = excluded.sorts, owner_id = excluded.owner_id, paused_at = null, paused = null
    returning id::text as id`;
  if (!row) throw new Error('a follow was not stored');
  return row.id;
}

/** Whether the channel follows the source already. */
export async function isFollowed(tx: Tx, source: string, channel: string): Promise<boolean> {
  const rows = await tx`select 1 from follows where source_id = ${source} and channel_id = ${channel}`;
  return rows.length > 0;
}

/** What a server follows, in the order in which it was added. */
export async function followsOf(db: Sql, guild: string, kind: string): Promise<readonly ShownFollow[]> {
  return db<ShownFollow[]>`${shown(db)} where guild_id = ${guild} and kind = ${kind} order by follows.id`;
}

export async function findFollow(db: Sql, id: string): Promise<ShownFollow | undefined> {
  const [follow] = await db<ShownFollow[]>`${shown(db)} where follows.id = ${id}`;
  return follow;
}

/** Who is to be shown what is new in a source. */
export async function activeFollows(tx: Tx, source: string): Promise<readonly Follow[]> {
  return tx<Follow[]>`
    select ${columns(tx)} from follows where source_id = ${source} and paused_at is null order by follows.id`;
}

/** Pauses a follow, or all of a source, and says which were not paused before. */
export async function pauseFollows(
  tx: Tx,
  which: { readonly id: string } | { readonly source: string },
  { now, why }: { readonly now: Date; readonly why: string },
): Promise<readonly Follow[]> {
  const fits = 'id' in which ? tx`id = ${which.id}` : tx`source_id = ${which.source}`;
  return tx<Follow[]>`
    update follows set paused_at = ${now}, paused = ${why} where ${fits} and paused_at is null
    returning ${columns(tx)}`;
}

/** Whether the server had such a follow. */
export async function deleteFollow(tx: Tx, id: string, guild: string): Promise<boolean> {
  const deleted = await tx`delete from follows where id = ${id} and guild_id = ${guild}`;
  return deleted.count > 0;
}
