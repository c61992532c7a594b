import type { ISql } from 'postgres';
import { type Kind, PERSON_COLUMNS, type PersonColumn } from './person-tables.ts';

/** What is one statement's share, so that none takes long. */
const AT_ONCE = 2_000;

/** Timers that concern nobody but whom they belong to. What others wait for, such as an action of moderators, is delivered first. */
const PERSONAL_TIMERS = ['level-roles', 'level-up', 'reminder'];

/** How many rows of each kind there are of somebody, and what deletion does with them. */
export interface Held {
  readonly kind: Kind;
  readonly does: PersonColumn['does'];
  readonly count: number;
}

export async function countPersonRows(db: ISql, user: string): Promise<readonly Held[]> {
  const sums = new Map<string, Held>();
  for (const one of PERSON_COLUMNS) {
    const { table, column, kind, does } = one;
    const [row] = await db<{ count: number }[]>`
      select count(*)::int as count from ${db(table)}
      where ${db(column)} = ${user} ${table === 'timers' ? db`and done_at is null` : db``}`;
    const key = `${kind} ${does}`;
    const count = (sums.get(key)?.count ?? 0) + (row?.count ?? 0);
    if (count > 0) sums.set(key, { kind, does, count });
  }
  return [...sums.values()];
}

/**
 * Deletes what is kept of somebody, and takes their id out of the rest, as `PERSON_COLUMNS` says; says how many rows that
 * changed. To do it again is harmless, and goes on where it was broken off.
 */
export async function deletePersonRows(db: ISql, user: string, signal: AbortSignal): Promise<number> {
  let changed = 0;
  const ways = PERSON_COLUMNS.filter(({ does }) => does !== 'keep').map((one) => () => batchOf(db, one, user));
  for (const way of [...ways, () => keptMessages(db, user)]) {
    for (let count = AT_ONCE; count > 0; changed += count) {
      signal.throwIfAborted();
      count = await way();
    }
  }
  return changed;
}

async function batchOf(db: ISql, one: PersonColumn, user: string): Promise<number> {
  const { table, column } = one;
  if (table === 'archived_messages') return await archived(db, user);
  if (table === 'timers') return await timers(db, user);
  const some = db`ctid = any(array(select ctid from ${db(table)} where ${db(column)} = ${user} limit ${AT_ONCE}))`;
  const done =
    one.does === 'forget'
      ? await db`update ${db(table)} set ${db(column)} = ${one.to} where ${some}`
      : await db`delete from ${db(table)} where ${some}`;
  return done.count;
}

/** Messages are held while what they said before goes, so that an edit that comes meanwhile makes no more of it. */
async function archived(db: ISql, user: string): Promise<number> {
  const done = await db`
    with gone as materialized (
      select message_id, sent_at from archived_messages where author_id = ${user} limit ${AT_ONCE} for update
    ),
    before as (
      delete from archived_edits edit using gone where edit.message_id = gone.message_id and edit.sent_at = gone.sent_at
    )
    delete from archived_messages message using gone
    where message.message_id = gone.message_id and message.sent_at = gone.sent_at`;
  return done.count;
}

/** Also what was delivered and names them: nobody needs it any more. */
async function timers(db: ISql, user: string): Promise<number> {
  const done = await db`
    delete from timers where ctid = any(array(
      select ctid from timers
      where (owner_id = ${user} and (done_at is not null or kind = any(${PERSONAL_TIMERS}::text[])))
        or (done_at is not null and payload::text like ${`%${user}%`})
      limit ${AT_ONCE} for update skip locked
    ))`;
  return done.count;
}

/** The author stands within what is kept of a message for the event log. */
async function keptMessages(db: ISql, user: string): Promise<number> {
  const done = await db`
    delete from kept_messages where ctid = any(array(
      select ctid from kept_messages where body like ${`%"${user}"%`} limit ${AT_ONCE}
    ))`;
  return done.count;
}
