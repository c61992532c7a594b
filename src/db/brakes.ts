import type { ISql } from 'postgres';
import { type Case, caseColumns, type Source } from './cases.ts';
import type { Tx } from './connect.ts';

/** Somebody in a server. */
export interface Whose {
  readonly guild: string;
  readonly actor: string;
}

/** What is counted, each for itself. */
export type BrakeKind = 'bans' | 'kicks' | 'roles' | 'deletions' | 'messages';

/** Somebody did too much. Their rank is frozen until it is lifted. */
export interface Brake extends Whose {
  readonly id: string;
  readonly actorName: string;
  readonly what: BrakeKind;
  /** From when on what they did was counted. */
  readonly since: Date;
  readonly madeAt: Date;
  /** Whether the owner got a direct message; `closed` when they take none. */
  readonly ownerTold: 'yes' | 'closed' | null;
  /** Up to which number their cases were taken back. */
  readonly undoneTo: number;
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
}

/** What is counted together. */
export interface Counting {
  readonly types: readonly string[];
  /** Kinds of what is done to many at once. */
  readonly runs: readonly string[];
  readonly sources: readonly Source[];
}

function brakeColumns(db: ISql) {
  return db`
    id::text as id, guild_id::text as guild, actor_id::text as actor, actor_name as "actorName", what, since,
    made_at as "madeAt", owner_told as "ownerTold", undone_to as "undoneTo", lifted_at as "liftedAt",
    lifted_by::text as "liftedBy"`;
}

export async function findBrake(db: ISql, id: string): Promise<Brake | undefined> {
  const [brake] = await db<Brake[]>`select ${brakeColumns(db)} from brakes where id = ${id}`;
  return brake;
}

/** The same, held until the transaction ends. */
export async function lockBrake(tx: Tx, id: string): Promise<Brake | undefined> {
  const [brake] = await tx<Brake[]>`select ${brakeColumns(tx)} from brakes where id = ${id} for update`;
  return brake;
}

/** Whether somebody's rank is frozen at this moment. */
export async function isBraked(db: ISql, { guild, actor }: Whose): Promise<boolean> {
  const open = await db`select 1 from brakes where guild_id = ${guild} and actor_id = ${actor} and lifted_at is null`;
  return open.length > 0;
}

/** From when on it counts what somebody did: from `from` on, but nothing before they were last told of or had their rank back. */
export async function countedSince(db: ISql, { guild, actor }: Whose, from: Date): Promise<Date> {
  const [row] = await db<{ since: Date }[]>`
    select greatest(${from}::timestamptz, max(lifted_at)) as since from brakes
    where guild_id = ${guild} and actor_id = ${actor}`;
  return row?.since ?? from;
}

/**
 * How much somebody did in a time: cases that are not void, each for what is in it, with those their points led to, and what they
 * began to do to many alone: what of that is done, or still to be done.
 */
export async function countDone(
  tx: Tx,
  { guild, actor }: Whose,
  { types, runs, sources }: Counting,
  { since, until }: { readonly since: Date; readonly until: Date },
): Promise<number> {
  const [row] = await tx<{ count: number }[]>`
    select (
      select coalesce(sum(coalesce((data->>'count')::int, 1)), 0) from cases
      where guild_id = ${guild} and created_at > ${since} and created_at <= ${until}
        and ((actor_id = ${actor} and source = any(${[...sources]}::text[])) or led_by = ${actor})
        and type = any(${[...types]}::text[]) and state <> 'void' and not data ? 'harmless'
    )::int + (
      select count(*) from mass_runs join mass_items on run_id = id
      where guild_id = ${guild} and actor_id = ${actor} and begun_at > ${since} and begun_at <= ${until}
        and kind = any(${[...runs]}::text[]) and seconded_by is null
        and (outcome = 'done' or (outcome is null and state = 'running' and mass_runs.why is null))
    )::int as count`;
  return row?.count ?? 0;
}

export async function insertBrake(
  tx: Tx,
  { id, guild, actor, actorName, what, since, madeAt, liftedAt }: Omit<Brake, 'ownerTold' | 'undoneTo' | 'liftedBy'>,
): Promise<void> {
  await tx`
    insert into brakes (id, guild_id, actor_id, actor_name, what, since, made_at, lifted_at)
    values (${id}, ${guild}, ${actor}, ${actorName}, ${what}, ${since}, ${madeAt}, ${liftedAt})`;
}

