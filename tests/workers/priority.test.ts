import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { onDeno } from './fixtures/start.ts';

// A process of its own: the test's threads share this one.
test.runIf(process.platform === 'linux')('the threads step behind the main thread, on both runtimes', async () => {
  const file = fileURLToPath(new URL('./fixtures/priority.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, onDeno ? ['run', '-A', file] : [file]);
  const threads: { main: boolean; name: string; nice: number }[] = JSON.parse(stdout);
  const main = threads.find((thread) => thread.main);
  expect(main?.nice).toBeLessThan(19);
  // What a thread of ours starts for itself, such as a collector of garbage, inherits its priority.
  const ours = threads.filter(({ name }) => /^(Worker|worker-\d+)$/.test(name));
  expect(ours.map(({ nice }) => nice)).toEqual([19, 19, 19, 19]);
});
