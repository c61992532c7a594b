import { expect, test } from 'vitest';
import { DeadlineError } from '../../src/lib/errors.ts';
import { Mutexes } from '../../src/lib/mutex.ts';

function gate() {
  return Promise.withResolvers<void>();
}

test('a read-then-write under a lock loses no update, however many race', async () => {
  const mutexes = new Mutexes();
  let counter = 0;
  const increment = () =>
    mutexes.run('counter', async () => {
      const seen = counter;
      await null;
      counter = seen + 1;
    });
  await Promise.all(Array.from({ length: 1_000 }, increment));
  expect(counter).toBe(1_000);
  expect(mutexes.size).toBe(0);
});

test('callers of one key run in the order they came; another key does not wait', async () => {
  const mutexes = new Mutexes();
  const held = gate();
  const order: string[] = [];
  const note = (name: string) => async () => void order.push(name);
  const first = mutexes.run('a', async () => {
    await held.promise;
    order.push('a1');
  });
  const rest = [mutexes.run('a', note('a2')), mutexes.run('a', note('a3'))];
  await mutexes.run('b', note('b1'));
  held.resolve();
  await Promise.all([first, ...rest]);
  expect(order).toEqual(['b1', 'a1', 'a2', 'a3']);
});

test('a failure frees the key and reaches its caller alone', async () => {
  const mutexes = new Mutexes();
  const failing = mutexes.run('a', () => Promise.reject(new RangeError('no')));
  const next = mutexes.run('a', async () => 'fine');
  await expect(failing).rejects.toThrow(RangeError);
  expect(await next).toBe('fine');
  expect(mutexes.size).toBe(0);
});

test('a waiting caller may give up without disturbing the order; one that runs is not interrupted', async () => {
  const mutexes = new Mutexes();
  const held = gate();
  const controller = new AbortController();
  const first = mutexes.run('a', () => held.promise, controller);
  const second = mutexes.run('a', async () => 'never', controller);
  const third = mutexes.run('a', async () => 'third');
  controller.abort('enough');
  await expect(second).rejects.toBe('enough');
  held.resolve();
  await first;
  expect(await third).toBe('third');
  await expect(mutexes.run('a', async () => 'never', controller)).rejects.toBe('enough');
  expect(mutexes.size).toBe(0);
});

test('a key handed over in the very moment its receiver gives up is passed on', async () => {
  const mutexes = new Mutexes();
  const held = gate();
  const controller = new AbortController();
  const first = mutexes.run('a', async () => {
    await held.promise;
    // The next in line gets the key right after this, and finds that it no longer wants it.
    queueMicrotask(() => controller.abort('enough'));
  });
  const second = mutexes.run('a', async () => 'second', controller).catch((error: unknown) => error);
  const third = mutexes.run('a', async () => 'third');
  held.resolve();
  await first;
  expect(await third).toBe('third');
  expect(['second', 'enough']).toContain(await second);
  expect(mutexes.size).toBe(0);
});

test('a wait can have a deadline', async () => {
  const mutexes = new Mutexes();
  const held = gate();
  const first = mutexes.run('a', () => held.promise);
  await expect(mutexes.run('a', async () => {}, { deadlineMs: 1 })).rejects.toThrow(
    new DeadlineError('waiting for a took over 1 ms'),
  );
  held.resolve();
  await first;
});
