import type { Sql } from 'postgres';

/** When a job is due, and for how much longer a process holds it (milliseconds; 0: nobody does). */
export interface JobState {
  readonly dueAt: Date;
  readonly heldMs: number;
}

/** One run, as it is kept. */
export interface JobRun {
  readonly job: string;
  /** Which process ran it. */
  readonly owner: string;
  readonly dueAt: Date;
  readonly startedAt: Date;
  readonly endedAt: Date;
  readonly outcome: string;
  readonly attempts: number;
  readonly error: string | null;
  /** When it is due next; nothing for a run by hand, which changes nothing about that. */
  readonly nextAt: Date | null;
  /** Who ran it by hand. */
  readonly askedBy: string | null;
}

/** A job's state; a job that was never seen before is first due at `firstAt`, one with a later date than that is moved up. */
export async function jobState(db: Sql, job: string, firstAt: Date): Promise<JobState> {
  await db`
    insert into jobs (name, next_at) values (${job}, ${firstAt})
    on conflict (name) do update set next_at = excluded.next_at
    where jobs.next_at is null or jobs.next_at > excluded.next_at`;
  const [state] = await db<JobState[]>`
    select next_at as "dueAt",
      greatest(0, coalesce(extract(epoch from lease_expires_at - now()) * 1000, 0))::float8 as "heldMs"
    from jobs where name = ${job}`;
  return state ?? { dueAt: firstAt, heldMs: 0 };
}

/** Which run of which job, and in which process. A run by hand is not due, and also made while the job is paused. */
export interface Claim {
  readonly job: string;
  readonly dueAt: Date | undefined;
  readonly owner: string;
}

/**
 * Takes the job for `leaseMs` (by the database's clock, the one all processes share). Undefined when another process
 * holds it or has run it already. The token grows with every claim: only its newest holder may write.
 */
export async function claimJob(db: Sql, { job, dueAt, owner }: Claim, leaseMs: number): Promise<string | undefined> {
  const [claimed] = await db<{ token: string }[]>`
    update jobs set
      lease_owner = ${owner}, lease_token = lease_token + 1, claimed_at = now(),
      lease_expires_at = now() + ${leaseMs}::float8 * interval '1 millisecond'
    where name = ${job} and (lease_expires_at is null or lease_expires_at <= now())
      ${dueAt === undefined ? db`` : db`and next_at = ${dueAt} and paused_at is null`}
    returning lease_token as token`;
  return claimed?.token;
}

/** Whether the job is still held with this token; if so, for another `leaseMs`. */
export async function renewLease(db: Sql, job: string, token: string, leaseMs: number): Promise<boolean> {
  const renewed = await db`
    update jobs set lease_expires_at = now() + ${leaseMs}::float8 * interval '1 millisecond'
    where name = ${job} and lease_token = ${token} and lease_owner is not null
    returning 1`;
  return renewed.length > 0;
}

/** Records the run and lets go of the job. False when another process has taken it over meanwhile: nothing is written. */
export async function finishJob(db: Sql, run: JobRun, token: string): Promise<boolean> {
  const recorded = await db`
    with finished as (
      update jobs set
        next_at = coalesce(${run.nextAt}, next_at), last_started_at = ${run.startedAt}, last_ended_at = ${run.endedAt},
        last_outcome = ${run.outcome}, last_error = ${run.error}, lease_owner = null, lease_expires_at = null
      where name = ${run.job} and lease_token = ${token}
      returning name
    )
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts, error, asked_by)
    select name, ${run.owner}, ${run.dueAt}, ${run.startedAt}, ${run.endedAt}, ${run.outcome}, ${run.attempts},
      ${run.error}, ${run.askedBy}
    from finished
    returning 1`;
  return recorded.length > 0;
}

/** Records the run of a job that every process runs for itself. */
export async function recordRun(db: Sql, run: JobRun): Promise<void> {
  await db`
    with last as (
      insert into jobs (name, next_at, last_started_at, last_ended_at, last_outcome, last_error)
      values (${run.job}, ${run.nextAt}, ${run.startedAt}, ${run.endedAt}, ${run.outcome}, ${run.error})
      on conflict (name) do update set
        next_at = coalesce(excluded.next_at, jobs.next_at), last_started_at = excluded.last_started_at, last_ended_at = excluded.last_ended_at,
        last_outcome = excluded.last_outcome, last_error = excluded.last_error
    )
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts, error, asked_by)
    values (
      ${run.job}, ${run.owner}, ${run.dueAt}, ${run.startedAt}, ${run.endedAt},
      ${run.outcome}, ${run.attempts}, ${run.error}, ${run.askedBy}
    )`;
}

/** Passes over a run that came too late, or while the job is paused. */
export async function postponeJob(db: Sql, job: string, dueAt: Date, nextAt: Date): Promise<void> {
  await db`update jobs set next_at = ${nextAt} where name = ${job} and next_at = ${dueAt}`;
}
