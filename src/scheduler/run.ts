import { databaseError } from '../db/away.ts';
import { backoff } from '../lib/backoff.ts';
import type { delay } from '../lib/deadline.ts';
import { DeadlineError, StoppingError } from '../lib/errors.ts';
import type { InFlight } from '../lib/in-flight.ts';
import type { Logger } from '../lib/log.ts';
import { type Ending, type Job, NOTHING_DUE, type Progress } from './job.ts';

export interface Outcome {
  readonly ending: Ending;
  readonly attempts: number;
  /** It is done because there was nothing to do. */
  readonly nothingDue?: boolean;
  readonly error?: unknown;
}

export interface Running {
  readonly outcome: Outcome;
  /** Resolves when the job's own code has returned: after a deadline it may be late. */
  readonly ended: Promise<void>;
}

interface Surroundings<C> {
  readonly context: C & { readonly inFlight: InFlight; readonly log: Logger };
  readonly signal: AbortSignal;
  readonly sleep: typeof delay;
  readonly progress: Progress;
}

const RETRIES = 2;
const RETRY_WAIT = { firstMs: 1_000, maxMs: 30_000 } as const;

/** One run: hooks, attempts, deadline. Never rejects; however it ended is what it returns. */
export async function runJob<C>(
  name: string,
  job: Job<C>,
  { context, signal, sleep, progress }: Surroundings<C>,
): Promise<Running> {
  const { inFlight, log } = context;
  let attempts = 0;
  let work: Promise<unknown> = Promise.resolve();
  const attempt = async (inner: AbortSignal) => {
    await job.before?.(context, inner);
    for (;;) {
      attempts += 1;
      try {
        return await job.run(context, inner, progress);
      } catch (error) {
        inner.throwIfAborted();
        const again = attempts <= (job.retries ?? RETRIES) && worthAnother(error, job.retryOn ?? []);
        if (!again) throw error;
        log.warn({ job: name, attempts, error }, 'a job failed and is tried again');
        await sleep(backoff(attempts, RETRY_WAIT), { signal: inner });
      }
    }
  };
  const outcome = await inFlight
    .track(`job ${name}`, (inner) => (work = attempt(inner)), { signal, deadlineMs: job.deadlineMs })
    .then(
      (did): Outcome => ({ ending: 'done', attempts, nothingDue: did === NOTHING_DUE }),
      (error: unknown): Outcome => ({ ending: endingOf(error, signal), attempts, error }),
    );
  await job.after?.(context, outcome.ending).catch((error: unknown) => {
    log.error({ job: name, error }, "a job's last step failed");
  });
  return {
    outcome,
    ended: work.then(
      () => {},
      () => {},
    ),
  };
}

/** Whether the error, or one of those that it is made of, is of a kind that may pass. */
function worthAnother(error: unknown, kinds: NonNullable<Job['retryOn']>): boolean {
  const known = databaseError(error) ?? error;
  if (kinds.some((kind) => known instanceof kind)) return true;
  return error instanceof AggregateError && error.errors.some((part: unknown) => worthAnother(part, kinds));
}

function endingOf(error: unknown, signal: AbortSignal): Ending {
  if (signal.aborted || error instanceof StoppingError) return 'cancelled';
  return error instanceof DeadlineError ? 'deadline' : 'failed';
}