/** Somebody's rank is theirs again. False when it was not frozen. */
export async function liftBrake(tx: Tx, { guild, actor }: Whose, by: string, at: Date): Promise<boolean> {
  const lifted = await tx`
    update brakes set lifted_at = ${at}, lifted_by = ${by}
    where guild_id = ${guild} and actor_id = ${actor} and lifted_at is null`;
  return lifted.count > 0;
}

/** The case by which roles were last taken from somebody who was frozen, done or to be done, that have not been given back and are not about to be. */
export async function lastDisarmed(
  tx: Tx,
  { guild, actor }: Whose,
): Promise<Pick<Case, 'number' | 'targetName'> | undefined> {
  const [row] = await tx<Pick<Case, 'number' | 'targetName'>[]>`
    select number, target_name as "targetName" from cases
    where guild_id = ${guild} and target_id = ${actor} and type = 'disarm' and state <> 'void' and ended_at is null
      and not exists (
        select 1 from cases as back
        where back.guild_id = ${guild} and back.target_id = ${actor} and back.type = 'rearm' and back.state = 'pending'
      )
    order by number desc limit 1`;
  return row;
}

export async function markOwnerTold(db: ISql, id: string, told: 'yes' | 'closed'): Promise<void> {
  await db`update brakes set owner_told = ${told} where id = ${id}`;
}

export async function markUndone(tx: Tx, id: string, to: number): Promise<void> {
  await tx`update brakes set undone_to = ${to} where id = ${id}`;
}

/** Cases of a server from one number to another, in their order. */
export function casesFromTo(
  db: ISql,
  guild: string,
  { first, last }: { readonly first: number; readonly last: number },
): Promise<readonly Case[]> {
  return db<Case[]>`
    select ${caseColumns(db)} from cases
    where guild_id = ${guild} and number between ${first} and ${last} order by number`;
}

/**
 * What somebody did that their brake is about, and has done since, or their points led to; not what was void, nor what was looked at to be taken back, nor
 * what a second person confirmed.
 */
export function casesBraked(
  db: ISql,
  { guild, actor, since, undoneTo, liftedAt }: Brake,
  types: readonly string[],
  limit: number,
): Promise<readonly Case[]> {
  const until = liftedAt === null ? db`` : db`and created_at <= ${liftedAt}`;
  return db<Case[]>`
    select ${caseColumns(db)} from cases
    where guild_id = ${guild} and (actor_id = ${actor} or led_by = ${actor}) and created_at > ${since} and number > ${undoneTo}
      and type = any(${[...types]}::text[]) and state <> 'void' and source <> 'expiry' and not data ? 'harmless' ${until}
      and number <> all(array(
        select mass_items.case_number from mass_runs join mass_items on run_id = id
        where guild_id = ${guild} and actor_id = ${actor} and seconded_by is not null
          and mass_items.case_number is not null
      ))
    order by number limit ${limit}`;
}

/** A ban that took the place of an earlier one, and until when that would have lasted. */
export interface ReplacedBan {
  readonly by: number;
  readonly until: Date | null;
}

/**
 * Which of the bans that a brake is about took the place of another's that would last until after `now`, unless that was lifted
 * in between.
 */
export async function replacedBans(
  tx: Tx,
  { guild, actor, since }: Brake,
  numbers: readonly number[],
  now: Date,
): Promise<readonly ReplacedBan[]> {
  return await tx<ReplacedBan[]>`
    select one.number as by, before.until from cases as one
    cross join lateral (
      select number, until, ended_at from cases as other
      where other.guild_id = one.guild_id and other.target_id = one.target_id and other.type = 'ban'
        and other.number < one.number and other.state = 'done'
        and (other.created_at <= ${since} or (other.actor_id = ${actor} or other.led_by = ${actor}) is not true)
      order by number desc limit 1
    ) as before
    where one.guild_id = ${guild} and one.number = any(${[...numbers]}::int[]) and one.type = 'ban'
      and (before.until is null or before.until > ${now})
      and before.ended_at >= (
        select min(created_at) from cases as next
        where next.guild_id = one.guild_id and next.target_id = one.target_id and next.type = 'ban'
          and next.number > before.number and next.state = 'done'
      )
      and not exists (
        select from cases as lifted
        where lifted.guild_id = one.guild_id and lifted.target_id = one.target_id and lifted.type = 'unban'
          and lifted.state = 'done' and lifted.number > before.number and lifted.number < one.number
      )`;
}
