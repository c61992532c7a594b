import { expect, test } from 'vitest';
import { failures, settle } from '../../src/lib/failures.ts';

test('waits for every part and names those that failed, in the order given', async () => {
  const slow = Promise.withResolvers<void>();
  const parts = failures({
    welcome: slow.promise,
    roles: Promise.reject(new RangeError('no')),
    log: Promise.resolve('fine'),
  });
  slow.reject(new TypeError('late'));
  expect(await parts).toEqual([
    ['welcome', new TypeError('late')],
    ['roles', new RangeError('no')],
  ]);
});

test('has nothing to say when all went well', async () => {
  expect(await failures({ one: Promise.resolve(1) })).toEqual([]);
});

test('what went well is given by name, beside what failed', async () => {
  const { done, failed } = await settle({ one: Promise.resolve(1), two: Promise.reject(new RangeError('no')) });
  expect([...done]).toEqual([['one', 1]]);
  expect(failed).toEqual([['two', new RangeError('no')]]);
});
