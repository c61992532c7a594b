import type { ISql, JSONValue, Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** A timer as it is kept. Payload and recurrence are as they were stored: whoever uses them checks them. */
export interface Timer {
  readonly id: string;
  readonly kind: string;
  readonly owner: string;
  readonly guild: string | null;
  readonly channel: string | null;
  /** With what it takes its turn, where that is neither its channel nor its owner. */
  readonly place: string | null;
  readonly payload: unknown;
  readonly dueAt: Date;
  /** The time as it was given, on the clock of `zone`. */
  readonly wall: string | null;
  readonly zone: string;
  readonly recurrence: unknown;
  /** Grows each time it has fallen due and each time that is changed. */
  readonly occurrence: number;
  readonly createdAt: Date;
  readonly doneAt: Date | null;
  readonly outcome: string | null;
}

/** What a new timer says. */
export interface TimerValues {
  readonly kind: string;
  readonly owner: string;
  readonly guild: string | null;
  readonly channel: string | null;
  readonly place: string | null;
  readonly payload: JSONValue;
  readonly dueAt: Date;
  readonly wall: string | null;
  readonly zone: string;
  readonly recurrence: JSONValue | null;
}

/** Which timer: what is given besides the id has to fit, so that nobody gets at another's. */
export interface Which {
  readonly id: string;
  readonly kind: string;
  readonly owner?: string;
  readonly guild?: string;
}

/** Whose timers: of one person, of one server, or of one person there. */
export interface Whose {
  readonly kind: string;
  readonly owner?: string;
  readonly guild?: string;
}

function columns(db: ISql) {
  return db`
    timers.id::text as id, kind, owner_id::text as owner, guild_id::text as guild, channel_id::text as channel,
    place_id::text as place, payload, due_at as "dueAt", wall, zone, recurrence, occurrence, created_at as "createdAt", done_at as "doneAt", outcome`;
}

function fits(db: ISql, { kind, owner, guild }: Whose) {
  return db`kind = ${kind}
    ${owner === undefined ? db`` : db`and owner_id = ${owner}`}
    ${guild === undefined ? db`` : db`and guild_id = ${guild}`}`;
}

/** Holds back whoever else adds a timer of this kind for this person, until the transaction ends; says how many are open. */
export async function countOpenTimers(tx: Tx, kind: string, owner: string): Promise<number> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`timers ${kind} ${owner}`}, 0))`;
  const [row] = await tx<{ count: number }[]>`
    select count(*)::int as count from timers where owner_id = ${owner} and kind = ${kind} and done_at is null`;
  return row?.count ?? 0;
}

export async function insertTimer(tx: Tx, values: TimerValues): Promise<Timer> {
  const { kind, owner, guild, channel, place, payload, dueAt, wall, zone, recurrence } = values;
  const [timer] = await tx<Timer[]>`
    insert into timers (kind, owner_id, guild_id, channel_id, place_id, payload, due_at, wake_at, wall, zone, recurrence)
    values (
      ${kind}, ${owner}, ${guild}, ${channel}, ${place}, ${tx.json(payload)}, ${dueAt}, ${dueAt}, ${wall}, ${zone},
      ${recurrence === null ? null : tx.json(recurrence)}
    )
    returning ${columns(tx)}`;
  if (!timer) throw new Error('a timer was not stored');
  return timer;
}

/** For each of these servers a timer of its own that is due then, unless there is or was one; says how many are new. */
export async function insertOwed(
  tx: Tx,
  {
    kind,
    dueAt,
    guilds,
    channels,
  }: {
    readonly kind: string;
    readonly dueAt: Date;
    readonly guilds: readonly string[];
    readonly channels: readonly string[];
  },
): Promise<number> {
  const added = await tx`
    insert into timers (kind, owner_id, guild_id, channel_id, payload, due_at, wake_at, zone)
    select ${kind}, guild, guild, channel, '{}', ${dueAt}, ${dueAt}, 'UTC'
    from unnest(${[...guilds]}::bigint[], ${[...channels]}::bigint[]) as owed (guild, channel)
    on conflict (kind, guild_id, due_at) where owner_id = guild_id and recurrence is null do nothing`;
  return added.count;
}

/** Holds back whoever else arranges what a server is owed of this kind, until the transaction ends. */
export async function lockOwed(tx: Tx, kind: string, guild: string): Promise<void> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`owed ${kind} ${guild}`}, 0))`;
}

