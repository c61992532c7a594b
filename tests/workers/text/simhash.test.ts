import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distance, simhash } from '../../../src/workers/text/simhash.ts';

const TEXT =
  'hello everybody i am giving away my old graphics card and a keyboard because i have bought new ones this week write me if you would like to have them';

test('counts the bits that differ', () => {
  expect(distance([0, 0], [0, 0])).toBe(0);
  expect(distance([0, 0], [-1, -1])).toBe(64);
  expect(distance([0b1011, 1], [0b0001, 1])).toBe(2);
});

test('is the same for what differs in signs, pictures and figures alone', () => {
  const print = simhash('buy 100 coins now');
  expect(simhash('buy 25 coins - now!! 🎉')).toEqual(simhash('buy 25 coins - now!! '));
  expect(simhash('buy 7 coins now')).toEqual(print);
});

test('changes little when a letter does', () => {
  fc.assert(
    fc.property(fc.nat(TEXT.length - 1), fc.constantFrom('x', '', 'zz'), (at, put) => {
      expect(distance(simhash(TEXT), simhash(TEXT.slice(0, at) + put + TEXT.slice(at + 1)))).toBeLessThanOrEqual(12);
    }),
  );
});
