import type { ISql, JSONValue, Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** Who asked for an action: a command, one of many at once, a rule, the end of another, or somebody in Discord itself. */
export type Source = 'command' | 'mass' | 'automod' | 'expiry' | 'discord';

/** What goes with a case to show what happened: a message with what it said, or a file. */
export type Evidence = { readonly kind: 'message'; readonly url: string; readonly text?: string } | FileEvidence;

export interface FileEvidence {
  readonly kind: 'file';
  readonly name: string;
  /** Where it was, for as long as Discord keeps it there. */
  readonly url: string;
  /** Bytes. */
  readonly size?: number;
  /** The message of the log that carries it. */
  readonly kept?: { readonly channel: string; readonly message: string };
  /** Why it could not be kept: words of the catalogue. */
  readonly lost?: JSONValue;
}

export interface CaseValues {
  readonly guild: string;
  readonly number: number;
  readonly type: string;
  /** A person, a channel or a server, as the type has it. */
  readonly target: string;
  /** As it was called then. */
  readonly targetName: string;
  readonly actor: string | null;
  readonly actorName: string;
  readonly reason: string | null;
  readonly source: Source;
  /** Whether the member is not told. */
  readonly silent: boolean;
  readonly createdAt: Date;
  /** When its effect ends. */
  readonly until: Date | null;
  readonly points: number;
  readonly evidence: readonly Evidence[];
  /** What the type's schema says. */
  readonly data: JSONValue;
}

/** Whether the member got the message about it: `closed` when they take none. Null when none was tried yet. */
export type Told = 'yes' | 'closed' | 'no' | null;

export interface Case extends Omit<CaseValues, 'data'> {
  readonly data: unknown;
  readonly state: 'pending' | 'done' | 'void';
  readonly settledAt: Date | null;
  /** Why it is void: words of the catalogue, or a person's. */
  readonly voidReason: unknown;
  readonly voidedBy: string | null;
  /** When its effect was over, by time or by another case. */
  readonly endedAt: Date | null;
  readonly endTimer: string | null;
  readonly hidden: boolean;
  /** Whether whoever ordered it was shown how it went. */
  readonly heard: boolean;
  readonly told: Told;
  readonly logChannel: string | null;
  readonly logMessage: string | null;
  readonly auditId: string | null;
}

/** Which case: a server and its number there. */
export type CaseKey = Pick<Case, 'guild' | 'number'>;

/** The columns of a case, for every query that gives some. */
export function caseColumns(db: ISql) {
  return db`
    guild_id::text as guild, number, type, target_id::text as target, target_name as "targetName",
    actor_id::text as actor, actor_name as "actorName", reason, source, silent, created_at as "createdAt", until, points,
    state, settled_at as "settledAt", void_reason as "voidReason", voided_by::text as "voidedBy", ended_at as "endedAt",
    end_timer::text as "endTimer", hidden, heard, told, evidence, data, log_channel::text as "logChannel",
    log_message::text as "logMessage", audit_id::text as "auditId"`;
}

/** Takes the next numbers of a server and says the first; others wait for this transaction to end. */
export async function takeNumbers(tx: Tx, guild: string, count: number): Promise<number> {
  const [row] = await tx<{ last: number }[]>`
    insert into case_numbers (guild_id, last) values (${guild}, ${count})
    on conflict (guild_id) do update set last = case_numbers.last + ${count}
    returning last`;
  if (!row) throw new Error('no case number was given');
  return row.last - count + 1;
}

/** `ledBy`: whose case led to this one, which is ordered by a rule. */
export async function insertCase(tx: Tx, one: CaseValues & { readonly ledBy?: string | null }): Promise<void> {
  await tx`
    insert into cases (
      guild_id, number, type, target_id, target_name, actor_id, actor_name, reason, source, silent, created_at, until,
      points, evidence, data, led_by
    ) values (
      ${one.guild}, ${one.number}, ${one.type}, ${one.target}, ${one.targetName}, ${one.actor}, ${one.actorName},
      ${one.reason}, ${one.source}, ${one.silent}, ${one.createdAt}, ${one.until}, ${one.points},
      ${asJson(tx, one.evidence)}, ${tx.json(one.data)}, ${one.ledBy ?? null}
    )`;
}

/** Keeps what is known of the evidence by now; says whether the case is still to be done, and holds it until the transaction ends. */
export async function keepCaseEvidence(
  tx: Tx,
  { guild, number }: CaseKey,
  evidence: readonly Evidence[],
): Promise<Case['state'] | undefined> {
  const [row] = await tx<Pick<Case, 'state'>[]>`
    update cases set evidence = ${asJson(tx, evidence)} where guild_id = ${guild} and number = ${number} returning state`;
  return row?.state;
}

function asJson(tx: Tx, evidence: readonly Evidence[]) {
  return tx.json(evidence.map((piece) => ({ ...piece })));
}

export async function findCase(db: ISql, { guild, number }: CaseKey): Promise<Case | undefined> {
  const [one] = await db<Case[]>`
    select ${caseColumns(db)} from cases where guild_id = ${guild} and number = ${number}`;
  return one;
}

/** Keeps what an action has to know again if it is begun anew. */
export async function keepCaseData(db: ISql, { guild, number }: CaseKey, data: JSONValue): Promise<void> {
  await db`update cases set data = ${db.json(data)} where guild_id = ${guild} and number = ${number}`;
}

/** Keeps whether the member got the message about what is yet to be done. */
export async function keepTold(db: Sql, { guild, number }: CaseKey, told: Told): Promise<void> {
  await db`update cases set told = ${told} where guild_id = ${guild} and number = ${number}`;
}

export interface Settled {
  readonly state: 'done' | 'void';
  readonly voidReason: JSONValue | null;
  readonly told: Told;
  readonly at: Date;
}

/** Writes how a pending case ended. False when it is not pending any more. */
export async function settleCase(
  tx: Tx,
  { guild, number }: CaseKey,
  { state, voidReason, told, at }: Settled,
): Promise<boolean> {
  const settled = await tx`
    update cases set
      state = ${state}, void_reason = ${voidReason === null ? null : tx.json(voidReason)}, told = ${told}, settled_at = ${at}
    where guild_id = ${guild} and number = ${number} and state = 'pending'`;
  return settled.count > 0;
}

/** Keeps which timer ends a case. */
export async function setEndTimer(tx: Tx, { guild, number }: CaseKey, timer: string | null): Promise<void> {
  await tx`update cases set end_timer = ${timer} where guild_id = ${guild} and number = ${number}`;
}

/** The effect of a case is over. */
export async function endCase(tx: Tx, { guild, number }: CaseKey, at: Date): Promise<void> {
  await tx`
    update cases set ended_at = ${at}, end_timer = null
    where guild_id = ${guild} and number = ${number} and ended_at is null`;
}

/**
 * The effect of what was done to a target before this case, with `same` in its data, is over; says which timers would have ended it.
 * `before`: nothing that was ordered later is over, as when this case was found out about late.
 */
export async function endEarlier(
  tx: Tx,
  { guild, number, target }: Pick<Case, 'guild' | 'number' | 'target'>,
  types: readonly string[],
  { at, same, before }: { readonly at: Date; readonly same: JSONValue; readonly before: Date | undefined },
): Promise<readonly string[]> {
  const rows = await tx<{ timer: string | null }[]>`
    with over as (
      select guild_id, number, end_timer from cases
      where guild_id = ${guild} and target_id = ${target} and number < ${number} and type = any(${[...types]}::text[])
        and data @> ${tx.json(same)} and state = 'done' and ended_at is null
        and (${before ?? null}::timestamptz is null or created_at <= ${before ?? null})
      for update
    )
    update cases set ended_at = ${at}, end_timer = null from over
    where cases.guild_id = over.guild_id and cases.number = over.number
    returning over.end_timer::text as timer`;
  return rows.flatMap(({ timer }) => timer ?? []);
}

/** What was ordered last before this case for the same target and is still to be done, but for these types. */
export async function earlierPending(
  db: Sql,
  { guild, target, number }: Pick<Case, 'guild' | 'target' | 'number'>,
  but: readonly string[],
): Promise<number | undefined> {
  const [row] = await db<{ number: number }[]>`
    select number from cases
    where guild_id = ${guild} and target_id = ${target} and number < ${number} and state = 'pending'
      and type <> all(${[...but]}::text[])
    order by number desc limit 1`;
  return row?.number;
}

/** The newest case of this type whose effect on a target lasts, as far as is known here; of those with `same` in their data. */
export async function lastingCase(
  db: Sql,
  { guild, target, type, same = {} }: Pick<Case, 'guild' | 'target' | 'type'> & { readonly same?: JSONValue },
  now: Date,
): Promise<Case | undefined> {
  const [one] = await db<Case[]>`
    select ${caseColumns(db)} from cases
    where guild_id = ${guild} and target_id = ${target} and type = ${type} and state = 'done' and ended_at is null
      and data @> ${db.json(same)} and (until is null or until > ${now})
    order by number desc limit 1`;
  return one;
}

/** Whoever ordered these was shown how they went. */
export async function markHeard(db: ISql, guild: string, numbers: readonly number[]): Promise<void> {
  await db`update cases set heard = true where guild_id = ${guild} and number = any(${[...numbers]}::int[])`;
}

/** Keeps where the log tells of a case; nowhere any more without a place. */
export async function placeCase(
  tx: Tx,
  { guild, number }: CaseKey,
  place: { readonly channel: string; readonly message: string } | undefined,
): Promise<void> {
  await tx`
    update cases set log_channel = ${place?.channel ?? null}, log_message = ${place?.message ?? null}
    where guild_id = ${guild} and number = ${number}`;
}

/** Those with a ban that lasts, as far as is known here, whose name has this text in it or whose id begins with it; the latest first. */
export async function bannedByName(
  db: Sql,
  { guild, text, limit }: { readonly guild: string; readonly text: string; readonly limit: number },
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  return db<{ id: string; name: string }[]>`
    select target_id::text as id, target_name as name from cases
    where guild_id = ${guild} and type = 'ban' and state = 'done' and ended_at is null
      and (strpos(lower(target_name), ${text}) > 0 or starts_with(target_id::text, ${text}))
    order by number desc limit ${limit}`;
}
