import { describe, expect, test } from 'vitest';
import { meanRatio, quantileOf, quantileRatio } from '../../bench/compare/bootstrap.ts';
import { Latencies } from '../../bench/measure/latencies.ts';
import { randomOf } from '../files/random.ts';

const hundred = Array.from({ length: 100 }, (_, at) => [at + 1, 1] as const);

test('a quantile is the value that so large a share does not exceed', () => {
  const values = Float64Array.from({ length: 200 }, (_, at) => at + 1);
  expect([0.5, 0.9, 0.99, 0.999, 1].map((share) => quantileOf(values, share))).toEqual([100, 180, 198, 200, 200]);
  expect(quantileOf(Float64Array.of(7), 0.01)).toBe(7);
  expect(quantileOf(Float64Array.of(), 0.5)).toBeNaN();
});

test('what was counted is the same as what was recorded', () => {
  const latencies = new Latencies();
  for (const ms of [1, 1, 2, 30, 30, 30]) latencies.record(ms);
  const counted = latencies.counted().map(([ms, count]) => [Math.round(ms), count]);
  expect(counted).toEqual([
    [1, 2],
    [2, 1],
    [30, 3],
  ]);
});

describe('the interval of a ratio', () => {
  test('is around 1, and wide, where two runs drew from the same', () => {
    const { ratio, low, high } = quantileRatio([hundred, hundred], [hundred, hundred], 0.5, randomOf(1));
    expect(ratio).toBe(1);
    expect(low).toBeLessThan(1);
    expect(high).toBeGreaterThan(1);
    // The standard error of the median of 200 even values is 100 / (2 * sqrt(200)) = 3.5; that of a ratio of two is 10 %.
    expect(low).toBeGreaterThan(0.7);
    expect(high).toBeLessThan(1.4);
  });

  test('lies above 1 where everything took twice as long, and holds the 2', () => {
    const twice = hundred.map(([value, count]) => [2 * value, count] as const);
    const { ratio, low, high } = quantileRatio([hundred, hundred], [twice, twice], 0.9, randomOf(1));
    expect(ratio).toBe(2);
    expect(low).toBeGreaterThan(1.5);
    expect(high).toBeLessThan(2.7);
  });

  test('is a point where nothing varies, and as wide as the rounds differ where they do', () => {
    expect(meanRatio([10, 10, 10], [15, 15, 15], randomOf(1))).toEqual({ ratio: 1.5, low: 1.5, high: 1.5 });
    const { low, high } = meanRatio([5, 10, 15], [5, 10, 15], randomOf(1));
    expect(low).toBeLessThan(0.7);
    expect(high).toBeGreaterThan(1.5);
  });

  test('is the same each time for the same seed', () => {
    const once = () => quantileRatio([hundred], [hundred], 0.99, randomOf(3));
    expect(once()).toEqual(once());
  });
});
