import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { InFlight } from '../../src/lib/in-flight.ts';
import { TaskMonitor } from '../../src/lib/task-monitor.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('warns once a minute of every task that is older than thirty seconds, and stops when it is closed', async () => {
  const warn = vi.fn();
  const inFlight = new InFlight();
  const monitor = new TaskMonitor({ inFlight, log: { warn } });
  const end = Promise.withResolvers<void>();
  const old = inFlight.track('old', () => end.promise);
  await vi.advanceTimersByTimeAsync(35_000);
  const young = inFlight.track('young', () => end.promise);
  await vi.advanceTimersByTimeAsync(25_000);
  expect(warn.mock.calls).toEqual([
    [{ task: 'old', id: 1, ageMs: 60_000, deadlineMs: undefined }, 'a task has been running for long'],
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(warn.mock.calls.slice(1).map(([{ task }]) => task)).toEqual(['old', 'young']);
  end.resolve();
  await Promise.all([old, young]);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(warn).toHaveBeenCalledTimes(3);
  monitor[Symbol.dispose]();
});
