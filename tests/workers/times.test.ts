import { expect, test } from 'vitest';
import { Times } from '../../src/workers/times.ts';

test('percentiles are upper bounds, at most a fifth too high', () => {
  const times = new Times();
  for (let ms = 1; ms <= 1_000; ms++) times.record(ms);
  const { count, sum, p50, p99, max } = times.summary();
  expect({ count, sum, max }).toEqual({ count: 1_000, sum: 500_500, max: 1_000 });
  for (const [found, real] of [
    [p50, 500],
    [p99, 990],
  ] as const) {
    expect(found).toBeGreaterThanOrEqual(real);
    expect(found).toBeLessThanOrEqual(real * 1.2);
  }
});

test('nothing recorded is nothing, and extremes have a bucket too', () => {
  const times = new Times();
  expect(times.summary()).toEqual({ count: 0, sum: 0, p50: 0, p99: 0, max: 0 });
  times.record(0);
  times.record(1e12);
  expect(times.summary()).toMatchObject({ count: 2, max: 1e12 });
});
