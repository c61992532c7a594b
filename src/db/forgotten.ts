import type { Sql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';

/** Cases that are still to be done and that no timer and no run does any more. */
export async function forgottenCases(db: Sql, limit: number): Promise<readonly Case[]> {
  return db<Case[]>`
    select ${caseColumns(db)} from cases
    where state = 'pending'
      and not exists (
        select from timers
        where kind = 'moderation' and timers.guild_id = cases.guild_id and done_at is null
          and payload = jsonb_build_object('case', cases.number)
      )
      and not exists (
        select from mass_runs
        where mass_runs.guild_id = cases.guild_id and case_number = cases.number and mass_runs.state = 'running'
      )
      and not exists (
        select from mass_items join mass_runs on mass_runs.id = run_id
        where mass_runs.guild_id = cases.guild_id and mass_items.case_number = cases.number and held
          and outcome is null and mass_runs.state = 'running'
      )
    limit ${limit}`;
}

/** Cases that are to end, and that no timer ends any more. */
export async function endlessCases(db: Sql, limit: number): Promise<readonly Case[]> {
  return db<Case[]>`
    select ${caseColumns(db)} from cases
    where state = 'done' and ended_at is null and end_timer is not null
      and not exists (select from timers where timers.id = cases.end_timer and done_at is null)
    limit ${limit}`;
}

/** Runs that nothing goes on with any more, by their ids. */
export async function forgottenRuns(db: Sql, limit: number): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select id::text as id from mass_runs
    where state = 'running' and not exists (
      select from timers
      where kind = 'mass-run' and done_at is null and payload ->> 'run' = mass_runs.id::text
    )
    limit ${limit}`;
  return rows.map(({ id }) => id);
}
