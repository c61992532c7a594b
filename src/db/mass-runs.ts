import type { ISql, JSONValue, Row, Sql } from 'postgres';
import type { Db, Tx } from './connect.ts';
import { stream } from './stream.ts';

export type MassKind = 'ban' | 'unban' | 'kick' | 'timeout' | 'role-add' | 'role-remove' | 'purge';

export interface MassValues {
  readonly id: string;
  readonly guild: string;
  readonly kind: MassKind;
  readonly actor: string;
  readonly actorName: string;
  /** Where it says how far it is. */
  readonly channel: string;
  /** What the kind needs; plain data. */
  readonly spec: JSONValue;
  readonly createdAt: Date;
  /** The raid that it is about. */
  readonly raid: string | null;
}

/** Something that is done to many at once. */
export interface MassRun extends Omit<MassValues, 'spec'> {
  readonly spec: unknown;
  readonly state: 'asked' | 'running' | 'done' | 'stopped';
  /** The message that says how far it is, once there is one. */
  readonly message: string | null;
  /** The case of the whole, where not each item has its own. */
  readonly case: number | null;
  readonly cancelledBy: string | null;
  /** Who confirmed it besides whoever asked for it, where that was needed. */
  readonly secondedBy: string | null;
  /** Why it was stopped: words of the catalogue. It stands here before the run is closed, while that is still to be told. */
  readonly why: unknown;
}

export interface NewItem {
  readonly target: string;
  readonly name: string;
  /** What is kept of it for the file. */
  readonly note?: string | undefined;
}

export type ItemOutcome = 'done' | 'already' | 'refused';

export interface MassItem {
  readonly place: number;
  readonly target: string;
  readonly name: string;
  readonly note: string | null;
  readonly case: number | null;
  /** Whether its case waits for the run to do it, rather than for a timer. */
  readonly held: boolean;
  /** Whether it has to be done by itself. */
  readonly alone: boolean;
  readonly outcome: ItemOutcome | null;
  readonly why: unknown;
}

/** How one item ended; `why` is words of the catalogue. */
export interface ItemEnd {
  readonly place: number;
  readonly outcome: ItemOutcome;
  readonly why?: JSONValue | undefined;
}

export type Counts = Readonly<Record<ItemOutcome | 'open', number>>;

function itemColumns(db: ISql) {
  return db`place, target_id::text as target, name, note, case_number as case, held, alone, outcome, why`;
}

/** Keeps a run and its items, to be confirmed or begun. */
export async function insertRun(tx: Tx, run: MassValues, items: readonly NewItem[]): Promise<void> {
  await tx`
    insert into mass_runs (id, guild_id, kind, actor_id, actor_name, channel_id, spec, state, created_at, raid_id)
    values (
      ${run.id}, ${run.guild}, ${run.kind}, ${run.actor}, ${run.actorName}, ${run.channel}, ${tx.json(run.spec)},
      'asked', ${run.createdAt}, ${run.raid}
    )`;
  await tx`
    insert into mass_items (run_id, place, target_id, name, note)
    select ${run.id}, place, target, name, nullif(note, '') from unnest(
      ${items.map(({ target }) => target)}::bigint[], ${items.map(({ name }) => name)}::text[],
      ${items.map(({ note }) => note ?? '')}::text[]
    ) with ordinality as given (target, name, note, place)`;
}

export async function findRun(db: ISql, id: string): Promise<MassRun | undefined> {
  const [run] = await db<MassRun[]>`
    select id::text as id, guild_id::text as guild, kind, actor_id::text as actor, actor_name as "actorName",
      channel_id::text as channel, message_id::text as message, spec, case_number as case, state,
      cancelled_by::text as "cancelledBy", seconded_by::text as "secondedBy", why, created_at as "createdAt", raid_id::text as raid
    from mass_runs where id = ${id}`;
  return run;
}

/** Has a run that was shown begin; false when it has begun already. */
export async function beginRun(
  tx: Tx,
  id: string,
  { number, at, second }: { readonly number: number | null; readonly at: Date; readonly second: string | null },
): Promise<boolean> {
  const begun = await tx`
    update mass_runs set state = 'running', case_number = ${number}, begun_at = ${at}, seconded_by = ${second}
    where id = ${id} and state = 'asked'`;
  return begun.count > 0;
}

/** Forgets a run with its items. */
export async function dropRun(tx: Tx, id: string): Promise<void> {
  await tx`delete from mass_runs where id = ${id}`;
}

export async function placeRun(db: ISql, id: string, message: string): Promise<void> {
  await db`update mass_runs set message_id = ${message} where id = ${id}`;
}

