import type { ISql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';
import type { Tx } from './connect.ts';
import type { MassKind, MassRun } from './mass-runs.ts';

/** What was done to those of a raid, as a whole. */
export interface RaidDeed {
  readonly kind: MassKind;
  readonly actor: string;
  readonly state: MassRun['state'];
  readonly done: number;
  readonly undone: number;
  readonly total: number;
}

/** What was begun about a raid, in turn. */
export function raidDeeds(db: ISql, raid: string): Promise<readonly RaidDeed[]> {
  return db<RaidDeed[]>`
    select kind, actor_id::text as actor, state, count(*) filter (where outcome = 'done')::int as done,
      count(*) filter (where outcome = 'done' and undone)::int as undone, count(*)::int as total
    from mass_runs join mass_items on run_id = mass_runs.id
    where raid_id = ${raid} and state <> 'asked'
    group by mass_runs.id order by begun_at`;
}

/**
 * Leaves out of a run about a raid to whom the same is done already. Whoever has another begin at the same moment waits
 * until the transaction ends.
 */
export async function dropTaken(tx: Tx, { id, raid, kind }: Pick<MassRun, 'id' | 'raid' | 'kind'>): Promise<void> {
  await tx`select from raids where id = ${raid} for update`;
  await tx`
    delete from mass_items mine where run_id = ${id} and exists (
      select from mass_items other join mass_runs on mass_runs.id = other.run_id
      where raid_id = ${raid} and kind = ${kind} and mass_runs.id <> ${id} and state <> 'asked'
        and other.target_id = mine.target_id and not other.undone
        and (state = 'running' or outcome in ('done', 'already'))
    )`;
}

/** The next of what was done about a raid that nobody has taken back yet; it counts as taken back with the transaction. */
export async function takeUndoable(
  tx: Tx,
  { id, guild }: { readonly id: string; readonly guild: string },
  kind: MassKind,
  limit: number,
): Promise<readonly Case[]> {
  const taken = await tx<{ number: number }[]>`
    update mass_items set undone = true
    from (
      select run_id, place from mass_items join mass_runs on mass_runs.id = run_id
      where raid_id = ${id} and kind = ${kind} and outcome = 'done' and mass_items.case_number is not null and not undone
      order by run_id, place limit ${limit} for update of mass_items skip locked
    ) next
    where mass_items.run_id = next.run_id and mass_items.place = next.place
    returning mass_items.case_number as number`;
  const numbers = taken.map(({ number }) => number);
  return await tx<Case[]>`
    select ${caseColumns(tx)} from cases where guild_id = ${guild} and number = any(${numbers}::int[]) order by number`;
}
