import type { Db } from '../db/pool.ts';
import type { delay } from '../lib/deadline.ts';
import { Pace } from '../lib/pace.ts';

/** Something of which the old rows go. */
export interface Sweep {
  readonly what: string;
  /** How long a row is kept. */
  readonly days: number;
  /** Up to when rows go although they are not that old, where there are too many. */
  readonly beyond?: (db: Db) => Promise<Date | undefined>;
  /** Deletes what is older than `before`, at most `limit` rows, passing over what somebody else holds; says how many. */
  readonly drop: (db: Db, before: Date, limit: number) => Promise<number>;
}

export interface Sweeping {
  readonly db: Db;
  readonly before: Date;
  readonly signal: AbortSignal;
  /** Stand in for real time in tests. `clock` gives milliseconds. */
  readonly clock: () => number;
  readonly sleep: typeof delay;
  /** Hears of every chunk. */
  readonly onChunk?: (chunk: { readonly deleted: number; readonly ms: number }) => void;
}

/** No statement of a sweep may hold what it locks for longer; a server ends it then. Milliseconds. */
export const LONGEST_LOCK_MS = 100;
const PACE = { targetMs: 30, first: 100, most: 10_000 } as const;

/**
 * Deletes chunk by chunk, each about as large as takes 30 ms, and waits after each for as long as it took, so that others
 * get at the database at least half of the time. Says how many rows went.
 */
export async function sweep(
  { drop }: Pick<Sweep, 'drop'>,
  { db, before, signal, clock, sleep, onChunk }: Sweeping,
): Promise<number> {
  const pace = new Pace(PACE);
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const limit = pace.size;
    const began = clock();
    const deleted = await drop(db, before, limit).catch((error: unknown) => {
      if (!tookTooLong(error) || !pace.givenUp()) throw error;
      return undefined;
    });
    const ms = clock() - began;
    if (deleted !== undefined) {
      total += deleted;
      onChunk?.({ deleted, ms });
      if (deleted < limit) return total;
      pace.took(ms);
    }
    await sleep(ms, { signal });
  }
}

/** What Postgres says when it has ended a statement for the time it took. */
function tookTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}
