import type { ISql, Sql } from 'postgres';

/** What was last seen of somebody coming and going in a server. */
export interface Stay {
  readonly guild: string;
  readonly member: string;
  /** When they came; nothing where they were only seen to go. Milliseconds since 1970. */
  readonly joined: number | undefined;
  /** When they last came or went. */
  readonly at: number;
  readonly here: boolean;
}

/** Notes who came and went; the same once more changes nothing. People must differ, and are taken in the same order whoever writes. */
export async function noteStays(db: ISql, stays: readonly Stay[]): Promise<void> {
  const keyed = stays.map((one) => [`${one.guild} ${one.member}`, one] as const);
  const sorted = keyed.sort(([a], [b]) => (a < b ? -1 : Number(a > b))).map(([, one]) => one);
  const came = sorted.filter(({ joined }) => joined !== undefined);
  const went = sorted.filter(({ joined, here }) => joined === undefined && !here);
  if (came.length > 0) {
    const joined = came.map(({ joined }) => timeOf(joined ?? 0));
    const left = came.map(({ here, at }) => (here ? null : timeOf(at)));
    await db`
      insert into member_joins (guild_id, member_id, joined_at, left_at)
      select * from unnest(
        ${came.map(({ guild }) => guild)}::bigint[], ${came.map(({ member }) => member)}::bigint[],
        ${joined}::timestamptz[], ${left}::timestamptz[]
      )
      on conflict (guild_id, member_id) do update set left_at = excluded.left_at`;
  }
  if (went.length === 0) return;
  await db`
    update member_joins set left_at = gone.at
    from unnest(
      ${went.map(({ guild }) => guild)}::bigint[], ${went.map(({ member }) => member)}::bigint[],
      ${went.map(({ at }) => timeOf(at))}::timestamptz[]
    ) as gone (guild, member, at)
    where guild_id = guild and member_id = member`;
}

/** Of those who joined in a week. */
export interface JoinWeek {
  /** Its Monday, `2026-11-23`, in UTC. */
  readonly week: string;
  readonly people: number;
  /** Who has not left. */
  readonly here: number;
  /** How many wrote something so many weeks later; none where that is not said. */
  readonly wrote: Readonly<Record<string, number>>;
}

/** The weeks since a Monday in which anybody joined, in order, and what became of them. */
export function joinWeeks(db: Sql, guild: string, from: string): Promise<readonly JoinWeek[]> {
  return db<JoinWeek[]>`
    with joined as materialized (
      select member_id, date_trunc('week', joined_at at time zone 'UTC')::date as week, left_at is null as here
      from member_joins where guild_id = ${guild} and joined_at >= ${from}::timestamp at time zone 'UTC'
    ),
    written as (
      select week, later, count(*)::int as people
      from (
        select distinct joined.member_id, week, (date_trunc('week', day::timestamp)::date - week) / 7 as later
        from joined join activity on guild_id = ${guild} and activity.member_id = joined.member_id and day >= week + 7
      ) once
      group by week, later
    )
    select to_char(week, 'YYYY-MM-DD') as week, count(*)::int as people, (count(*) filter (where here))::int as here,
      coalesce((select jsonb_object_agg(later, people) from written where written.week = joined.week), '{}') as wrote
    from joined group by joined.week order by joined.week`;
}

/** Dates within arrays go as texts. */
function timeOf(ms: number): string {
  return new Date(ms).toISOString();
}
