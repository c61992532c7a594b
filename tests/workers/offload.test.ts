import { expect, expectTypeOf, test } from 'vitest';
import { BusyError, DeadlineError, StoppingError, TaskError } from '../../src/lib/errors.ts';
import type { Observed } from '../../src/workers/lane.ts';
import { startWorkers } from '../../src/workers/offload.ts';
import { onDeno, startFixture } from './fixtures/start.ts';

test('a task runs in a thread, with types from its schemas', async () => {
  await using workers = await startFixture();
  const sum = await workers.offload('sum', { left: 2, right: 3 });
  expectTypeOf(sum).toEqualTypeOf<number>();
  expect(sum).toBe(5);
});

test('an input that does not fit its schema is refused inside the thread', async () => {
  await using workers = await startFixture();
  // @ts-expect-error the schema says number
  const error = await workers.offload('sum', { left: 'two', right: 3 }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TaskError);
  expect(error).toMatchObject({
    message: 'sum failed',
    cause: { name: 'TaskError', message: 'input/left: Expected number' },
  });
});

test('an output that does not fit its schema is refused inside the thread', async () => {
  await using workers = await startFixture();
  await expect(workers.offload('lie', { length: 2 })).rejects.toMatchObject({
    cause: { name: 'TaskError', message: expect.stringMatching(/^output\/text: /) },
  });
});

test('what a task throws arrives with its class name, code and cause', async () => {
  await using workers = await startFixture();
  const error = await workers.offload('fail', { fail: true }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TaskError);
  expect(error).toMatchObject({
    cause: {
      name: 'TypeError',
      code: 'E_SURFACE',
      message: 'on the surface',
      cause: { name: 'RangeError', code: 'E_ROOT' },
    },
  });
});

test('what cannot be sent is refused, and the thread lives on', async () => {
  await using workers = await startFixture();
  const left = (() => 1) as unknown as number; // a function cannot be cloned
  await expect(workers.offload('sum', { left, right: 1 })).rejects.toBeInstanceOf(TaskError);
  expect(await workers.offload('sum', { left: 1, right: 1 })).toBe(2);
  expect(workers.stats().quick).toMatchObject({ failed: 1, done: 1, restarts: 0, busy: 0 });
});

test('a thread that spins past its deadline is replaced, and the next task runs', async () => {
  await using workers = await startFixture();
  const spinning = workers.offload('spin', { ms: 1_500 }, { deadlineMs: 100 });
  await expect(spinning).rejects.toThrow(new DeadlineError('spin took over 100 ms'));
  expect(await workers.offload('size', { bytes: Uint8Array.of(1) })).toBe(1);
  const { timedOut, restarts, stuck } = workers.stats().bulk;
  expect({ timedOut, restarts, stuck }).toEqual({ timedOut: 1, restarts: 1, stuck: onDeno ? 1 : 0 });
  // On Deno it lets go of its core once it comes back by itself.
  await expect.poll(() => workers.stats().bulk.stuck).toBe(0);
});

test('the deadline counts from the start of the work, not from the queue', async () => {
  await using workers = await startFixture();
  const naps = [1, 2, 3].map(() => workers.offload('nap', { ms: 700 }, { deadlineMs: 2_000 }));
  await expect(Promise.all(naps)).resolves.toHaveLength(3);
});

test('what has waited too long for a thread is refused', async () => {
  await using workers = await startFixture({ queueMs: { quick: 50, bulk: 50 } });
  const long = workers.offload('nap', { ms: 1_000 });
  await expect(workers.offload('nap', { ms: 1 })).rejects.toThrow(
    new BusyError('nap: no bulk thread was free for 50 ms'),
  );
  await long;
});

test('a full queue refuses the next call at once', async () => {
  await using workers = await startFixture({ maxQueue: 2 });
  const taken = [1, 2, 3].map(() => workers.offload('nap', { ms: 20 }));
  expect(workers.stats().bulk).toMatchObject({ busy: 1, queued: 2 });
  await expect(workers.offload('nap', { ms: 20 })).rejects.toThrow(new BusyError('nap: the bulk queue is full (2)'));
  await Promise.all(taken);
  expect(workers.stats().bulk).toMatchObject({ busy: 0, queued: 0, done: 3, busyRefused: 1 });
});

test('a caller that gives up gets its own reason: waiting, at work or too late', async () => {
  await using workers = await startFixture();
  const reason = new Error('no longer wanted');
  const [atWork, waiting] = [new AbortController(), new AbortController()];
  const first = workers.offload('nap', { ms: 60_000 }, { signal: atWork.signal });
  const second = workers.offload('nap', { ms: 60_000 }, { signal: waiting.signal });
  waiting.abort(reason);
  await expect(second).rejects.toBe(reason);
  atWork.abort(reason);
  await expect(first).rejects.toBe(reason);
  await expect(workers.offload('nap', { ms: 1 }, { signal: atWork.signal })).rejects.toBe(reason);
  await workers.offload('nap', { ms: 1 });
  expect(workers.stats().bulk).toMatchObject({ aborted: 3, done: 1, restarts: 1, queued: 0 });
});

