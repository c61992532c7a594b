import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { startWorkers, type Workers } from '../../src/workers/offload.ts';
import { BenchError } from '../bench-error.ts';
import { type ThroughputWork, throughputWork, WORKS, type WorkName } from '../load/throughput-work.ts';
import type { Throughput } from '../measure/throughput.ts';

const TURN_MS = 1_500;
const TURNS = 3;
const WARM_UP_MS = 1_000;
/** One is worked on and one waits, as in the bot. */
const CALLS_A_THREAD = 2;
const MS_PER_SECOND = 1_000;

/** Has the same work done by the bot's threads and by bare ones, in turn, says a line of JSON, and ends. */
async function run(name: WorkName): Promise<Throughput> {
  const threads = availableParallelism();
  const work = await throughputWork(name);
  const bare = await Promise.all(Array.from({ length: threads }, () => startBare(name)));
  await using workers = await startWorkers({ threads: 2 * threads });
  await byPool(workers, work, threads, WARM_UP_MS);
  const sums = { pool: 0, bare: 0 };
  for (let turn = 0; turn < TURNS; turn++) {
    sums.pool += await byPool(workers, work, threads, TURN_MS);
    sums.bare += await byBare(bare, TURN_MS);
  }
  const seconds = (TURNS * TURN_MS) / MS_PER_SECOND;
  return { threads, poolPerSecond: sums.pool / seconds, barePerSecond: sums.bare / seconds };
}

/** What is done within the time, while as much waits for each thread as in the bot. */
async function byPool(workers: Workers, work: ThroughputWork, threads: number, ms: number): Promise<number> {
  const end = performance.now() + ms;
  let done = 0;
  const one = async () => {
    while (performance.now() < end) {
      await work.offload(workers);
      if (performance.now() < end) done += work.aCall;
    }
  };
  await Promise.all(Array.from({ length: threads * CALLS_A_THREAD }, one));
  return done;
}

async function byBare(all: readonly Worker[], ms: number): Promise<number> {
  const counts = await Promise.all(
    all.map(async (thread) => {
      const answer = once(thread, 'message');
      thread.postMessage(ms);
      const [done] = await answer;
      return Number(done);
    }),
  );
  return counts.reduce((sum, done) => sum + done, 0);
}

async function startBare(name: WorkName): Promise<Worker> {
  const thread = new Worker(new URL('./bare-thread.ts', import.meta.url), { workerData: name });
  await once(thread, 'message');
  return thread;
}

const wanted = WORKS.find((name) => name === process.argv[2]);
if (!wanted) throw new BenchError('there is no such work');
process.stdout.write(`${JSON.stringify(await run(wanted))}\n`);
process.exit();