/** Has a run stop before its next batch; false when it is over. */
export async function cancelRun(db: Sql, id: string, guild: string, by: string): Promise<boolean> {
  const cancelled = await db`
    update mass_runs set cancelled_by = coalesce(cancelled_by, ${by})
    where id = ${id} and guild_id = ${guild} and state = 'running'`;
  return cancelled.count > 0;
}

/** Keeps why a run is stopped, before anybody is told: nothing goes on with it from then on. */
export async function stopRun(tx: Tx, id: string, why: JSONValue): Promise<void> {
  await tx`update mass_runs set why = ${tx.json(why)} where id = ${id} and state = 'running'`;
}

/** Writes that a run is over; what was kept of its items for the file is told by then, and forgotten. */
export async function endRun(tx: Tx, id: string, state: 'done' | 'stopped', why: JSONValue | null, at: Date) {
  await tx`
    update mass_runs set state = ${state}, why = ${why === null ? null : tx.json(why)}, finished_at = ${at} where id = ${id}`;
  await tx`update mass_items set note = null where run_id = ${id} and note is not null`;
}

/** The next items that are not settled. */
export function openItems(db: ISql, run: string, most: number): Promise<readonly MassItem[]> {
  return db<MassItem[]>`
    select ${itemColumns(db)} from mass_items where run_id = ${run} and outcome is null order by place limit ${most}`;
}

/** Those of these items that have no case yet, which nobody else gives them one until the transaction ends. */
export async function lockFresh(tx: Tx, run: string, places: readonly number[]): Promise<ReadonlySet<number>> {
  const rows = await tx<{ place: number }[]>`
    select place from mass_items
    where run_id = ${run} and place = any(${[...places]}::int[]) and case_number is null and outcome is null
    order by place for update`;
  return new Set(rows.map(({ place }) => place));
}

/** Has the cases of these items be done by timers of their own; says which of them were still held. */
export function releaseItems(
  tx: Tx,
  run: string,
  places: readonly number[],
): Promise<readonly { readonly place: number; readonly case: number }[]> {
  return tx<{ place: number; case: number }[]>`
    update mass_items set held = false
    where run_id = ${run} and place = any(${[...places]}::int[]) and held and case_number is not null and outcome is null
    returning place, case_number as case`;
}

/** Keeps which case each of these items has, and whether the run does it itself. */
export async function markItems(
  tx: Tx,
  run: string,
  marks: readonly { readonly place: number; readonly case: number }[],
  held = false,
): Promise<void> {
  await tx`
    update mass_items set case_number = given.number, held = ${held}
    from unnest(${marks.map(({ place }) => place)}::int[], ${marks.map((mark) => mark.case)}::int[]) as given (place, number)
    where run_id = ${run} and mass_items.place = given.place`;
}

/** These are tried no more; what was ordered for them is void. */
export async function releaseUntried(tx: Tx, run: string, places: readonly number[]): Promise<void> {
  await tx`
    update mass_items set held = false, case_number = null
    where run_id = ${run} and place = any(${[...places]}::int[]) and outcome is null`;
}

/** These are done one by one from now on. */
export async function markAlone(db: ISql, run: string, places: readonly number[]): Promise<void> {
  await db`update mass_items set alone = true where run_id = ${run} and place = any(${[...places]}::int[])`;
}

export async function settleItems(db: ISql, run: string, ends: readonly ItemEnd[]): Promise<void> {
  await db`
    update mass_items set outcome = given.outcome, why = given.why::jsonb
    from unnest(
      ${ends.map(({ place }) => place)}::int[], ${ends.map(({ outcome }) => outcome)}::text[],
      ${ends.map(({ why }) => JSON.stringify(why ?? null))}::text[]
    ) as given (place, outcome, why)
    where run_id = ${run} and mass_items.place = given.place and mass_items.outcome is null`;
}

export async function countItems(db: ISql, run: string): Promise<Counts> {
  const rows = await db<{ outcome: keyof Counts; count: number }[]>`
    select coalesce(outcome, 'open') as outcome, count(*)::int as count from mass_items where run_id = ${run} group by 1`;
  const counts = { done: 0, already: 0, refused: 0, open: 0 };
  for (const { outcome, count } of rows) counts[outcome] = count;
  return counts;
}

/** All items of a run, in their order. */
export async function* itemsOf(db: Db, run: string): AsyncGenerator<MassItem, void, undefined> {
  yield* stream<MassItem & Row>(
    db,
    (after) => db`
      select ${itemColumns(db)} from mass_items where run_id = ${run} and place > ${after ?? 0} order by place`,
    { key: 'place', batch: 500 },
  );
}
