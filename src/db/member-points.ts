import type { ISql } from 'postgres';

/** Points that a member has earned, to be added to those they have. Times are in milliseconds since 1970. */
export interface Earned {
  readonly guild: string;
  readonly member: string;
  readonly points: number;
  /** When the first of them were earned. */
  readonly from: number;
  /** From when on they can earn more; nothing where no time has to pass. */
  readonly next: number | undefined;
}

/** How many points a member has after some were added. */
export interface Standing {
  readonly guild: string;
  readonly member: string;
  readonly points: number;
}

/** More than anybody ever earns, and a number that can be counted on with. */
const MOST_POINTS = 1_000_000_000_000;

/**
 * Adds many in one statement; rows must differ in guild or member. Whoever could not earn any at that time yet, by what another process has
 * stored, gets none and is not among those that are given back. Whoever writes the same rows at the same time takes them in the same order.
 */
export async function addEarned(db: ISql, rows: readonly Earned[]): Promise<readonly Standing[]> {
  const sorted = [...rows].sort((a, b) => orderOf(a.guild, b.guild) || orderOf(a.member, b.member));
  const values = sorted.map(({ guild, member, points, from, next }) => ({
    guild_id: guild,
    member_id: member,
    points: Math.min(points, MOST_POINTS),
    earned_at: new Date(from),
    next_at: next === undefined ? null : new Date(next),
  }));
  return db<Standing[]>`
    insert into member_points ${db(values)}
    on conflict (guild_id, member_id) do update set
      points = least(member_points.points + excluded.points, ${MOST_POINTS}),
      earned_at = excluded.earned_at,
      next_at = excluded.next_at
    where member_points.next_at is null or member_points.next_at <= excluded.earned_at
    returning guild_id::text as guild, member_id::text as member, points::float8 as points`;
}

/** How many points a member has. */
export async function pointsOf(db: ISql, guild: string, member: string): Promise<number> {
  const [row] = await db<{ points: number }[]>`
    select points::float8 as points from member_points where guild_id = ${guild} and member_id = ${member}`;
  return row?.points ?? 0;
}

/** Adds to a member's points or takes from them, never below none, or sets them; says how many they had and have. */
export async function changePoints(
  tx: ISql,
  { guild, member }: Pick<Standing, 'guild' | 'member'>,
  change: { readonly by: number } | { readonly to: number },
): Promise<{ readonly before: number; readonly after: number }> {
  await tx`
    insert into member_points (guild_id, member_id, points) values (${guild}, ${member}, 0) on conflict do nothing`;
  const [held] = await tx<{ points: number }[]>`
    select points::float8 as points from member_points
    where guild_id = ${guild} and member_id = ${member} for update`;
  const before = held?.points ?? 0;
  const after = Math.min(MOST_POINTS, Math.max(0, 'by' in change ? before + change.by : change.to));
  await tx`update member_points set points = ${after} where guild_id = ${guild} and member_id = ${member}`;
  return { before, after };
}

/** Where a member stands among all who have points in a server. */
export interface Place {
  readonly points: number;
  /** From 1; of those who have the same points whoever has been on Discord for longest is first. */
  readonly place: number;
  /** How many have points. */
  readonly people: number;
}

/** Nothing for whoever has no points. */
export async function placeOfMember(db: ISql, guild: string, member: string): Promise<Place | undefined> {
  const [row] = await db<Place[]>`
    select mine.points::float8 as points,
      (select count(*)::int + 1 from member_points other where other.guild_id = mine.guild_id
        and (other.points > mine.points or (other.points = mine.points and other.member_id < mine.member_id))) as place,
      (select count(*)::int from member_points other where other.guild_id = mine.guild_id and other.points > 0) as people
    from member_points mine where guild_id = ${guild} and member_id = ${member} and points > 0`;
  return row;
}

/** Those with most points, from the one after so many on, and how many have any. */
export async function topMembers(
  db: ISql,
  guild: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<{ readonly top: readonly Pick<Standing, 'member' | 'points'>[]; readonly people: number }> {
  const [counted, top] = await Promise.all([
    db<{ people: number }[]>`
      select count(*)::int as people from member_points where guild_id = ${guild} and points > 0`,
    db<Pick<Standing, 'member' | 'points'>[]>`
      select member_id::text as member, points::float8 as points from member_points
      where guild_id = ${guild} and points > 0
      order by points desc, member_id offset ${after} limit ${limit}`,
  ]);
  return { top, people: counted[0]?.people ?? 0 };
}

function orderOf(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
