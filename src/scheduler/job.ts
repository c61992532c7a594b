import type { Context } from '../context.ts';
import { type Next, scheduleOf, type When } from './schedule.ts';

/** How a run ended. `cancelled`: the bot is stopping, or another process took the job over. */
export type Ending = 'done' | 'failed' | 'deadline' | 'cancelled';

/** What a run was that found nothing to do, because it was not the time for it or nobody wants it. */
export const NOTHING_DUE = 'nothing-due';

/** Hears how far a run is, in a few words. */
export type Progress = (step: string) => void;

type ErrorClass = abstract new (...args: never[]) => Error;

interface JobParts<C> {
  /** For the whole run, every attempt included; the signal is aborted then. Milliseconds. */
  readonly deadlineMs: number;
  /** Starts up to this much later, at random, so that not all bots do the same at the same moment. Milliseconds [0]. */
  readonly jitterMs?: number;
  /** What is worth another attempt [nothing], and how many further attempts there are at most [2]. */
  readonly retryOn?: readonly ErrorClass[];
  readonly retries?: number;
  /** A run that fell due while no bot was there: made up for once at the next start, or passed over [skip]. */
  readonly missed?: 'catch-up' | 'skip';
  /** `once`: by one of the processes that share the database. `each`: by every one, without the database [once]. */
  readonly runs?: 'once' | 'each';
  /** Before the first attempt; its failure is the run's. */
  readonly before?: (context: C, signal: AbortSignal) => Promise<void>;
  /** After the last attempt, however it ended; its failure is logged only. */
  readonly after?: (context: C, ending: Ending) => Promise<void>;
  // biome-ignore lint/suspicious/noConfusingVoidType: most runs have nothing to say
  readonly run: (context: C, signal: AbortSignal, progress: Progress) => Promise<typeof NOTHING_DUE | void>;
}

export interface Job<C = Context> extends JobParts<C> {
  readonly next: Next;
}

/** A scheduled job; its name is its file's. Throws when its schedule cannot be read. */
export function defineJob<C = Context>(job: When & JobParts<C>): Job<C> {
  return { ...job, next: scheduleOf(job) };
}
