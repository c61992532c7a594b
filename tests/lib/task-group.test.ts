import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DeadlineError } from '../../src/lib/errors.ts';
import { taskGroup } from '../../src/lib/task-group.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

/** Ends only when aborted, and then says when it did. */
function untilAborted(log: string[], name: string, error?: Error) {
  return (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => {
        log.push(`${name} cleaned up`);
        reject(error ?? signal.reason);
      });
    });
}

test('gives what the body gives once every task has ended', async () => {
  const done: string[] = [];
  const total = await taskGroup(async (group) => {
    const one = group.run('one', async () => 1);
    const two = group.run('two', async () => 2);
    group.run('unawaited', async () => {
      await null;
      await null;
      done.push('unawaited');
    });
    return (await one.result) + (await two.result);
  });
  expect(total).toBe(3);
  expect(done).toEqual(['unawaited']);
});

test('one failure aborts the siblings, waits for all, and is what is thrown', async () => {
  const log: string[] = [];
  const error = new RangeError('no');
  const group = taskGroup(async ({ run }) => {
    run('patient', untilAborted(log, 'patient'));
    run('polite', untilAborted(log, 'polite', new DOMException('aborted', 'AbortError')));
    run('failing', () => Promise.reject(error));
  });
  await expect(group).rejects.toBe(error);
  expect(log).toEqual(['patient cleaned up', 'polite cleaned up']);
});

test('several failures of their own are thrown together, by name', async () => {
  const first = new RangeError('first');
  const second = new TypeError('second');
  const group = taskGroup(async ({ run }) => {
    run('one', () => Promise.reject(first));
    run('two', untilAborted([], 'two', second));
  });
  await expect(group).rejects.toMatchObject({
    name: 'AggregateError',
    message: '2 tasks failed: one, two',
    errors: [first, second],
  });
});

test('a body that fails aborts the tasks', async () => {
  const log: string[] = [];
  const group = taskGroup(async ({ run }) => {
    run('patient', untilAborted(log, 'patient'));
    throw new RangeError('no');
  });
  await expect(group).rejects.toThrow(RangeError);
  expect(log).toEqual(['patient cleaned up']);
});

test('a task whose result is awaited by the body counts once', async () => {
  const group = taskGroup(async ({ run }) => {
    await run('failing', () => Promise.reject(new RangeError('no'))).result;
  });
  await expect(group).rejects.toThrow(RangeError);
});

test('the caller can give up, or have it given up after a time', async () => {
  const log: string[] = [];
  const controller = new AbortController();
  const given = taskGroup(async ({ run }) => {
    run('patient', untilAborted(log, 'patient'));
  }, controller);
  controller.abort('enough');
  await expect(given).rejects.toBe('enough');

  const late = expect(
    taskGroup(async ({ run }) => void run('slow', untilAborted(log, 'slow')), { deadlineMs: 100 }),
  ).rejects.toThrow(DeadlineError);
  await vi.advanceTimersByTimeAsync(100);
  await late;
  expect(log).toEqual(['patient cleaned up', 'slow cleaned up']);
});

test('nothing is started once the group has failed', async () => {
  const work = vi.fn(async () => {});
  const group = taskGroup(async ({ run, signal }) => {
    run('failing', () => Promise.reject(new RangeError('no')));
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    run('late', work);
  });
  await expect(group).rejects.toThrow(RangeError);
  expect(work).not.toHaveBeenCalled();
});

test('tasks that tasks start are waited for', async () => {
  const inner = Promise.withResolvers<string>();
  let ended = false;
  const group = taskGroup(async ({ run }) => {
    run('outer', async () => {
      await null;
      run('inner', () => inner.promise);
    });
  }).then(() => {
    ended = true;
  });
  await vi.advanceTimersByTimeAsync(10);
  expect(ended).toBe(false);
  inner.resolve('done');
  await group;
});
