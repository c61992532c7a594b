import { expect, test } from 'vitest';
import { memoryOver, watchUsage } from '../../bench/measure/usage-over-time.ts';
import { summarise } from '../../bench/report/summary.ts';
import { roundOf } from './rounds.ts';

const usage = (resident: number) => ({ resident, mainMs: 1, othersMs: 2, threads: 3, handles: 4 });

test('memory is told from the first sample to the last, with its peak between', () => {
  expect(memoryOver([100, 300, 120].map(usage))).toEqual({ start: 100, peak: 300, end: 120, growth: 20 });
  expect(memoryOver([])).toBeUndefined();
});

test('the first and the last sample are taken whatever the clock says; what cannot be read is left out', async () => {
  const readings = [usage(5), undefined, usage(7)];
  using watch = await watchUsage(1, () => Promise.resolve(readings.shift()));
  expect(await watch.end()).toEqual([{ at: 0, ...usage(5) }]);
  using again = await watchUsage(1, () => Promise.resolve(readings.shift()));
  expect(await again.end()).toEqual([{ at: 0, ...usage(7) }]);
});

test('of several rounds that with the highest peak is told', () => {
  const of = (peak: number) => ({ ...roundOf('offload', [1]), memory: memoryOver([1, peak, 3].map(usage)) });
  const rounds = [of(10), of(50), of(20)].map(({ memory, ...round }) => ({ ...round, ...(memory && { memory }) }));
  expect(summarise(rounds)[0]?.memory).toEqual({ start: 1, peak: 50, end: 3, growth: 2 });
});
