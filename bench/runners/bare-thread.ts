import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { throughputWork, type WorkName } from '../load/throughput-work.ts';

/** A thread with nothing in it but the work: told for how many milliseconds, it says how many pieces it has done. */
const name: WorkName = workerData;
if (process.platform === 'linux' && 'Bun' in globalThis) setPriority(19); // as the bot's threads
const { bare, aCall } = await throughputWork(name);
await bare();
parentPort?.on('message', async (ms: number) => {
  const end = performance.now() + ms;
  let done = 0;
  for (; performance.now() < end; done += aCall) await bare();
  parentPort?.postMessage(done);
});
parentPort?.postMessage('ready');
