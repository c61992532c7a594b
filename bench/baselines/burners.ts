import { setPriority } from 'node:os';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import burn from '../../src/workers/tasks/burn.ts';

/**
 * So many threads that burn without end, in a process of their own at the lowest priority: what the machine itself
 * takes from a bot, whatever the bot is made of. It ends when its standard input closes.
 */
if (isMainThread) {
  setPriority(19);
  const [threads = '1', iterations = '1'] = process.argv.slice(2);
  for (let n = 0; n < Number(threads); n++) new Worker(new URL(import.meta.url), { workerData: Number(iterations) });
  process.stdin.once('end', () => process.exit()).resume();
  process.once('SIGTERM', () => process.exit());
  process.stdout.write('{"msg":"ready"}\n');
} else {
  setPriority(19); // a thread does not inherit it everywhere
  for (;;) await burn.run({ iterations: Number(workerData) });
}
