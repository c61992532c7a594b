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

function orderOf(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
