import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { onDeno } from './fixtures/start.ts';

// A process of its own: the test's threads share this one.
test.runIf(process.platform === 'linux')(
  'the threads step behind the main thread where a priority is a thread’s own',
  async () => {
    const file = fileURLToPath(new URL('./fixtures/priority.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, onDeno ? ['run', '-A', file] : [file]);
    const threads: { main: boolean; nice: number }[] = JSON.parse(stdout);
    const main = threads.find((thread) => thread.main);
    expect(main?.nice).toBeLessThan(19);
    expect(threads.filter(({ nice }) => nice === 19)).toHaveLength(onDeno ? 0 : 4);
  },
);
