import { describe, expect, test } from 'vitest';
import { parseDice, throwDice } from '../../src/lib/dice.ts';
import { type Draw, randomBelow, randomSample } from '../../src/lib/random.ts';

/** Draws these pairs, one after the other. */
function drawing(...pairs: readonly (readonly [number, number])[]): Draw {
  const left = [...pairs];
  return (into) => into.set(left.shift() ?? []);
}

test('what would favour some numbers is drawn again', () => {
  // Below 10 four bits are looked at: 10 to 15 do not count.
  expect(randomBelow(10, drawing([0, 15], [0, 10], [0, 16 + 9]))).toBe(9);
  expect(randomBelow(2 ** 33, drawing([3, 7]))).toBe(2 ** 32 + 7);
  expect(randomBelow(1)).toBe(0);
  expect(() => randomBelow(0)).toThrow(RangeError);
  expect(() => randomBelow(2 ** 54)).toThrow(RangeError);
});

test('every number comes as often as any other', () => {
  const counts = new Map<number, number>();
  for (let n = 0; n < 6_000; n++) {
    const drawn = randomBelow(6);
    counts.set(drawn, (counts.get(drawn) ?? 0) + 1);
  }
  const expected = 1_000;
  const chiSquared = [0, 1, 2, 3, 4, 5].reduce((sum, n) => sum + ((counts.get(n) ?? 0) - expected) ** 2 / expected, 0);
  // With five degrees of freedom a fair die goes beyond this once in a million million times.
  expect(chiSquared).toBeLessThan(65);
});

test('a sample has nothing twice', () => {
  expect([...randomSample([1, 2, 3, 4], 4)].sort()).toEqual([1, 2, 3, 4]);
  expect(randomSample([1, 2, 3], 2, drawing([0, 2], [0, 0]))).toEqual([3, 1]);
});

describe('dice', () => {
  test.each([
    '2d6+1',
    'd20',
    ' 4D8 - d4 ',
    '1w6',
    'd%',
    '3+2d6',
    '100d1000',
    '1d6+1d6+1d6+1d6+1d6+1d6+1d6+1d6+1d6+1d6',
  ])('%s can be thrown', (text) => {
    expect(parseDice(text)).toBeDefined();
  });

  test.each([
    '',
    'hello',
    '6',
    '101d6',
    '60d6+60d6',
    'd1',
    'd1001',
    '0d6',
    '2d6d6',
    '2d6 3',
    '2d6+',
    'd6'.repeat(40),
    '1e9d6',
  ])('%s cannot', (text) => {
    expect(parseDice(text)).toBeUndefined();
  });

  test('the total is what the dice show, with what is added and taken away', () => {
    const faces = [2, 5, 1];
    const { thrown, total } = throwDice(parseDice('2d6+10-d4') ?? [], () => faces.shift() ?? 0);
    expect(thrown.map(({ dice }) => dice)).toEqual([[3, 6], [], [2]]);
    expect(total).toBe(17);
  });
});
