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

const KEPT_LINKS = 3;

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

/** Everybody with an absence in a server, with its end; also one that has passed and is to be told of at their return. */
export async function afkIn(db: Sql, guild: string): Promise<readonly Pick<Afk, 'user' | 'until'>[]> {
  return db<Pick<Afk, 'user' | 'until'>[]>`select user_id::text as user, until from afk where guild_id = ${guild}`;
}

interface Mention {
  readonly guild: string;
  readonly users: readonly string[];
  /** The message, as `channel/message`. */
  readonly link: string;
  /** When it was written, by Discord's clock. */
  readonly at: Date;
}

/** Counts a message that mentions people for those of them who were away when it was written, and says who that is. */
export async function countMention(db: Sql, { guild, users, link, at }: Mention, now: Date): Promise<readonly Afk[]> {
  return db<Afk[]>`
    update afk set
      mentions = mentions + 1, links = (links || ${link}::text)[greatest(1, cardinality(links) + 2 - ${KEPT_LINKS}::int):]
    where guild_id = ${guild} and user_id = any(${[...users]}::bigint[]) and since <= ${at}
      and (until is null or until > ${now})
    returning user_id::text as user, reason, since, until`;
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
