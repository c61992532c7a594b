import { expect, test } from 'vitest';
import { BusyError } from '../../src/lib/errors.ts';
import { dispatch } from '../../src/workers/dispatch.ts';
import type { Threads } from '../../src/workers/threads.ts';

test('work that no thread has begun is said to have found none, and nothing is held against it', async () => {
  const never: Threads = {
    size: 1,
    restarts: 0,
    run: (_, { signal } = {}) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const { signal } = new AbortController();
  const shipment = { name: 'nap', inputs: [{}], deadlinesMs: [1], startMs: 5, transfer: [], signal };
  expect(await dispatch(never, shipment)).toMatchObject({ kind: 'lost', at: -1, error: expect.any(BusyError) });
});
