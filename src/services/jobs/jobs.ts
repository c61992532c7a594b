import type { Database } from '../../db/connect.ts';
import { isPaused, type JobRow, latestRuns, listJobs, pauseJob, type RunRow, resumeJob } from '../../db/job-list.ts';

export type { JobRow, RunRow } from '../../db/job-list.ts';

/** How a run by hand ended. */
export interface Ran {
  readonly ending: 'done' | 'failed' | 'deadline' | 'cancelled';
  /** Milliseconds. */
  readonly tookMs: number;
  readonly error: string | undefined;
  /** It is done because there was nothing to do. */
  readonly nothingDue: boolean;
}

/** A run that was begun by hand, or the word that the job is under way already: in this process or in the one named. */
export type Begun =
  | { readonly kind: 'begun'; readonly ended: Promise<Ran>; readonly step: () => string | undefined }
  | { readonly kind: 'busy'; readonly here: boolean; readonly where: string };

/** What runs the jobs, as the service knows it. */
export interface JobRunner {
  readonly owner: string;
  /** By name: by one of the processes, or by each. */
  readonly runs: ReadonlyMap<string, 'once' | 'each'>;
  /** Which of them are under way in this process. */
  readonly underWay: () => readonly string[];
  /** When those that each process runs for itself are due next in this one. */
  readonly nextHere: ReadonlyMap<string, Date>;
  readonly runNow: (name: string, by: string) => Promise<Begun>;
}

/** A job as people see it. */
export interface JobView extends JobRow {
  readonly runs: 'once' | 'each';
  /** Where it is under way, if it is. */
  readonly running: 'here' | 'elsewhere' | undefined;
}

const UNKNOWN = {
  ...{ nextAt: null, startedAt: null, endedAt: null, outcome: null, error: null },
  ...{ runBy: null, runSince: null, pausedAt: null, pausedBy: null },
} as const;

/** The jobs as people see and direct them. The scheduler says which there are, and runs them. */
export class Jobs {
  readonly #database: Pick<Database, 'db'>;
  #runner: JobRunner | undefined;

  constructor({ database }: { readonly database: Pick<Database, 'db'> }) {
    this.#database = database;
  }

  /** For the scheduler, once. */
  attend(runner: JobRunner): void {
    this.#runner = runner;
  }

  /** Sorted. */
  get names(): readonly string[] {
    return [...(this.#runner?.runs.keys() ?? [])];
  }

  /** Every job there is, in order of name. */
  async list(): Promise<readonly JobView[]> {
    const rows = new Map((await listJobs(this.#database.db, this.names)).map((row) => [row.name, row]));
    const here = this.#runner?.underWay() ?? [];
    return this.names.map((name) => {
      const row = rows.get(name) ?? { name, ...UNKNOWN };
      const elsewhere = row.runBy !== null && row.runBy !== this.#runner?.owner;
      const running = here.includes(name) ? 'here' : elsewhere ? 'elsewhere' : undefined;
      const nextAt = this.#runner?.nextHere.get(name) ?? row.nextAt;
      return { ...row, nextAt, runs: this.#runner?.runs.get(name) ?? 'once', running };
    });
  }

  history(
    job: string | undefined,
    page: { readonly limit: number; readonly from: number },
  ): Promise<readonly RunRow[]> {
    return latestRuns(this.#database.db, job, page);
  }

  /** No process makes a run that is due until it is resumed. False when that was so already. */
  pause(job: string, by: string): Promise<boolean> {
    return pauseJob(this.#database.db, job, by);
  }

  resume(job: string): Promise<boolean> {
    return resumeJob(this.#database.db, job);
  }

  paused(job: string): Promise<boolean> {
    return isPaused(this.#database.db, job);
  }

  /** Runs a job in this process now, also one that is paused; when it is due next stays as it is. */
  async run(job: string, by: string): Promise<Begun> {
    if (!this.#runner?.runs.has(job)) throw new Error(`there is no job ${job} to be run`);
    return await this.#runner.runNow(job, by);
  }
}
