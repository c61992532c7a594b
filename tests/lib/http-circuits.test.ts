import { afterEach, expect, test, vi } from 'vitest';
import { DeadlineError } from '../../src/lib/errors.ts';
import { HttpCircuits } from '../../src/lib/http-circuits.ts';
import { HttpBusyError, HttpGoneError } from '../../src/lib/http-errors.ts';

afterEach(() => {
  vi.useRealTimers();
});

const fails = (error: Error) => () => Promise.reject(error);
const down = fails(new HttpBusyError('no answer'));

/** A host that has failed so often that it is left alone, on a clock that does not move by itself. */
async function opened(): Promise<HttpCircuits> {
  vi.useFakeTimers({ toFake: ['Date'] });
  const circuits = new HttpCircuits();
  for (const run of [down, fails(new DeadlineError('too slow')), down, down, down]) {
    await expect(circuits.run('a', run)).rejects.toThrow();
  }
  return circuits;
}

test('a host that failed five times in a row is not asked for 15 seconds, others are', async () => {
  const circuits = await opened();
  const run = vi.fn(async () => 'well');
  await expect(circuits.run('a', run)).rejects.toMatchObject({ name: 'HttpBusyError', retryAfterMs: 15_000 });
  expect(run).not.toHaveBeenCalled();
  expect(await circuits.run('b', run)).toBe('well');
});

test('then one request finds out whether it is back', async () => {
  const circuits = await opened();
  vi.setSystemTime(Date.now() + 15_000);
  await expect(circuits.run('a', down)).rejects.toThrow('no answer');
  await expect(circuits.run('a', down)).rejects.toThrow('5 times in a row');
  vi.setSystemTime(Date.now() + 15_000);
  expect(await circuits.run('a', async () => 'well')).toBe('well');
  expect(await circuits.run('a', async () => 'well')).toBe('well');
});

test('who says that a thing is gone, or to ask less often, is not down', async () => {
  const circuits = new HttpCircuits();
  const answers = [new HttpGoneError('gone'), new HttpBusyError('429', { retryAfterMs: 1_000 })];
  for (let times = 0; times < 10; times += 1) {
    for (const error of answers) await expect(circuits.run('a', fails(error))).rejects.toBe(error);
  }
});
