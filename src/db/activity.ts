import type { Sql } from 'postgres';
import type { Gone } from './oldest.ts';

/** What was counted in messages. */
export interface Counts {
  readonly words: number;
  readonly links: number;
  readonly mentions: number;
}

export interface ActivitySums extends Counts {
  readonly messages: number;
}

/** The sums of one member in one channel on one day, to be added to what is there. */
export interface ActivityRow extends ActivitySums {
  readonly guild: string;
  readonly channel: string;
  readonly member: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
}

/**
 * Adds many sums in one statement. Rows must differ in guild, member, channel or day. Whoever writes the same at the same time takes them in the
 * same order, so that nobody waits for each other.
 */
export async function addActivity(db: Sql, rows: readonly ActivityRow[]): Promise<void> {
  const keyOf = ({ guild, member, channel, day }: ActivityRow) => `${guild} ${member} ${channel} ${day}`;
  const keyed = rows.map((row) => [keyOf(row), row] as const).sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
  const sorted = keyed.map(([, row]) => row);
  const values = sorted.map(({ guild, channel, member, day, messages, words, links, mentions }) => ({
    guild_id: guild,
    channel_id: channel,
    member_id: member,
    day,
    messages,
    words,
    links,
    mentions,
  }));
  await db`
    insert into activity ${db(values)}
    on conflict (guild_id, member_id, channel_id, day) do update set
      messages = activity.messages + excluded.messages,
      words = activity.words + excluded.words,
      links = activity.links + excluded.links,
      mentions = activity.mentions + excluded.mentions`;
}

/** How many messages have been counted in a server. */
export async function messagesInGuild(db: Sql, guild: string): Promise<number> {
  const [row] = await db<{ messages: number }[]>`
    select coalesce(sum(messages), 0)::float8 as messages from activity where guild_id = ${guild}`;
  return row?.messages ?? 0;
}

/** All that a member wrote in a server. */
export async function activityOfMember(db: Sql, guild: string, member: string): Promise<ActivitySums> {
  const [sums] = await db<ActivitySums[]>`
    select
      coalesce(sum(messages), 0)::float8 as messages,
      coalesce(sum(words), 0)::float8 as words,
      coalesce(sum(links), 0)::float8 as links,
      coalesce(sum(mentions), 0)::float8 as mentions
    from activity where guild_id = ${guild} and member_id = ${member}`;
  return sums ?? { messages: 0, words: 0, links: 0, mentions: 0 };
}

/** Some of those who wrote in a server on `from` (`2026-11-22`) or later, whoever they may be, and how many there are. */
export async function someWriters(
  db: Sql,
  guild: string,
  { from, most }: { readonly from: string; readonly most: number },
): Promise<{ readonly members: readonly string[]; readonly people: number }> {
  const rows = await db<{ member: string; people: number }[]>`
    select member_id::text as member, (count(*) over ())::int as people
    from (select distinct member_id from activity where guild_id = ${guild} and day >= ${from}) writers
    order by random() limit ${most}`;
  return { members: rows.map(({ member }) => member), people: rows[0]?.people ?? 0 };
}

/** What was written in a server on one day, and by how many. */
export interface DayActivity {
  /** `2026-11-22`, in UTC. */
  readonly day: string;
  readonly messages: number;
  readonly members: number;
}

/** The days, in order, on which anything was written. */
export async function activityByDay(
  db: Sql,
  guild: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly DayActivity[]> {
  return db<DayActivity[]>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(messages)::float8 as messages, count(distinct member_id)::int as members
    from activity where guild_id = ${guild} and day between ${from} and ${to}
    group by activity.day order by activity.day`;
}

/**
 * Takes days before `before`, the oldest first, at most `limit` rows, and adds them to the one row that the member has in the
 * server for all that is old. `from` is where an earlier call has stopped.
 */
export async function foldOldActivity(db: Sql, before: Date, limit: number, from: Date | undefined): Promise<Gone> {
  const [gone] = await db<{ found: number; deleted: number; upTo: Date | null }[]>`
    with found as materialized (
      select ctid as place, day from activity
      where day > '1970-01-01' and day < ${before} ${from === undefined ? db`` : db`and day >= ${from}`}
      order by day limit ${limit} for update skip locked
    ),
    gone as (delete from activity where ctid = any(array(select place from found)) returning *),
    folded as (
      insert into activity
      select guild_id, member_id, 0, '1970-01-01', sum(messages), sum(words), sum(links), sum(mentions)
      from gone group by guild_id, member_id
      on conflict (guild_id, member_id, channel_id, day) do update set
        messages = activity.messages + excluded.messages,
        words = activity.words + excluded.words,
        links = activity.links + excluded.links,
        mentions = activity.mentions + excluded.mentions
    )
    select count(*)::int as found, (select count(*)::int from gone) as deleted,
      max(day)::timestamp at time zone 'UTC' as "upTo"
    from found`;
  return { found: gone?.found ?? 0, deleted: gone?.deleted ?? 0, upTo: gone?.upTo ?? undefined };
}

/** How much was written in a server from a day on (`2026-11-22`, UTC), and by how many. */
export async function writtenSince(
  db: Sql,
  guild: string,
  from: string,
): Promise<{ readonly messages: number; readonly members: number }> {
  const [row] = await db<{ messages: number; members: number }[]>`
    select coalesce(sum(messages), 0)::float8 as messages, count(*)::int as members
    from (
      select sum(messages) as messages from activity where guild_id = ${guild} and day >= ${from} group by member_id
    ) writers`;
  return row ?? { messages: 0, members: 0 };
}

/** Threads are channels of their own: a server may have written in very many. */
const MOST_CHANNELS = 1_000;

/** How much was written in a channel. */
export interface ChannelSum {
  readonly channel: string;
  readonly messages: number;
}

/** In which channels a server wrote from a day on, or one of its members, most first. */
export function channelSums(
  db: Sql,
  { guild, member }: { readonly guild: string; readonly member?: string },
  from: string,
): Promise<readonly ChannelSum[]> {
  return db<ChannelSum[]>`
    select channel_id::text as channel, sum(messages)::float8 as messages from activity
    where guild_id = ${guild} and day >= ${from} ${member === undefined ? db`` : db`and member_id = ${member}`}
    group by channel_id order by sum(messages) desc, channel_id limit ${MOST_CHANNELS}`;
}

/** How much was written in a channel each day from one on, and by how many; days in order on which anything was. */
export function activityOfChannel(
  db: Sql,
  { guild, channel }: { readonly guild: string; readonly channel: string },
  from: string,
): Promise<readonly DayActivity[]> {
  return db<DayActivity[]>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(messages)::float8 as messages, count(distinct member_id)::int as members
    from activity where guild_id = ${guild} and channel_id = ${channel} and day >= ${from}
    group by activity.day order by activity.day`;
}

/** How much a member wrote in some channels each day from one on; days in order on which they wrote anything. */
export function activityOfMemberByDay(
  db: Sql,
  {
    guild,
    member,
    channels,
  }: { readonly guild: string; readonly member: string; readonly channels: readonly string[] },
  from: string,
): Promise<readonly Pick<DayActivity, 'day' | 'messages'>[]> {
  return db<Pick<DayActivity, 'day' | 'messages'>[]>`
    select to_char(day, 'YYYY-MM-DD') as day, sum(messages)::float8 as messages from activity
    where guild_id = ${guild} and member_id = ${member} and channel_id = any(${[...channels]}::bigint[]) and day >= ${from}
    group by activity.day order by activity.day`;
}
