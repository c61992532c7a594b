import { expect, test } from 'vitest';
import { Pace } from '../../src/lib/pace.ts';

const OPTIONS = { targetMs: 40, first: 100, most: 1_000 };

test('pieces grow to the double at most while they are quick, and never beyond the most', () => {
  const pace = new Pace(OPTIONS);
  const sizes = Array.from({ length: 5 }, () => {
    pace.took(0.1);
    return pace.size;
  });
  expect(sizes).toEqual([200, 400, 800, 1_000, 1_000]);
});

test('a slow piece makes the next one as much smaller as it was too slow', () => {
  const pace = new Pace(OPTIONS);
  pace.took(400);
  expect(pace.size).toBe(10);
  pace.took(4_000);
  expect(pace.size).toBe(1);
});

test('pieces settle at what takes the time that is wanted', () => {
  const pace = new Pace(OPTIONS);
  for (let piece = 0; piece < 20; piece += 1) pace.took(5 + pace.size * 0.1);
  expect(5 + pace.size * 0.1).toBeCloseTo(40, 0);
});

test('a piece that was given up is tried smaller, down to a single thing', () => {
  const pace = new Pace(OPTIONS);
  const sizes = [];
  while (pace.givenUp()) sizes.push(pace.size);
  expect(sizes).toEqual([25, 6, 1]);
});