test.for(['exit', 'throw later'] as const)('a thread lost to "%s" takes only its own task along', async (how) => {
  await using workers = await startFixture();
  const died = workers.offload('die', { how }).catch((error: unknown) => error);
  const next = workers.offload('size', { bytes: Uint8Array.of(1, 2) });
  expect(await died).toBeInstanceOf(TaskError);
  expect(await died).toMatchObject({ message: 'die could not be run', cause: expect.any(Error) });
  expect(await next).toBe(2);
  expect(workers.stats().bulk).toMatchObject({ failed: 1, done: 1, restarts: 1, threads: 1 });
});

test('a lane does not wait for the other', async () => {
  await using workers = await startFixture();
  const stop = new AbortController();
  const bulk = workers.offload('nap', { ms: 60_000 }, { signal: stop.signal });
  expect(await workers.offload('sum', { left: 1, right: 1 })).toBe(2);
  expect(workers.stats().bulk.busy).toBe(1);
  stop.abort(new Error('enough'));
  await expect(bulk).rejects.toThrow('enough');
});

test('a transferred buffer is moved, any other is copied', async () => {
  await using workers = await startFixture();
  const [moved, copied] = [new Uint8Array(1_000), new Uint8Array(1_000)];
  expect(await workers.offload('size', { bytes: moved }, { transfer: [moved.buffer] })).toBe(1_000);
  expect(await workers.offload('size', { bytes: copied })).toBe(1_000);
  expect([moved.byteLength, copied.byteLength]).toEqual([0, 1_000]);
});

test('a file of the largest size crosses before a thread is given up', async () => {
  // Far longer than it takes, and a fraction of what looking at every byte as a field of its own took.
  await using workers = await startFixture({ queueMs: { quick: 10_000, bulk: 10_000 } });
  const bytes = new Uint8Array(25_000_000);
  expect(await workers.offload('size', { bytes }, { transfer: [bytes.buffer] })).toBe(25_000_000);
});

test('closing takes nothing new, lets what was taken finish, and gives up what takes too long', async () => {
  const workers = await startFixture();
  const short = [1, 2].map(() => workers.offload('nap', { ms: 30 }));
  const closed = workers.close(10_000);
  await expect(workers.offload('nap', { ms: 1 })).rejects.toBeInstanceOf(StoppingError);
  await expect(Promise.all(short)).resolves.toHaveLength(2);
  await closed;
  await workers.close();

  const others = await startFixture();
  const long = others.offload('nap', { ms: 60_000 });
  const [outcome] = await Promise.all([long.catch((error: unknown) => error), others.close(20)]);
  expect(outcome).toBeInstanceOf(StoppingError);
});

test('each call is told of once it has ended', async () => {
  const seen: Observed[] = [];
  await using workers = await startFixture({ onOutcome: (observed) => seen.push(observed) });
  await workers.offload('sum', { left: 1, right: 1 });
  await workers.offload('fail', { fail: true }).catch(() => {});
  await workers.offload('nap', { ms: 30 });
  expect(seen.map(({ name, lane, ending }) => [name, lane, ending])).toEqual([
    ['sum', 'quick', 'done'],
    ['fail', 'quick', 'failed'],
    ['nap', 'bulk', 'done'],
  ]);
  const { runMs, waitMs } = workers.stats().bulk;
  expect([runMs.count, waitMs.count]).toEqual([1, 1]);
  expect(runMs.max).toBeGreaterThan(25);
});

test('the same tasks give the same answers on the calling thread', async () => {
  const counts = {
    bytesOut: 1_000,
    entries: 10,
    depth: 1,
    pixels: 10,
    roughPixels: 10,
    frames: 10,
    pages: 10,
    rows: 10,
  };
  const limits = { ...counts, milliseconds: 10_000 };
  const author = { id: '123456789012345678', roles: [], accountMs: 0 };
  const message = { text: 'two words', author, channel: { id: '2' }, edited: false, forwarded: false, count: true };
  await using threads = await startWorkers({ threads: 2 });
  await using inline = await startWorkers({ inline: true });
  const answers = [threads, inline].map(async (workers) => {
    await expect(workers.offload('burn', { iterations: 0 })).rejects.toMatchObject({ cause: { name: 'TaskError' } });
    return [
      await workers.offload('burn', { iterations: 100 }),
      await workers.offload('judgeMessage', message),
      await workers.offload('inspectFile', { bytes: Buffer.from('a,b\n1,2\n'), name: 'a.csv', declared: '', limits }),
    ];
  });
  expect(await answers[1]).toEqual(await answers[0]);
});

test('a file that cannot be loaded is an error at the start, not at the first task', async () => {
  const filename = new URL('./fixtures/missing.ts', import.meta.url).href;
  await expect(startFixture({ filename })).rejects.toThrow(TaskError);
});
