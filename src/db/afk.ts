import type { Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** Somebody who is away in a server. */
export interface Afk {
  readonly user: string;
  /** Empty when none was given. */
  readonly reason: string;
  readonly since: Date;
  /** Nothing when it ends with the next message alone. */
  readonly until: Date | null;
}

/** Somebody who is back, and what they missed. */
export interface Returned extends Afk {
  /** In how many messages they were mentioned. */
  readonly mentions: number;
  /** The last of these messages, as `channel/message`, oldest first. */
  readonly links: readonly string[];
}

export interface AfkValues {
  readonly guild: string;
  readonly user: string;
  readonly reason: string;
  readonly until: Date | null;
  /** When the person said so, by Discord's clock. */
  readonly setAt: Date;
}

interface Who {
  readonly guild: string;
  readonly user: string;
}

/** Of each person who is away. */
export const KEPT_LINKS = 3;

/** Keeps that somebody is away; whoever was so already keeps since when, and what they missed. */
export async function setAfk(tx: Tx, { guild, user, reason, until, setAt }: AfkValues, now: Date): Promise<Afk> {
  const [row] = await tx<Afk[]>`
    insert into afk (guild_id, user_id, reason, since, set_at, until)
    values (${guild}, ${user}, ${reason}, ${setAt}, ${setAt}, ${until})
    on conflict (guild_id, user_id) do update set
      reason = excluded.reason, until = excluded.until, set_at = greatest(afk.set_at, excluded.set_at),
      since = case when afk.until <= ${now} then excluded.since else afk.since end,
      mentions = case when afk.until <= ${now} then 0 else afk.mentions end,
      links = case when afk.until <= ${now} then '{}' else afk.links end
    returning user_id::text as user, reason, since, until`;
  if (!row) throw new Error('an absence was not stored');
  return row;
}

/**
 * Ends an absence that was not set after `before` (any, without), for one of those who try at the same time; undefined for
 * the others.
 */
export async function clearAfk(tx: Tx, { guild, user }: Who, before: Date | null): Promise<Returned | undefined> {
  const [row] = await tx<Returned[]>`
    delete from afk
    where guild_id = ${guild} and user_id = ${user} ${before === null ? tx`` : tx`and set_at <= ${before}`}
    returning user_id::text as user, reason, since, until, mentions, links`;
  return row;
}

/** Everybody with an absence in a server; also one that has passed and is to be told of at their return. */
export async function afkIn(db: Sql, guild: string): Promise<readonly Omit<Afk, 'reason'>[]> {
  return db<Omit<Afk, 'reason'>[]>`select user_id::text as user, since, until from afk where guild_id = ${guild}`;
}

/** Who of these people was away in a server when something was written there, and is so still. `at` is by Discord's clock. */
export async function absentOf(
  db: Sql,
  { guild, users, at }: { readonly guild: string; readonly users: readonly string[]; readonly at: Date },
  now: Date,
): Promise<readonly Afk[]> {
  return db<Afk[]>`
    select user_id::text as user, reason, since, until from afk
    where guild_id = ${guild} and user_id = any(${[...users]}::bigint[]) and since <= ${at}
      and (until is null or until > ${now})
    order by since, user_id`;
}

/** In how many messages somebody was mentioned while they were away, to be added to what is there. */
export interface Mentioned extends Who {
  readonly mentions: number;
  /** The last of these messages, as `channel/message`, oldest first. */
  readonly links: readonly string[];
  /** When the first of them came. */
  readonly at: Date;
}

/** Counts mentions for those who are away and were so, in one statement. Rows must differ in server or person. */
export async function addMentions(db: Sql, rows: readonly Mentioned[]): Promise<void> {
  const column = <K extends 'guild' | 'user' | 'mentions'>(name: K) => rows.map((row) => row[name]);
  await db`
    update afk set
      mentions = afk.mentions + added.mentions,
      links = (afk.links || added.links)[greatest(1, cardinality(afk.links || added.links) + 1 - ${KEPT_LINKS}::int):]
    from (
      select guild, "user", mentions, string_to_array(links, ' ') as links, at
      from unnest(
        ${column('guild')}::bigint[], ${column('user')}::bigint[], ${column('mentions')}::int[],
        ${rows.map(({ links }) => links.join(' '))}::text[], ${rows.map(({ at }) => at.toISOString())}::timestamptz[]
      ) as given (guild, "user", mentions, links, at)
    ) as added
    where guild_id = added.guild and user_id = added."user" and (until is null or until > added.at)`;
}

/** Deletes absences that ended, or were last set, before `before`, at most `limit`, and says how many. */
export async function deleteOldAfk(db: Sql, before: Date, limit: number): Promise<number> {
  const deleted = await db`
    delete from afk where ctid = any(array(
      select ctid from afk where coalesce(until, set_at) < ${before} order by coalesce(until, set_at)
      limit ${limit} for update skip locked
    ))`;
  return deleted.count;
}
