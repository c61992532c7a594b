import { hostname } from 'node:os';
import { databaseError } from '../db/away.ts';
import type { Database } from '../db/connect.ts';
import { listJobs } from '../db/job-list.ts';
import { claimJob, finishJob, type JobRun, jobState, postponeJob, recordRun } from '../db/jobs.ts';
import { backoff } from '../lib/backoff.ts';
import { delay } from '../lib/deadline.ts';
import { StoppingError } from '../lib/errors.ts';
import type { InFlight } from '../lib/in-flight.ts';
import type { Logger } from '../lib/log.ts';
import type { Metrics } from '../lib/metrics.ts';
import { Mutexes } from '../lib/mutex.ts';
import type { Begun, JobRunner, Jobs, Ran } from '../services/jobs/jobs.ts';
import type { Job } from './job.ts';
import { Lease } from './lease.ts';
import { type Outcome, type Running, runJob } from './run.ts';

/** What the scheduler itself needs of the context it hands to the jobs. */
export interface Needs {
  readonly log: Logger;
  readonly now: () => Date;
  readonly database: Database;
  readonly inFlight: InFlight;
  readonly jobs: Pick<Jobs, 'attend' | 'paused'>;
  readonly metrics: Pick<Metrics, 'jobs' | 'jobRun' | 'jobsUnderWay'>;
}

export interface SchedulerOptions {
  /** Stands in for real time in tests, together with the context's `now`. */
  readonly sleep?: typeof delay;
  readonly random?: () => number;
  /** How long another process waits for one that has died in the middle of a job. Milliseconds. */
  readonly leaseMs?: number;
  /** Hears of every run once it is recorded. */
  readonly onRun?: (job: string, outcome: Outcome) => void;
}

/** A run that starts this late was missed: no bot was there, or the database was away. */
const MISSED_AFTER_MS = 60_000;
/** The clock may be set while a timer runs, so it is looked at again at least this often. */
const LONGEST_SLEEP_MS = 600_000;
const LEASE_MS = 60_000;
/** Between two looks at a job that another process holds. */
const SHORTEST_WAIT_MS = 1_000;
/** How long disposing waits for a job that does not heed its signal. */
const CANCEL_MS = 5_000;
const ERROR_WAIT = { firstMs: 1_000, maxMs: 60_000 } as const;
const LONGEST_ERROR = 2_000;

/**
 * Runs the jobs, each in a loop of its own, so that no job overlaps itself. What was run and what is due stands in the
 * database; of the processes that share it, the one that claims a run makes it.
 */
export class Scheduler<C extends Needs> implements AsyncDisposable, JobRunner {
  readonly #jobs: Readonly<Record<string, Job<C>>>;
  readonly #sleep: typeof delay;
  readonly #random: () => number;
  readonly #leaseMs: number;
  readonly #onRun: (job: string, outcome: Outcome) => void;
  readonly #stop = new AbortController();
  readonly #opened = new DisposableStack();
  /** How far each job is that runs here. */
  readonly #steps = new Map<string, string | undefined>();
  /** What each process runs for itself takes no lease, so it waits here for a run by hand, and the other way round. */
  readonly #own = new Mutexes();
  /** When the code of each job's last run here has returned, or will have. */
  readonly #ended = new Map<string, Promise<void>>();
  /** The loops of the jobs, and the runs by hand. */
  readonly #going = new Set<Promise<unknown>>();
  #context: C | undefined;

  readonly owner = `${hostname()} ${process.pid} ${crypto.randomUUID()}`;
  readonly runs: JobRunner['runs'];
  readonly nextHere = new Map<string, Date>();

  constructor(jobs: Readonly<Record<string, Job<C>>>, options: SchedulerOptions = {}) {
    this.#jobs = jobs;
    this.runs = new Map(Object.entries(jobs).map(([name, { runs = 'once' }]) => [name, runs]));
    this.#sleep = options.sleep ?? delay;
    this.#random = options.random ?? Math.random;
    this.#leaseMs = options.leaseMs ?? LEASE_MS;
    this.#onRun = options.onRun ?? (() => {});
  }

