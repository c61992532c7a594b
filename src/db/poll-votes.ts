import type { ISql, Sql } from 'postgres';

/** One answer of one person. */
export interface Vote {
  readonly poll: string;
  readonly guild: string;
  readonly user: string;
  /** The answer's place, from 0. */
  readonly answer: number;
}

/**
 * The poll, if it takes votes at `now`: held until the statement is done, so that it cannot end between the look and the
 * vote, while others vote at the same time.
 */
function taking(db: ISql, { poll, guild, answer }: Vote, now: Date) {
  return db`
    select id, many from polls
    where id = ${poll} and guild_id = ${guild} and ended_at is null and ends_at > ${now}
      and ${answer}::int between 0 and cardinality(answers) - 1
    for share`;
}

/** Votes for an answer, in place of another where one may be chosen. False when the poll takes no such vote (any more). */
export async function castVote(db: ISql, vote: Vote, now: Date): Promise<boolean> {
  const { user, answer } = vote;
  const cast = await db`
    with taking as (${taking(db, vote, now)})
    insert into poll_votes (poll_id, user_id, slot, answer)
    select id, ${user}::bigint, case when many then ${answer}::int else 0 end, ${answer}::int from taking
    on conflict (poll_id, user_id, slot) do update set answer = excluded.answer, voted_at = now()`;
  return cast.count > 0;
}

/** Takes a vote back. False when it is not there, or the poll takes none any more. */
export async function takeVoteBack(db: Sql, vote: Vote, now: Date): Promise<boolean> {
  const taken = await db`
    with taking as (${taking(db, vote, now)})
    delete from poll_votes using taking
    where poll_id = taking.id and user_id = ${vote.user} and answer = ${vote.answer}`;
  return taken.count > 0;
}

/** What a person has voted for. */
export async function votesOf(db: Sql, poll: string, user: string): Promise<readonly number[]> {
  const rows = await db<{ answer: number }[]>`
    select answer from poll_votes where poll_id = ${poll} and user_id = ${user} order by answer`;
  return rows.map(({ answer }) => answer);
}

/** Who voted for what, by answer and then by time: a part of it. */
export async function votesPage(
  db: Sql,
  poll: string,
  { offset, limit }: { readonly offset: number; readonly limit: number },
): Promise<readonly { readonly user: string; readonly answer: number }[]> {
  return db<{ user: string; answer: number }[]>`
    select user_id::text as user, answer from poll_votes where poll_id = ${poll}
    order by answer, voted_at, user_id offset ${offset} limit ${limit}`;
}

/** Deletes the votes of polls that ended before `before`, at most `limit`, and says how many. */
export async function deleteEndedVotes(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from poll_votes where ctid = any(array(
      select poll_votes.ctid from polls join poll_votes on poll_id = polls.id
      where ended_at < ${before} limit ${limit} for update of poll_votes skip locked
    ))`;
  return deleted.count;
}
