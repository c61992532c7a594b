import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { DeadlineError, StoppingError } from '../../src/lib/errors.ts';
import { InFlight } from '../../src/lib/in-flight.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-01-01T12:00:00Z') });
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Work that ends when told to, and says so when its signal is aborted. */
function work() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const aborted: unknown[] = [];
  const run = (signal: AbortSignal) => {
    signal.addEventListener('abort', () => aborted.push(signal.reason));
    return promise;
  };
  return { run, resolve, reject, aborted };
}

describe('tracked work', () => {
  test('is listed with name, start and deadline until it ends', async () => {
    const started: string[] = [];
    const inFlight = new InFlight({ onStart: (name) => started.push(name) });
    const [first, second] = [work(), work()];
    const one = inFlight.track('first', first.run, { deadlineMs: 5_000 });
    const two = inFlight.track('second', second.run);
    expect(inFlight.list()).toEqual([
      { id: 1, name: 'first', startedAt: new Date('2026-01-01T12:00:00Z'), deadlineMs: 5_000 },
      { id: 2, name: 'second', startedAt: new Date('2026-01-01T12:00:00Z') },
    ]);
    expect(started).toEqual(['first', 'second']);
    first.resolve('done');
    expect(await one).toBe('done');
    second.reject(new RangeError('no'));
    await expect(two).rejects.toThrow(RangeError);
    expect(inFlight.size).toBe(0);
  });

  test('frees its caller at the deadline, and stays listed until it has really ended', async () => {
    const inFlight = new InFlight();
    const slow = work();
    const caller = expect(inFlight.track('slow', slow.run, { deadlineMs: 100 })).rejects.toThrow(DeadlineError);
    await vi.advanceTimersByTimeAsync(100);
    await caller;
    expect(slow.aborted).toHaveLength(1);
    expect(inFlight.size).toBe(1);
    slow.resolve('late');
    await inFlight.idle();
    expect(inFlight.size).toBe(0);
  });

  test('is aborted by the caller', async () => {
    const inFlight = new InFlight();
    const slow = work();
    const controller = new AbortController();
    const caller = expect(inFlight.track('slow', slow.run, controller)).rejects.toBe('enough');
    controller.abort('enough');
    await caller;
    expect(slow.aborted).toEqual(['enough']);
    slow.resolve('late');
    await inFlight.idle();
  });

  test('that throws at once is not left in the list', async () => {
    const inFlight = new InFlight();
    const fail = () => {
      throw new RangeError('no');
    };
    await expect(inFlight.track('failing', fail)).rejects.toThrow(RangeError);
    expect(inFlight.size).toBe(0);
  });
});

describe('stopping', () => {
  test('refuses new work and lets the rest finish', async () => {
    const inFlight = new InFlight();
    const slow = work();
    const caller = inFlight.track('slow', slow.run);
    inFlight.stop();
    await expect(inFlight.track('new', slow.run)).rejects.toThrow(StoppingError);
    let idle = false;
    const waiting = inFlight.idle().then(() => {
      idle = true;
    });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(idle).toBe(false);
    slow.resolve('done');
    expect(await caller).toBe('done');
    await waiting;
  });

  test('waiting for the rest ends with its own deadline', async () => {
    const inFlight = new InFlight();
    const slow = work();
    const caller = inFlight.track('slow', slow.run);
    const waiting = expect(inFlight.idle({ deadlineMs: 10_000 })).rejects.toThrow(DeadlineError);
    await vi.advanceTimersByTimeAsync(10_000);
    await waiting;
    slow.resolve('done');
    await caller;
  });

  test('waiting while nothing is under way ends at once, and work begun meanwhile is waited for', async () => {
    const inFlight = new InFlight();
    await inFlight.idle();
    const [first, second] = [work(), work()];
    const one = inFlight.track('first', async (signal) => {
      await first.run(signal);
      void inFlight.track('second', second.run);
    });
    const waiting = inFlight.idle();
    first.resolve('done');
    await one;
    expect(inFlight.list()).toMatchObject([{ name: 'second' }]);
    second.resolve('done');
    await waiting;
  });

  test('disposing aborts what is left, and does not wait long for what does not listen', async () => {
    const inFlight = new InFlight();
    const deaf = work();
    const caller = expect(inFlight.track('deaf', deaf.run)).rejects.toThrow(StoppingError);
    const closed = inFlight[Symbol.asyncDispose]();
    await caller;
    expect(deaf.aborted[0]).toBeInstanceOf(StoppingError);
    await vi.advanceTimersByTimeAsync(2_000);
    await closed;
    expect(inFlight.list()).toMatchObject([{ name: 'deaf' }]);
  });
});
