import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Latencies } from '../../bench/measure/latencies.ts';

function of(values: readonly number[]): Latencies {
  const latencies = new Latencies();
  for (const value of values) latencies.record(value);
  return latencies;
}

test('percentiles of 1 to 1000 ms are what everybody would say, to three digits', () => {
  const { count, p50, p90, p99, p999, max } = of(Array.from({ length: 1_000 }, (_, at) => at + 1)).percentiles();
  expect(count).toBe(1_000);
  for (const [seen, wanted] of [
    [p50, 500],
    [p90, 900],
    [p99, 990],
    [p999, 999],
    [max, 1_000],
  ] as const)
    expect(Math.abs(seen / wanted - 1)).toBeLessThan(0.001);
});

test('the 99th percentile is the value that at least 99 of 100 do not exceed', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0.1, max: 60_000, noNaN: true }), { minLength: 1, maxLength: 300 }),
      (all) => {
        const wanted = all.toSorted((a, b) => a - b)[Math.ceil(all.length * 0.99) - 1] ?? 0;
        const { p99 } = of(all).percentiles();
        expect(Math.abs(p99 - wanted)).toBeLessThanOrEqual(wanted * 0.002 + 0.002);
      },
    ),
  );
});

test('rounds merged say the same as all values in one', () => {
  const parts = [
    [1, 2, 3, 400],
    [5, 6],
    [700, 8, 9, 10, 11],
  ];
  expect(Latencies.merge(parts.map(of)).percentiles()).toEqual(of(parts.flat()).percentiles());
});

test('merging leaves the parts alone', () => {
  const part = of([1, 2, 3]);
  Latencies.merge([part, of([1_000])]);
  expect(part.percentiles().count).toBe(3);
});

test('what is written down can be read again', () => {
  const latencies = of([0.05, 1.5, 3_000, 12_345]);
  const { max, ...read } = Latencies.decode(latencies.encode()).percentiles();
  const { max: longest, ...written } = latencies.percentiles();
  expect(read).toEqual(written);
  expect(max / longest).toBeCloseTo(1, 3); // three digits are kept
});

test('what is absurd is kept within bounds rather than lost', () => {
  const { count, max } = of([-5, 10_000_000]).percentiles();
  expect(count).toBe(2);
  expect(max).toBeGreaterThanOrEqual(600_000);
});
