import type { Sql } from 'postgres';

/** How a job stands, for people to see. */
export interface JobRow {
  readonly name: string;
  readonly nextAt: Date | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
  readonly error: string | null;
  /** Which process runs it now, and since when. */
  readonly runBy: string | null;
  readonly runSince: Date | null;
  readonly pausedAt: Date | null;
  readonly pausedBy: string | null;
}

/** One run, for people to see. */
export interface RunRow {
  readonly job: string;
  readonly owner: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: string;
  readonly attempts: number;
  readonly error: string | null;
  readonly askedBy: string | null;
}

export async function listJobs(db: Sql, names: readonly string[]): Promise<readonly JobRow[]> {
  return db<JobRow[]>`
    select name, next_at as "nextAt", last_started_at as "startedAt", last_ended_at as "endedAt",
      last_outcome as outcome, last_error as error,
      case when lease_expires_at > now() then lease_owner end as "runBy",
      case when lease_expires_at > now() then claimed_at end as "runSince",
      paused_at as "pausedAt", paused_by::text as "pausedBy"
    from jobs where name = any(${[...names]}::text[]) order by name`;
}

/** The latest runs first, of one job or of all. */
export async function latestRuns(
  db: Sql,
  job: string | undefined,
  { limit, from }: { readonly limit: number; readonly from: number },
): Promise<readonly RunRow[]> {
  return db<RunRow[]>`
    select job, owner, started_at as "startedAt", ended_at as "endedAt", outcome, attempts, error, asked_by::text as "askedBy"
    from job_runs ${job === undefined ? db`` : db`where job = ${job}`}
    order by id desc limit ${limit} offset ${from}`;
}

/** Makes no run of the job due until it is resumed; false when it was paused already. */
export async function pauseJob(db: Sql, job: string, by: string): Promise<boolean> {
  const paused = await db`
    insert into jobs (name, paused_at, paused_by) values (${job}, now(), ${by})
    on conflict (name) do update set paused_at = excluded.paused_at, paused_by = excluded.paused_by
    where jobs.paused_at is null`;
  return paused.count > 0;
}

/** False when it was not paused. */
export async function resumeJob(db: Sql, job: string): Promise<boolean> {
  const resumed = await db`
    update jobs set paused_at = null, paused_by = null where name = ${job} and paused_at is not null`;
  return resumed.count > 0;
}

export async function isPaused(db: Sql, job: string): Promise<boolean> {
  const [row] = await db`select 1 from jobs where name = ${job} and paused_at is not null`;
  return row !== undefined;
}

/** How many runs of jobs ended on a day (`2026-11-22`, UTC), and how many of them failed, in all processes. */
export async function runsOfDay(db: Sql, day: string): Promise<{ readonly runs: number; readonly failed: number }> {
  const from = new Date(`${day}T00:00:00Z`);
  const [row] = await db<{ runs: number; failed: number }[]>`
    select count(*)::int as runs, count(*) filter (where outcome in ('failed', 'deadline'))::int as failed
    from job_runs where ended_at >= ${from} and ended_at < ${from}::timestamptz + interval '1 day'`;
  return row ?? { runs: 0, failed: 0 };
}
