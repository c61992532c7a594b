import type { ISql, Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** What a new poll says. */
export interface PollValues {
  readonly guild: string;
  readonly channel: string;
  readonly author: string;
  readonly question: string;
  readonly answers: readonly string[];
  /** Whether a person may choose several answers. */
  readonly many: boolean;
  /** Whether nobody is shown who voted for what. */
  readonly anonymous: boolean;
  readonly endsAt: Date;
}

/** A poll as it stands. */
export interface Poll extends PollValues {
  readonly id: string;
  /** Nothing until it is posted. */
  readonly message: string | null;
  readonly createdAt: Date;
  /** Whether it may be on its way to Discord at this moment. */
  readonly posting: boolean;
  /** What ends it. */
  readonly timer: string | null;
  readonly endedAt: Date | null;
  /** Who ended it before its time. */
  readonly endedBy: string | null;
  /** Votes for each answer. */
  readonly counts: readonly number[];
  /** People who have voted. */
  readonly voters: number;
}

/** Not placed, and so young that whoever posts it may yet say where it stands. */
function posting(db: ISql) {
  return db`(message_id is null and polls.created_at > now() - interval '10 minutes')`;
}

function columns(db: ISql) {
  return db`
    polls.id::text as id, guild_id::text as guild, channel_id::text as channel, message_id::text as message,
    polls.created_at as "createdAt", ${posting(db)} as posting, author_id::text as author, question, answers, many, anonymous, ends_at as "endsAt", timer_id::text as timer,
    ended_at as "endedAt", ended_by::text as "endedBy",
    coalesce(counts, ${countsOf(db)}) as counts, coalesce(voters, ${votersOf(db)}) as voters`;
}

/** Votes for each answer of the poll that is being looked at, in their order. */
function countsOf(db: ISql) {
  return db`(
    select array_agg(votes order by answer) from (
      select given.answer, count(poll_votes.user_id)::int as votes
      from generate_series(0, cardinality(polls.answers) - 1) as given (answer)
      left join poll_votes on poll_votes.poll_id = polls.id and poll_votes.answer = given.answer
      group by given.answer
    ) counted
  )`;
}

function votersOf(db: ISql) {
  return db`(select count(distinct user_id)::int from poll_votes where poll_votes.poll_id = polls.id)`;
}

/** Holds back whoever else opens a poll in this server, until the transaction ends; says how many are running. */
export async function countRunning(
  tx: Tx,
  guild: string,
  author: string,
): Promise<{ readonly server: number; readonly person: number }> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`polls ${guild}`}, 0))`;
  const [row] = await tx<{ server: number; person: number }[]>`
    select count(*)::int as server, (count(*) filter (where author_id = ${author}))::int as person
    from polls where guild_id = ${guild} and ended_at is null and (message_id is not null or ${posting(tx)})`;
  return row ?? { server: 0, person: 0 };
}

export async function insertPoll(tx: Tx, values: PollValues): Promise<Poll> {
  const { guild, channel, author, question, answers, many, anonymous, endsAt } = values;
  const [poll] = await tx<Poll[]>`
    insert into polls (guild_id, channel_id, author_id, question, answers, many, anonymous, ends_at)
    values (
      ${guild}, ${channel}, ${author}, ${question}, ${[...answers]}::text[], ${many}, ${anonymous}, ${endsAt}
    )
    returning ${columns(tx)}`;
  if (!poll) throw new Error('a poll was not stored');
  return poll;
}

/** Keeps what will end a poll. */
export async function setPollTimer(tx: Tx, id: string, timer: string): Promise<void> {
  await tx`update polls set timer_id = ${timer} where id = ${id}`;
}

/** Keeps where a poll stands, unless it is known. */
export async function placePoll(db: Sql, id: string, message: string): Promise<void> {
  await db`
    update polls set message_id = ${message}, shown = array_fill(0, array[cardinality(answers)])
    where id = ${id} and message_id is null`;
}

export async function findPoll(db: ISql, id: string): Promise<Poll | undefined> {
  const [poll] = await db<Poll[]>`select ${columns(db)} from polls where id = ${id}`;
  return poll;
}

/** A server's polls that have been posted and not ended, the next to end first. */
export async function runningPolls(db: Sql, guild: string, limit: number): Promise<readonly Poll[]> {
  return db<Poll[]>`
    select ${columns(db)} from polls
    where guild_id = ${guild} and ended_at is null and message_id is not null
    order by ends_at, polls.id limit ${limit}`;
}

/** Running polls whose messages do not say what the votes are. */
export async function outdatedPolls(db: Sql, guilds: readonly string[], limit: number): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select polls.id::text as id from polls
    where guild_id = any(${[...guilds]}::bigint[]) and ended_at is null and message_id is not null
      and shown is distinct from ${countsOf(db)}
    limit ${limit}`;
  return rows.map(({ id }) => id);
}

/** Notes what the message says by now. */
export async function markShown(db: Sql, id: string, counts: readonly number[]): Promise<void> {
  await db`update polls set shown = ${[...counts]}::int[] where id = ${id}`;
}

/**
 * Ends a poll, once: votes that were begun are counted, later ones are refused. Of an anonymous one nothing but the sums
 * is kept. False when there is no running one like this any more.
 */
export async function endPoll(
  tx: Tx,
  id: string,
  { at, by }: { readonly at: Date; readonly by: string | null },
): Promise<boolean> {
  // Waits for the votes that hold the row; they are seen by the next statement.
  const ended = await tx`
    update polls set ended_at = ${at}, ended_by = ${by} where id = ${id} and ended_at is null`;
  if (ended.count === 0) return false;
  await tx`update polls set counts = ${countsOf(tx)}, voters = ${votersOf(tx)} where id = ${id}`;
  await tx`delete from poll_votes using polls where polls.id = ${id} and poll_id = polls.id and anonymous`;
  return true;
}

/** Whether there was such a poll. Its votes go with it. */
export async function deletePoll(db: Sql, id: string): Promise<boolean> {
  const deleted = await db`delete from polls where id = ${id}`;
  return deleted.count > 0;
}

/** Deletes the polls that ended before `before`, at most `limit`, and says how many. */
export async function deleteEndedPolls(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from polls where id = any(array(
      select id from polls where ended_at < ${before} order by ended_at limit ${limit} for update skip locked
    ))`;
  return deleted.count;
}

/** Deletes polls that should have ended before `before` and that nothing will end, at most `limit`; says how many. */
export async function deleteForgottenPolls(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from polls where id = any(array(
      select id from polls
      where ended_at is null and ends_at < ${before}
        and not exists (select from timers where timers.id = polls.timer_id and timers.done_at is null)
      limit ${limit} for update skip locked
    ))`;
  return deleted.count;
}
