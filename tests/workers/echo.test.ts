import { expect, test } from 'vitest';
import { startWorkers } from '../../src/workers/offload.ts';

test('a thread gives back what it got', async () => {
  await using workers = await startWorkers({ threads: 2 });
  expect(await workers.offload('echo', 'hello')).toBe('hello');
});

test('every task runs with its sample', async () => {
  await using workers = await startWorkers({ threads: 2 });
  const tried = await workers.selfTest();
  expect(tried.filter(({ error }) => error !== undefined)).toEqual([]);
  expect(tried.map(({ name }) => name)).toEqual(workers.list());
});
