import type { Database } from '../db/connect.ts';
import { deleteOldest, type Gone } from '../db/oldest.ts';
import { type Db, openPool } from '../db/pool.ts';
import type { delay } from '../lib/deadline.ts';
import { Pace } from '../lib/pace.ts';

/** Something of which the old rows go. */
export interface Sweep {
  readonly what: string;
  /** How long a row is kept. */
  readonly days: number;
  /** Up to when rows go although they are not that old, where there are too many. */
  readonly beyond?: (db: Db) => Promise<Date | undefined>;
  /**
   * Deletes what is older than `before`, at most `limit` rows, passing over what somebody else holds; says how many, and up
   * to when, where the next chunk can begin there (`from`).
   */
  readonly drop: (db: Db, before: Date, limit: number, from: Date | undefined) => Promise<number | Gone>;
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

/** No statement of a sweep may hold what it locks for longer. Milliseconds. */
export const LONGEST_LOCK_MS = 100;
/** When a server ends one: what it has locked it lets go once it has come to that, on a busy machine some time later. */
const ENDED_AFTER_MS = 60;
/** A single row that is ended over and over is not the server being busy for a moment. */
const MOST_TRIES = 10;
const PACE = { targetMs: 10, first: 100, most: 10_000 } as const;

/**
 * Deletes chunk by chunk, each about as large as takes 10 ms, and waits after each for as long as it took, so that others
 * get at the database at least half of the time. Says how many rows went.
 */
export async function sweep(
  { drop }: Pick<Sweep, 'drop'>,
  { db, before, signal, clock, sleep, onChunk }: Sweeping,
): Promise<number> {
  const pace = new Pace(PACE);
  let from: Date | undefined;
  let tries = 0;
  for (let total = 0; ; ) {
    signal.throwIfAborted();
    const limit = pace.size;
    const began = clock();
    const gone = await drop(db, before, limit, from).catch((error: unknown) => {
      tries += 1;
      if (!tookTooLong(error) || (!pace.givenUp() && tries >= MOST_TRIES)) throw error;
      return undefined;
    });
    const ms = clock() - began;
    if (gone !== undefined) {
      tries = 0;
      const { found, deleted, upTo } = typeof gone === 'number' ? { found: gone, deleted: gone, upTo: from } : gone;
      from = upTo ?? from;
      total += deleted;
      onChunk?.({ deleted, ms });
      if (found < limit) return total;
      pace.took(ms);
    }
    await sleep(ms, { signal });
  }
}

/** How the oldest rows of a table are dropped, by a column that has an index. */
export function oldestOf(table: string, column: string): Sweep['drop'] {
  return (db, before, limit, from) => deleteOldest(db, { table, column }, { before, from, limit });
}

/** What Postgres says when it has ended a statement for the time it took. */
function tookTooLong(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014';
}

/**
 * A connection whose statements a server ends before anybody has waited long for what they lock, and whose commits do not
 * hold it until the disk has them. The embedded database has one session, whose settings are everybody's.
 */
export async function sweepConnection({
  kind,
  address,
  db,
}: Pick<Database, 'kind' | 'address' | 'db'>): Promise<AsyncDisposable & { readonly db: Db }> {
  if (kind === 'embedded') return { db, [Symbol.asyncDispose]: async () => {} };
  const own = openPool(address, { applicationName: 'rockhopper cleanup', connections: 1, lazyCommits: true });
  const end = () => own.end({ timeout: 1 });
  try {
    // Only now: what a connection asks of itself when it opens may take longer, and without the answer no list is understood.
    await own.unsafe(`set statement_timeout = ${ENDED_AFTER_MS}`);
  } catch (error) {
    await end();
    throw error;
  }
  return { db: own, [Symbol.asyncDispose]: end };
}
