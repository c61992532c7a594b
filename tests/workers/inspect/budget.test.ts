import { expect, test } from 'vitest';
import { Budget, LimitError } from '../../../src/workers/inspect/budget.ts';
import { LIMITS } from './inspecting.ts';

test('more than is left is refused, and takes nothing', () => {
  const budget = new Budget({ ...LIMITS, entries: 10 });
  budget.take('entries', 8);
  expect(() => budget.take('entries', 3)).toThrow(LimitError);
  expect([budget.spent('entries'), budget.left('entries')]).toEqual([8, 2]);
  budget.take('entries', 2);
});

test('when the time is up, every look at the clock and everything taken says so', () => {
  let now = 0;
  const budget = new Budget({ ...LIMITS, milliseconds: 1_500 }, { now: () => now });
  now = 1_500;
  budget.checkTime();
  now = 1_501;
  const hit = { limit: 'milliseconds', allowed: 1_500, seen: 1_501 };
  expect(() => budget.checkTime()).toThrow(expect.objectContaining({ hit }));
  expect(() => budget.take('rows', 1)).toThrow(expect.objectContaining({ hit }));
});

test('long work is tidied up after now and then, short work never', () => {
  let [now, times] = [0, 0];
  const budget = new Budget(LIMITS, { now: () => now, tidy: () => times++ });
  for (now = 0; now < 190; now += 10) budget.checkTime();
  expect(times).toBe(0);
  for (; now < 1_010; now += 10) budget.checkTime();
  expect(times).toBe(5);
});

test('what a thread waited for a core is not held against the file, within reason', () => {
  let [now, worked] = [0, 0];
  const budget = new Budget({ ...LIMITS, milliseconds: 1_500 }, { now: () => now, worked: () => worked });
  [now, worked] = [4_000, 1_499];
  budget.checkTime();
  worked = 1_502;
  expect(() => budget.checkTime()).not.toThrow(); // not before it could have been up
  now = 4_002;
  expect(() => budget.checkTime()).toThrow(
    expect.objectContaining({ hit: { limit: 'milliseconds', allowed: 1_500, seen: 1_502 } }),
  );
});

test('no file takes longer than it is allowed to wait, however little of it was work', () => {
  let now = 0;
  const budget = new Budget({ ...LIMITS, milliseconds: 1_500 }, { now: () => now, worked: () => 10 });
  for (; now <= 6_500; now += 100) budget.checkTime();
  expect(() => budget.checkTime()).toThrow(LimitError);
});
