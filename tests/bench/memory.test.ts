import { expect, test } from 'vitest';
import { summaryOf, watchMemory } from '../../bench/measure/memory-over-time.ts';
import { summarise } from '../../bench/report/summary.ts';
import { roundOf } from './rounds.ts';

test('memory is told from the first sample to the last, with its peak between', () => {
  expect(summaryOf([100, 300, 120])).toMatchObject({ start: 100, peak: 300, end: 120, growth: 20 });
  expect(summaryOf([])).toBeUndefined();
});

test('the first and the last sample are taken whatever the clock says; what cannot be read is left out', async () => {
  const readings = [{ resident: 5, peak: 9 }, undefined, { resident: 7, peak: 9 }];
  using watch = await watchMemory(1, () => Promise.resolve(readings.shift()));
  expect(await watch.end()).toMatchObject({ samples: [5] });
  using again = await watchMemory(1, () => Promise.resolve(readings.shift()));
  expect(await again.end()).toMatchObject({ samples: [7], growth: 0 });
});

test('of several rounds that with the highest peak is told', () => {
  const of = (peak: number) => ({ ...roundOf('offload', [1]), memory: summaryOf([1, peak, 3]) });
  const rounds = [of(10), of(50), of(20)].map(({ memory, ...round }) => ({ ...round, ...(memory && { memory }) }));
  expect(summarise(rounds)[0]?.memory).toEqual({ start: 1, peak: 50, end: 3, growth: 2 });
});
