import { expect, test } from 'vitest';
import { InOrder } from '../../../src/services/automod/in-order.ts';

test('what belongs together is done in the order in which it came, and waits for nothing else', async () => {
  const done: string[] = [];
  const held = new Map<string, PromiseWithResolvers<void>>();
  const order = new InOrder<string>((one) => {
    done.push(one);
    return held.get(one)?.promise;
  });
  const turns = ['a1', 'b1', 'a2', 'a3', 'b2'].map((one) => order.enter(one.charAt(0), one));
  const [a1, b1, a2, a3, b2] = turns;
  if (!a1 || !b1 || !a2 || !a3 || !b2) throw new Error('five have come');
  const slow = Promise.withResolvers<void>();
  held.set('a2', slow);
  order.ready(a3);
  order.ready(a2);
  expect(done).toEqual([]);
  order.ready(b1);
  order.ready(a1);
  expect(done).toEqual(['b1', 'a1', 'a2']);
  order.ready(b2);
  expect(done).toEqual(['b1', 'a1', 'a2', 'b2']);
  slow.resolve();
  await slow.promise;
  await Promise.resolve();
  expect(done).toEqual(['b1', 'a1', 'a2', 'b2', 'a3']);
});

test('a key of which all is done begins anew', () => {
  const done: number[] = [];
  const order = new InOrder<number>((one) => {
    done.push(one);
    return undefined;
  });
  for (const one of [1, 2]) order.ready(order.enter('a', one));
  expect(done).toEqual([1, 2]);
});
