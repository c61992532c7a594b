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

test('long work is tidied up after now and then, less often where that takes long, and short work never', () => {
  let [now, times, takes] = [0, 0, 0];
  const tidy = () => {
    times++;
    now += takes;
  };
  const budget = new Budget(LIMITS, { now: () => now, tidy });
  const workUntil = (end: number) => {
    for (; now < end; now += 10) budget.checkTime();
    return times;
  };
  expect(workUntil(100)).toBe(0);
  expect(workUntil(510)).toBe(5);
  takes = 50;
  expect(workUntil(610)).toBe(6);
  expect(workUntil(1_100)).toBe(6);
  expect(workUntil(1_120)).toBe(7);
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

test('much that was left behind is tidied up at once, and not again before some work was done', () => {
  let [now, times] = [0, 0];
  const tidy = () => {
    times++;
    now += 10;
  };
  const budget = new Budget(LIMITS, { now: () => now, tidy });
  budget.litter(10_000_000);
  expect(times).toBe(0);
  budget.litter(20_000_000);
  expect(times).toBe(1);
  budget.litter(30_000_000);
  expect(times).toBe(1);
  now += 20;
  budget.litter(1);
  expect(times).toBe(2);
});
