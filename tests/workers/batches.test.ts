import { expect, test } from 'vitest';
import { DeadlineError, TaskError } from '../../src/lib/errors.ts';
import { onDeno, startFixture } from './fixtures/start.ts';

test('calls made together cross together, and each has its own outcome', async () => {
  await using workers = await startFixture();
  const calls = [1, 2, 3, 4].map((value) =>
    workers.offload('together', { value, ...(value === 2 && { act: 'throw' }) }),
  );
  const settled = await Promise.allSettled(calls);
  expect(settled.map((one) => (one.status === 'fulfilled' ? one.value.value : one.reason.cause.message))).toEqual([
    1,
    'not 2',
    3,
    4,
  ]);
  expect(workers.stats().quick).toMatchObject({ done: 3, failed: 1, restarts: 0 });
});

test('a batch closes at once when it is full, and otherwise in a moment', async () => {
  await using workers = await startFixture();
  expect(await Promise.all([workers.offload('pair', 1), workers.offload('pair', 2)])).toEqual([1, 2]);
  const values = await Promise.all([1, 2, 3, 4, 5].map((value) => workers.offload('together', { value })));
  expect(values.map(({ ran }) => ran)).toEqual([1, 2, 3, 4, 5]);
});

test('each item of a batch has its whole deadline, whatever those before it took', async () => {
  await using workers = await startFixture();
  const calls = [1, 2, 3, 4].map((value) => workers.offload('together', { value, act: 'work' }, { deadlineMs: 500 }));
  expect((await Promise.all(calls)).map(({ ran }) => ran)).toEqual([1, 2, 3, 4]);
  expect(workers.stats().quick).toMatchObject({ done: 4, timedOut: 0, restarts: 0 });
});

test.for(['exit', 'spin'] as const)(
  'an item that ends its thread by "%s" fails alone, the others are run again',
  async (act) => {
    if (onDeno && act === 'spin') return; // such a thread would burn on after the test
    await using workers = await startFixture();
    const deadlineMs = act === 'spin' ? 500 : 20_000;
    const calls = [1, 2, 3, 4].map((value) =>
      workers.offload('together', { value, ...(value === 2 && { act }) }, { deadlineMs }),
    );
    const [first, culprit, ...others] = await Promise.allSettled(calls);
    expect(culprit).toMatchObject({
      status: 'rejected',
      reason: expect.any(act === 'spin' ? DeadlineError : TaskError),
    });
    for (const one of [first, ...others]) expect(one?.status).toBe('fulfilled');
    const { done, failed, timedOut, restarts } = workers.stats().quick;
    expect({ done, lost: failed + timedOut, restarts }).toEqual({ done: 3, lost: 1, restarts: 1 });
  },
);

test('when every item ends its thread, each fails once and the pool recovers', async () => {
  await using workers = await startFixture();
  const calls = [1, 2, 3, 4].map((value) => workers.offload('together', { value, act: 'exit' }));
  for (const one of await Promise.allSettled(calls))
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(TaskError) });
  expect((await workers.offload('together', { value: 9 })).value).toBe(9);
});

test('a caller that gives up does not disturb the others in its batch', async () => {
  await using workers = await startFixture();
  const stop = new AbortController();
  const gone = workers.offload('together', { value: 1 }, { signal: stop.signal });
  const stays = workers.offload('together', { value: 2 });
  stop.abort(new Error('no longer wanted'));
  await expect(gone).rejects.toThrow('no longer wanted');
  expect((await stays).value).toBe(2);
  expect(workers.stats().quick).toMatchObject({ aborted: 1, done: 1, restarts: 0 });
});