/** The open timers, the next to fall due first. */
export async function openTimers(db: ISql, whose: Whose, limit: number): Promise<readonly Timer[]> {
  return db<Timer[]>`
    select ${columns(db)} from timers where ${fits(db, whose)} and done_at is null
    order by due_at, timers.id limit ${limit}`;
}

export async function findTimer(db: Sql, which: Which): Promise<Timer | undefined> {
  const [timer] = await db<Timer[]>`select ${columns(db)} from timers where id = ${which.id} and ${fits(db, which)}`;
  return timer;
}

/** The same, held until the transaction ends. */
export async function lockTimer(tx: Tx, which: Which): Promise<Timer | undefined> {
  const [timer] = await tx<Timer[]>`
    select ${columns(tx)} from timers where id = ${which.id} and ${fits(tx, which)} for update`;
  return timer;
}

/** Changes what a timer says, and not when it is due. */
export async function changeTimer(
  tx: Tx,
  id: string,
  to: Pick<TimerValues, 'payload' | 'guild' | 'channel'>,
): Promise<void> {
  await tx`
    update timers set payload = ${tx.json(to.payload)}, guild_id = ${to.guild}, channel_id = ${to.channel}
    where id = ${id}`;
}

/** Makes a timer due at another time, also one that is done: a new occurrence, which nobody holds. */
export async function moveTimer(
  tx: Tx,
  id: string,
  { dueAt, wall, zone, recurrence }: Pick<TimerValues, 'dueAt' | 'wall' | 'zone' | 'recurrence'>,
): Promise<void> {
  await tx`
    update timers set
      due_at = ${dueAt}, wake_at = ${dueAt}, wall = ${wall}, zone = ${zone},
      recurrence = ${recurrence === null ? null : tx.json(recurrence)}, occurrence = occurrence + 1,
      claim_token = claim_token + 1, claimed_by = null, claimed_until = null, tried_at = null, attempts = 0,
      last_error = null, done_at = null, outcome = null
    where id = ${id}`;
}

/** Whether one like this is still open; one that was made before another, if that is named. */
export async function hasOpen(
  db: ISql,
  { before, kind, guild, payload }: { readonly before?: string } & Pick<TimerValues, 'kind' | 'guild' | 'payload'>,
): Promise<boolean> {
  const rows = await db`
    select 1 from timers
    where guild_id = ${guild} and kind = ${kind} and done_at is null and payload = ${db.json(payload)}
      ${before === undefined ? db`` : db`and id < ${before}`}
    limit 1`;
  return rows.length > 0;
}

/** Whether there was such a timer. */
export async function deleteTimer(db: ISql, which: Which): Promise<boolean> {
  const deleted = await db`delete from timers where id = ${which.id} and ${fits(db, which)}`;
  return deleted.count > 0;
}

/** The same, but for one of which the end is being written at this moment: that goes on. Waits for nobody. */
export async function dropTimer(tx: ISql, which: Which): Promise<void> {
  await tx`
    delete from timers where id in (
      select id from timers where id = ${which.id} and ${fits(tx, which)} for update skip locked
    )`;
}

/** Deletes what is open of these kinds for somebody in a server and is not being delivered; says the kinds of what was there. */
export async function dropUnbegun(
  tx: ISql,
  { kinds, owner, guild }: { readonly kinds: readonly string[]; readonly owner: string; readonly guild: string },
): Promise<readonly string[]> {
  const dropped = await tx<{ kind: string }[]>`
    delete from timers where id in (
      select id from timers
      where owner_id = ${owner} and guild_id = ${guild} and kind = any(${[...kinds]}::text[])
        and done_at is null and tried_at is null
      for update skip locked
    ) returning kind`;
  return dropped.map(({ kind }) => kind);
}
