import type { ISql, Sql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';

/** Which cases of a server are looked for. */
export interface CaseFilter {
  readonly guild: string;
  readonly type?: string | undefined;
  readonly target?: string | undefined;
  readonly actor?: string | undefined;
  /** Made from then on, and before then. */
  readonly from?: Date | undefined;
  readonly before?: Date | undefined;
  /** Words of the reason; a phrase in quotes, `or`, and `-` before what it is not to have. */
  readonly text?: string | undefined;
  /** Only what has an effect that lasts: of these types, at this moment. */
  readonly lasting?: { readonly types: readonly string[]; readonly at: Date } | undefined;
  /** Whether those are among them that were hidden. */
  readonly hidden?: boolean | undefined;
}

/** From which number on a page goes, towards older or newer ones; the newest page without. */
export interface PageFrom {
  readonly to: 'older' | 'newer';
  readonly number: number;
}

/** Cases beyond a number, those with the highest numbers first; at most `limit`, which are the nearest to it. */
export async function listCases(
  db: Sql,
  filter: CaseFilter,
  { from, limit }: { readonly from: PageFrom | undefined; readonly limit: number },
): Promise<readonly Case[]> {
  const newer = from?.to === 'newer';
  const beyond = from ? (newer ? db`and number > ${from.number}` : db`and number < ${from.number}`) : db``;
  const rows = await db<Case[]>`
    select ${caseColumns(db)} from cases where ${caseFits(db, filter)} ${beyond}
    order by number ${newer ? db`asc` : db`desc`} limit ${limit}`;
  return newer ? rows.toReversed() : rows;
}

/** What a case must be, as the condition of a query of them. */
export function caseFits(db: ISql, filter: CaseFilter) {
  const { guild, type, target, actor, from, before, text, lasting, hidden } = filter;
  return db`guild_id = ${guild}
    ${hidden ? db`` : db`and not hidden`}
    ${type === undefined ? db`` : db`and type = ${type}`}
    ${target === undefined ? db`` : db`and target_id = ${target}`}
    ${actor === undefined ? db`` : db`and actor_id = ${actor}`}
    ${from === undefined ? db`` : db`and created_at >= ${from}`}
    ${before === undefined ? db`` : db`and created_at < ${before}`}
    ${
      text === undefined
        ? db``
        : db`and to_tsvector('simple', coalesce(reason, '')) @@ websearch_to_tsquery('simple', ${text})`
    }
    ${
      lasting === undefined
        ? db``
        : db`and state = 'done' and ended_at is null and type = any(${[...lasting.types]}::text[])
             and (until is null or until > ${lasting.at})`
    }`;
}

/** How many cases there are like this. */
export async function countAll(db: Sql, filter: CaseFilter): Promise<number> {
  const [row] = await db<{ count: number }[]>`select count(*)::int as count from cases where ${caseFits(db, filter)}`;
  return row?.count ?? 0;
}

export interface CaseCount {
  readonly type: string;
  readonly count: number;
}

/** How many cases of each type were carried out, the most frequent first; hidden ones are not counted. */
export function countCases(db: Sql, filter: CaseFilter): Promise<readonly CaseCount[]> {
  return db<CaseCount[]>`
    select type, count(*)::int as count from cases
    where ${caseFits(db, filter)} and state = 'done' group by type order by count(*) desc, type`;
}

export interface ActorCount {
  readonly actor: string;
  readonly total: number;
  readonly types: Readonly<Record<string, number>>;
  /** How many people there are of whom this can be said. */
  readonly people: number;
}

/** How much each of those did who did most, by type; what is void does not count. */
export function countByActor(db: Sql, filter: CaseFilter, limit: number): Promise<readonly ActorCount[]> {
  return db<ActorCount[]>`
    select actor_id::text as actor, sum(count)::int as total, jsonb_object_agg(type, count) as types,
      (count(*) over ())::int as people
    from (
      select actor_id, type, count(*)::int as count from cases
      where ${caseFits(db, filter)} and state = 'done' and actor_id is not null
      group by actor_id, type
    ) counted
    group by actor_id order by sum(count) desc, actor_id limit ${limit}`;
}

export interface CaseDay extends CaseCount {
  /** `2026-11-22`, in UTC. */
  readonly day: string;
}

/** How many cases of each type were carried out on each day, by when they were made; hidden ones are not counted. */
export function countByDay(db: Sql, filter: CaseFilter): Promise<readonly CaseDay[]> {
  return db<CaseDay[]>`
    select to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') as day, type, count(*)::int as count from cases
    where ${caseFits(db, filter)} and state = 'done' group by 1, 2 order by 1, 2`;
}
