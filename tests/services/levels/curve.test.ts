import { expect, test } from 'vitest';
import { levelOf, MOST_LEVEL, pointsFor, progressOf } from '../../../src/services/levels/curve.ts';

test('levels take so many points in all, and a point less is a level less', () => {
  expect([0, 1, 2, 3, 10].map(pointsFor)).toEqual([0, 100, 255, 475, 4_675]);
  for (let level = 1; level <= MOST_LEVEL; level++) {
    expect(levelOf(pointsFor(level))).toBe(level);
    expect(levelOf(pointsFor(level) - 1)).toBe(level - 1);
    expect(pointsFor(level) - pointsFor(level - 1)).toBe(5 * (level - 1) ** 2 + 50 * (level - 1) + 100);
  }
});

test('how far it is to the next level is said, and at the highest nothing is left', () => {
  expect(progressOf(0)).toEqual({ level: 0, done: 0, of: 100 });
  expect(progressOf(130)).toEqual({ level: 1, done: 30, of: 155 });
  expect(progressOf(10 ** 12)).toMatchObject({ level: MOST_LEVEL, of: 0 });
});
