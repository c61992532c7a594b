import { expect, test } from 'vitest';
import { SharedClock } from '../../src/lib/shared-clock.ts';

const THERE = Date.parse('2026-03-01T12:00:00Z');

test("a machine's clock that is ahead, behind or set is corrected by the shared one", async () => {
  let machine = THERE;
  const clock = new SharedClock({ machineNow: () => new Date(machine) });
  for (const offMs of [90_000, -90_000, 365 * 86_400_000]) {
    machine = THERE + offMs;
    await clock.correct(async () => THERE);
    expect(Math.abs(clock.now().getTime() - THERE)).toBeLessThan(1_000);
    machine += 5_000;
    expect(Math.abs(clock.now().getTime() - THERE - 5_000)).toBeLessThan(1_000);
  }
});

test('an answer that took long says nothing about less than that', async () => {
  const clock = new SharedClock({ machineNow: () => new Date(THERE) });
  await clock.correct(async () => {
    const began = performance.now();
    while (performance.now() - began < 20);
    return THERE + 15;
  });
  expect(clock.offsetMs).toBe(0);
});

test('one that is given in its place is not corrected, and a question that fails changes nothing', async () => {
  const fixed = new SharedClock({ now: () => new Date(THERE) });
  await fixed.correct(async () => 0);
  expect(fixed.now()).toEqual(new Date(THERE));
  const clock = new SharedClock({ machineNow: () => new Date(THERE) });
  await expect(clock.correct(() => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(clock.now()).toEqual(new Date(THERE));
});
