import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ShedQueue, TENURES, type Tenure } from '../../../src/services/automod/shed-queue.ts';

function of(tenure: Tenure, order: number) {
  return { tenure, order };
}

test('what came first is taken first, whoever wrote it', () => {
  const queue = new ShedQueue(10);
  for (const [order, tenure] of [...TENURES, ...TENURES].entries()) queue.push(of(tenure, order));
  const taken = Array.from({ length: 9 }, () => queue.take()?.order);
  expect(taken).toEqual([0, 1, 2, 3, 4, 5, 6, 7, undefined]);
});

test('those of the longest standing give way, newcomers to nobody but newcomers that came before', () => {
  const queue = new ShedQueue(3);
  for (const [order, tenure] of (['newcomer', 'trusted', 'long-standing'] as const).entries())
    queue.push(of(tenure, order));
  expect(queue.push(of('ordinary', 3))).toEqual(of('trusted', 1));
  expect(queue.push(of('trusted', 4))).toEqual(of('trusted', 4));
  expect(queue.push(of('newcomer', 5))).toEqual(of('long-standing', 2));
  expect(queue.push(of('newcomer', 6))).toEqual(of('ordinary', 3));
  expect(queue.push(of('newcomer', 7))).toEqual(of('newcomer', 7));
  expect(queue.size).toBe(3);
});

test('what is put back comes before what came later', () => {
  const queue = new ShedQueue(3);
  for (const order of [0, 1, 2]) queue.push(of('ordinary', order));
  const first = queue.take();
  queue.push(of('ordinary', 3));
  if (first) queue.putBack(first);
  expect(queue.size).toBe(4);
  expect([0, 1, 2, 3].map(() => queue.take()?.order)).toEqual([0, 1, 2, 3]);
});

test('nothing is lost or taken twice, and what is shed was of the longest standing there', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.constantFrom(...TENURES)), { maxLength: 60 }), (steps) => {
      const queue = new ShedQueue(5);
      const inside = new Map<number, Tenure>();
      for (const [order, step] of steps.entries()) {
        if (step === null) {
          const taken = queue.take();
          expect(taken?.order).toBe([...inside.keys()][0]);
          if (taken) inside.delete(taken.order);
          continue;
        }
        inside.set(order, step);
        const shed = queue.push(of(step, order));
        if (!shed) continue;
        expect(TENURES.indexOf(shed.tenure)).toBe(Math.min(...[...inside.values()].map((one) => TENURES.indexOf(one))));
        inside.delete(shed.order);
      }
      expect(queue.size).toBe(inside.size);
    }),
  );
});
