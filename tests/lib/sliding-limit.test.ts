import { expect, test } from 'vitest';
import { SlidingLimit } from '../../src/lib/sliding-limit.ts';

test('no stretch of that length ever has more, wherever it begins', () => {
  let now = 0;
  const limit = new SlidingLimit({ most: 3, perMs: 100, clock: () => now });
  const takeAt = (ms: number) => {
    now = ms;
    return limit.take();
  };
  expect([0, 40, 80, 90, 99].map(takeAt)).toEqual([true, true, true, false, false]);
  expect([100, 101, 139, 140, 179, 180].map(takeAt)).toEqual([true, false, false, true, false, true]);
});
