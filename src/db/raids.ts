import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';
import type { Guard } from './raid-guards.ts';

/** How many of a raid share a name, a picture, or the time when the account was made. */
export interface Alike {
  readonly names: number;
  readonly avatars: number;
  readonly ages: number;
}

export interface NewRaid {
  readonly id: string;
  readonly guild: string;
}

export interface Raid extends NewRaid {
  readonly alike: Alike;
  /** When the first and the last of them joined. */
  readonly beganAt: Date;
  readonly lastAt: Date;
  readonly count: number;
  /** The channel and the message that tell of it; null while there is none. */
  readonly place: string | null;
  readonly posted: string | null;
  /** What keeps more of them out; null where nothing was tried. */
  readonly guard: Guard | null;
}

/** Somebody as they were when they joined. */
export interface Raider {
  readonly id: string;
  readonly name: string;
  readonly shown: string;
  readonly avatar: string;
  readonly joinedAt: Date;
}

function columns(db: ISql) {
  return db`
    id::text as id, guild_id::text as guild, alike, began_at as "beganAt", last_at as "lastAt", place_id::text as place,
    posted_id::text as posted, guard, (select count(*)::int from raid_members where raid_id = raids.id) as count`;
}

/** Keeps that these belong to a raid, which is new or goes on. Whoever is known to belong to it stays as they were. */
export async function growRaid(
  tx: Tx,
  { id, guild }: NewRaid,
  alike: Alike,
  members: readonly Raider[],
): Promise<void> {
  const times = members.map(({ joinedAt }) => joinedAt.getTime());
  const [began, last] = [new Date(Math.min(...times)), new Date(Math.max(...times))];
  await tx`
    insert into raids (id, guild_id, alike, began_at, last_at) values (${id}, ${guild}, ${tx.json({ ...alike })}, ${began}, ${last})
    on conflict (id) do update set
      alike = excluded.alike, began_at = least(raids.began_at, excluded.began_at),
      last_at = greatest(raids.last_at, excluded.last_at)`;
  await tx`
    insert into raid_members (raid_id, user_id, name, shown, avatar, joined_at)
    select ${id}, * from unnest(
      ${members.map((one) => one.id)}::bigint[], ${members.map(({ name }) => name)}::text[],
      ${members.map(({ shown }) => shown)}::text[], ${members.map(({ avatar }) => avatar)}::text[],
      ${members.map(({ joinedAt }) => joinedAt.toISOString())}::timestamptz[]
    )
    on conflict do nothing`;
}

export async function findRaid(db: ISql, id: string): Promise<Raid | undefined> {
  const [raid] = await db<Raid[]>`select ${columns(db)} from raids where id = ${id}`;
  return raid;
}

/** Raids of a server in which somebody has joined since then, the latest first. */
export function raidsSince(db: ISql, guild: string, since: Date): Promise<readonly Raid[]> {
  return db<Raid[]>`
    select ${columns(db)} from raids where guild_id = ${guild} and last_at >= ${since} order by last_at desc limit 20`;
}

/** Those of a raid, in the order in which they joined. */
export function raidersOf(db: ISql, raid: string, limit: number): Promise<readonly Raider[]> {
  return db<Raider[]>`
    select user_id::text as id, name, shown, avatar, joined_at as "joinedAt" from raid_members
    where raid_id = ${raid} order by joined_at, user_id limit ${limit}`;
}

/** Keeps where a raid is told of. */
export async function placeRaid(db: ISql, id: string, place: string, posted: string): Promise<void> {
  await db`update raids set place_id = ${place}, posted_id = ${posted} where id = ${id}`;
}
