import type { Db } from '../../src/db/pool.ts';
import { delay } from '../../src/lib/deadline.ts';
import { oldestOf, sweep, sweepConnection } from '../../src/scheduler/sweep.ts';
import { Latencies } from '../measure/latencies.ts';
import type { TimerDatabase } from './timer-database.ts';

/** How a table was swept, and how long somebody else waited meanwhile who wrote to the very rows that went. */
export interface Swept {
  readonly deleted: number;
  readonly tookMs: number;
  readonly chunks: number;
  /** How long each chunk took, from the statement being sent to its being known to be over. */
  readonly chunk: Latencies;
  readonly writer: Latencies;
}

const BETWEEN_WRITES_MS = 5;

/** Runs of jobs that ended over a month ago. */
export async function addExpired(db: Db, count: number): Promise<void> {
  await db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts)
    select 'cleanup', 'bench', at, at, at, 'done', 1
    from generate_series(1, ${count}::int) n, lateral (select now() - interval '31 days' - n * interval '1 second' as at) old`;
  await db`analyze job_runs`;
}

/** Deletes all that has expired as the job does. */
export async function sweepExpired({ url, db }: TimerDatabase, signal: AbortSignal): Promise<Swept> {
  await using own = await sweepConnection({ kind: 'server', address: { kind: 'server', url }, db });
  const [chunk, stop] = [new Latencies(), new AbortController()];
  const writing = writeUntil(db, stop.signal);
  let chunks = 0;
  const onChunk = ({ ms }: { readonly ms: number }) => {
    chunks += 1;
    chunk.record(ms);
  };
  try {
    const began = performance.now();
    const clock = () => performance.now();
    const before = new Date(Date.now() - 30 * 86_400_000);
    const swept = { db: own.db, before, signal, clock, sleep: delay, onChunk };
    const deleted = await sweep({ drop: oldestOf('job_runs', 'ended_at') }, swept);
    const tookMs = performance.now() - began;
    stop.abort();
    return { deleted, tookMs, chunks, chunk, writer: await writing };
  } finally {
    stop.abort();
  }
}

/** How long the same writer waits while nobody deletes anything. */
export async function writeAlone(db: Db, ms: number, signal: AbortSignal): Promise<Latencies> {
  return await writeUntil(db, AbortSignal.any([signal, AbortSignal.timeout(ms)]));
}

/** Writes to the rows that are next to go, over and over. */
async function writeUntil(db: Db, signal: AbortSignal): Promise<Latencies> {
  const waited = new Latencies();
  while (!signal.aborted) {
    const began = performance.now();
    await db`
      update job_runs set attempts = attempts + 1
      where id in (select id from job_runs order by ended_at limit 20)`;
    waited.record(performance.now() - began);
    await delay(BETWEEN_WRITES_MS, { signal }).catch(() => {});
  }
  return waited;
}
