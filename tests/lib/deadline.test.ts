import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { delay, withDeadline } from '../../src/lib/deadline.ts';
import { DeadlineError } from '../../src/lib/errors.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

const never = () => new Promise<never>(() => {});

/** A signal that counts its listeners, because one that is left behind on a long-lived signal is a leak. */
function countedSignal() {
  const controller = new AbortController();
  const { signal } = controller;
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  const listeners = new Set<unknown>();
  signal.addEventListener = (type: string, listener: EventListener, options?: AddEventListenerOptions) => {
    listeners.add(listener);
    add(type, listener, options);
  };
  signal.removeEventListener = (type: string, listener: EventListener) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return { controller, signal, listeners };
}

describe('withDeadline', () => {
  test('gives the result, and leaves no timer and no listener behind', async () => {
    const { signal, listeners } = countedSignal();
    expect(await withDeadline('adding', async () => 1 + 1, { signal, deadlineMs: 1000 })).toBe(2);
    expect(listeners.size).toBe(0);
  });

  test('passes a failure on, also one that is thrown at once', async () => {
    const { signal, listeners } = countedSignal();
    const fail = () => {
      throw new RangeError('no');
    };
    await expect(withDeadline('failing', fail, { signal, deadlineMs: 1000 })).rejects.toThrow(RangeError);
    expect(listeners.size).toBe(0);
  });

  test('frees the caller when the time is up, and tells the work', async () => {
    let inner: AbortSignal | undefined;
    const work = (signal: AbortSignal) => {
      inner = signal;
      return never();
    };
    const freed = expect(withDeadline('sleeping', work, { deadlineMs: 50 })).rejects.toThrow(
      new DeadlineError('sleeping took over 50 ms'),
    );
    await vi.advanceTimersByTimeAsync(49);
    expect(inner?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await freed;
    expect(inner?.reason).toBeInstanceOf(DeadlineError);
  });

  test('frees the caller with the reason when the signal is aborted', async () => {
    const { controller, signal, listeners } = countedSignal();
    const freed = expect(withDeadline('sleeping', never, { signal, deadlineMs: 1000 })).rejects.toBe('enough');
    controller.abort('enough');
    await freed;
    expect(listeners.size).toBe(0);
  });

  test('does not start when the signal is aborted already', async () => {
    const work = vi.fn(never);
    await expect(withDeadline('sleeping', work, { signal: AbortSignal.abort('before') })).rejects.toBe('before');
    expect(work).not.toHaveBeenCalled();
  });

  test('a deadline longer than a timer can run does not fire at once', async () => {
    const month = 30 * 24 * 3600 * 1000;
    const outcome = withDeadline('waiting', never, { deadlineMs: month }).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(month - 1);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await outcome).toBeInstanceOf(DeadlineError);
  });
});

describe('delay', () => {
  test('resolves when the time has passed', async () => {
    const { signal, listeners } = countedSignal();
    let done = false;
    const waiting = delay(100, { signal }).then(() => {
      done = true;
    });
    await vi.advanceTimersByTimeAsync(99);
    expect(done).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await waiting;
    expect(listeners.size).toBe(0);
  });

  test('rejects with the reason when aborted, before or meanwhile', async () => {
    const controller = new AbortController();
    const waiting = delay(100, controller);
    controller.abort('enough');
    await expect(waiting).rejects.toBe('enough');
    await expect(delay(100, controller)).rejects.toBe('enough');
  });
});