  /** From now on jobs run; call it when the bot is ready. */
  start(context: C): void {
    this.#context = context;
    context.jobs.attend(this);
    this.#opened.use(context.metrics.jobsUnderWay.from(() => this.underWay().map((job) => [{ job }, 1] as const)));
    for (const [name, job] of Object.entries(this.#jobs))
      this.#keep(job.runs === 'each' ? this.#each(name, job, context) : this.#shared(name, job, context));
  }

  underWay(): readonly string[] {
    return [...this.#steps.keys()];
  }

  async runNow(name: string, by: string): Promise<Begun> {
    const [job, context] = [this.#jobs[name], this.#context];
    if (!job || !context) throw new Error(`the job ${name} cannot be run before the scheduler has started`);
    if (this.#stop.signal.aborted) throw new StoppingError('the scheduler is stopping');
    if (this.#steps.has(name)) return { kind: 'busy', here: true, where: this.owner };
    const { db } = context.database;
    const times = { dueAt: context.now(), askedBy: by };
    if (job.runs === 'each') return this.#begun(name, this.#ownRun({ name, job, context, ...times, nextAt: null }));
    await jobState(db, name, job.next(times.dueAt)); // its row may not be there yet
    const token = await claimJob(db, { job: name, dueAt: undefined, owner: this.owner }, this.#leaseMs);
    if (token !== undefined) return this.#begun(name, this.#held({ name, job, context, token, ...times }));
    const [row] = await listJobs(db, [name]);
    return { kind: 'busy', here: row?.runBy === this.owner, where: row?.runBy ?? '' };
  }

  #begun(name: string, running: Promise<Running & { readonly run: JobRun }>): Begun {
    this.#keep(running.then(({ ended }) => ended).catch(() => {}));
    const ended = running.then(({ outcome, run }): Ran => {
      const tookMs = run.endedAt.getTime() - run.startedAt.getTime();
      const { ending, nothingDue = false } = outcome;
      return { ending, tookMs, error: run.error ?? undefined, nothingDue };
    });
    ended.catch(() => {}); // whoever asked may not wait that long
    return { kind: 'begun', ended, step: () => this.#steps.get(name) };
  }

  #keep(work: Promise<unknown>): void {
    this.#going.add(work);
    const gone = () => this.#going.delete(work);
    void work.then(gone, gone);
  }

  /** Starts nothing more, cancels what runs and waits until it has ended and is recorded. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new StoppingError('the scheduler is stopping'));
    const patience = new AbortController();
    this.#opened.dispose();
    const ended = Promise.all(this.#going).finally(() => patience.abort());
    await Promise.race([ended, delay(CANCEL_MS, patience).catch(() => {})]);
  }

  async #each(name: string, job: Job<C>, context: C): Promise<void> {
    const { now, jobs, log } = context;
    let due = job.next(now());
    for (let paused = false; await this.#untilOwn(name, due, job, now); ) {
      // While the database is away, what it said last holds.
      paused = await jobs.paused(name).catch(() => paused);
      const nextAt = job.next(now(), due);
      if (paused) log.debug({ job: name }, 'a job is paused');
      else await (await this.#ownRun({ name, job, context, dueAt: due, nextAt, askedBy: null })).ended;
      due = job.next(now(), due);
    }
  }

  /** A run of a job that every process runs for itself. */
  #ownRun({ name, job, context, ...times }: Asked<C> & Pick<JobRun, 'nextAt'>) {
    return this.#own.run(name, async () => {
      const { now, database, log } = context;
      const startedAt = now();
      const running = await this.#carryOut(name, job, context, this.#stop.signal);
      const run = this.#runOf(name, running.outcome, { ...times, startedAt, endedAt: now() });
      // The run counts, not its record: this kind of job has to work while the database is away.
      await recordRun(database.db, run).catch((error: unknown) =>
        log.debug({ job: name, error }, 'a run is not recorded'),
      );
      this.#tell(run, running.outcome, context);
      return { ...running, run };
    });
  }

  async #carryOut(name: string, job: Job<C>, context: C, signal: AbortSignal): Promise<Running> {
    await this.#ended.get(name); // a run by hand that was past its deadline and did not heed its signal
    this.#steps.set(name, undefined);
    const progress = (step: string) => this.#steps.set(name, step);
    const running = await runJob(name, job, { context, signal, sleep: this.#sleep, progress });
    const ended = running.ended.then(() => void this.#steps.delete(name));
    this.#ended.set(name, ended);
    return running;
  }

  async #shared(name: string, job: Job<C>, context: C): Promise<void> {
    for (let failed = 0; !this.#stop.signal.aborted; ) {
      try {
        if (!(await this.#turn(name, job, context))) return;
        failed = 0;
      } catch (error) {
        if (this.#stop.signal.aborted) return;
        const away = databaseError(error);
        if (away) context.log.debug({ job: name, error: away }, 'a job waits for the database');
        else context.log.error({ job: name, error }, 'a job could not be scheduled');
        await this.#pause(backoff(failed, ERROR_WAIT));
        failed += 1;
      }
    }
  }

  /** Waits until the job is due, and runs it when no other process does. False when the bot takes no new work. */
  async #turn(name: string, job: Job<C>, context: C): Promise<boolean> {
    const { now, log } = context;
    const { db } = context.database;
    const { dueAt, heldMs } = await jobState(db, name, job.next(now()));
    if (!(await this.#until(dueAt, job, now))) return false;
    if (await context.jobs.paused(name)) {
      log.info({ job: name, dueAt }, 'a job is paused and is passed over');
      await postponeJob(db, name, dueAt, job.next(now(), dueAt));
      return true;
    }
    const lateMs = now().getTime() - dueAt.getTime();
    if (job.missed !== 'catch-up' && lateMs > MISSED_AFTER_MS + (job.jitterMs ?? 0)) {
      log.info({ job: name, dueAt, lateMs }, 'a job missed its time and is passed over');
      await postponeJob(db, name, dueAt, job.next(now(), dueAt));
      return true;
    }
    const token = await claimJob(db, { job: name, dueAt, owner: this.owner }, this.#leaseMs);
    if (token === undefined) {
      await this.#pause(Math.max(SHORTEST_WAIT_MS, Math.min(heldMs, this.#leaseMs)));
      return true;
    }
    const { outcome, ended } = await this.#held({ name, job, context, dueAt, token, askedBy: null });
    await ended;
    return !(outcome.error instanceof StoppingError);
  }

  async #held({ token, ...asked }: Asked<C> & { readonly token: string }): Promise<Running & { readonly run: JobRun }> {
    const { name, job, context, dueAt, askedBy } = asked;
    const { now, database, log } = context;
    const startedAt = now();
    const running = await this.#leased(asked, token);
    const { outcome } = running;
    // A run that the stop cut short is due again, if it is one that is made up for; so is one that never began.
    const again = outcome.ending === 'cancelled' && (job.missed === 'catch-up' || outcome.attempts === 0);
    const nextAt = askedBy !== null ? null : again ? dueAt : job.next(now(), dueAt);
    const run = this.#runOf(name, outcome, { dueAt, askedBy, startedAt, endedAt: now(), nextAt });
    const recorded = await this.#untilRecorded(() => finishJob(database.db, run, token));
    if (!recorded) log.warn({ job: name }, 'a job was taken over by another process; what it did here is not recorded');
    this.#tell(run, outcome, context);
    return { ...running, run };
  }

  async #leased({ name, job, context }: Asked<C>, token: string): Promise<Running> {
    const { db } = context.database;
    await using lease = new Lease(db, { job: name, token, leaseMs: this.#leaseMs, sleep: this.#sleep });
    return await this.#carryOut(name, job, context, AbortSignal.any([this.#stop.signal, lease.signal]));
  }

  /** What was done must not be forgotten because the database is away for a moment. */
  async #untilRecorded(record: () => Promise<boolean>): Promise<boolean> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await record();
      } catch (error) {
        if (!databaseError(error) || this.#stop.signal.aborted) throw error;
        await this.#pause(backoff(attempt, ERROR_WAIT));
      }
    }
  }

  #runOf(job: string, { ending, attempts, error }: Outcome, times: Times): JobRun {
    const text = error === undefined ? null : String(error).slice(0, LONGEST_ERROR);
    return { job, owner: this.owner, outcome: ending, attempts, error: text, ...times };
  }

  #tell({ job, startedAt, endedAt }: JobRun, outcome: Outcome, { log, metrics }: Needs): void {
    const { ending, attempts, error } = outcome;
    metrics.jobs.inc({ job, outcome: ending });
    metrics.jobRun.observe({ job }, (endedAt.getTime() - startedAt.getTime()) / 1_000);
    if (ending === 'failed' || ending === 'deadline') log.error({ job, attempts, error }, 'a job failed');
    this.#onRun(job, outcome);
  }

  /** False when the scheduler is stopping. */
  async #until(due: Date, { jitterMs = 0 }: Job<C>, now: () => Date): Promise<boolean> {
    const start = due.getTime() + this.#random() * jitterMs;
    for (;;) {
      if (this.#stop.signal.aborted) return false;
      const left = start - now().getTime();
      if (left <= 0) return true;
      await this.#pause(Math.min(left, LONGEST_SLEEP_MS));
    }
  }

  #untilOwn(name: string, due: Date, job: Job<C>, now: () => Date): Promise<boolean> {
    this.nextHere.set(name, due);
    return this.#until(due, job, now);
  }

  async #pause(ms: number): Promise<void> {
    await this.#sleep(ms, this.#stop).catch(() => {});
  }
}

type Times = Pick<JobRun, 'dueAt' | 'startedAt' | 'endedAt' | 'nextAt' | 'askedBy'>;

/** A run that is to be made; by hand if somebody asked for it. */
interface Asked<C> {
  readonly name: string;
  readonly job: Job<C>;
  readonly context: C;
  readonly dueAt: Date;
  readonly askedBy: string | null;
}
