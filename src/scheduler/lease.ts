import type { Db } from '../db/connect.ts';
import { renewLease } from '../db/jobs.ts';
import { delay } from '../lib/deadline.ts';
import { BotError } from '../lib/errors.ts';

/** Another process runs the job by now, so this one must not go on. */
class LeaseLostError extends BotError {}

interface Held {
  readonly job: string;
  readonly token: string;
  readonly leaseMs: number;
  readonly sleep?: typeof delay;
}

/** Keeps a job for this process while it runs it; `signal` is aborted when that failed. */
export class Lease implements AsyncDisposable {
  readonly #stop = new AbortController();
  readonly #lost = new AbortController();
  readonly #renewing: Promise<void>;

  constructor(db: Db, held: Held) {
    this.#renewing = this.#renew(db, held);
  }

  get signal(): AbortSignal {
    return this.#lost.signal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#renewing;
  }

  async #renew(db: Db, { job, token, leaseMs, sleep = delay }: Held): Promise<void> {
    let renewedAt = performance.now();
    while (!this.#stop.signal.aborted) {
      await sleep(leaseMs / 3, this.#stop).catch(() => {});
      if (this.#stop.signal.aborted) return;
      try {
        if (!(await renewLease(db, job, token, leaseMs))) return this.#lose(job);
        renewedAt = performance.now();
      } catch {
        // The database is away: the lease holds until its end, and nobody else can take it over meanwhile either.
        if (performance.now() - renewedAt > leaseMs) return this.#lose(job);
      }
    }
  }

  #lose(job: string): void {
    this.#lost.abort(new LeaseLostError(`another process has taken over the job ${job}`));
  }
}
