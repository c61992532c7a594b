import { expect, test } from 'vitest';
import { practiceRules, practise } from '../../../src/services/automod/practice.ts';
import { startWorkers } from '../../../src/workers/offload.ts';

const { signal } = new AbortController();

test('what threads practise on are rules as they can be', async () => {
  await using workers = await startWorkers({ threads: 2 });
  const { problems } = await workers.offload('compileRules', { rules: practiceRules(), lists: [] });
  expect(problems).toEqual([]);
  const before = workers.stats().quick.done;
  await practise(workers, signal, () => false);
  const { done, failed } = workers.stats().quick;
  expect(done - before).toBe(40);
  expect(failed).toBe(0);
});

test('practice ends when the bot stops', async () => {
  await using workers = await startWorkers({ threads: 2 });
  await practise(workers, signal, () => true);
  expect(workers.stats().quick.done).toBe(0);
});
