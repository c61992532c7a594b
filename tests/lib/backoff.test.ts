import { expect, test } from 'vitest';
import { backoff } from '../../src/lib/backoff.ts';

test('grows by two up to the most, and any part of that may come out', () => {
  const waits = (random: () => number) =>
    [0, 1, 2, 3, 4, 2_000].map((attempt) => backoff(attempt, { firstMs: 100, maxMs: 1_000, random }));
  expect(waits(() => 1)).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  expect(waits(() => 0.5)).toEqual([50, 100, 200, 400, 500, 500]);
  expect(waits(() => 0)).toEqual([0, 0, 0, 0, 0, 0]);
});
