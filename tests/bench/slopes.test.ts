import { expect, test } from 'vitest';
import { slopeCells, slopeOf } from '../../bench/report/slopes.ts';
import { randomOf } from '../files/random.ts';
import { roundOf } from './rounds.ts';

const HALF_AN_HOUR = Array.from({ length: 3_600 }, (_, at) => at * 500);
const MB = 1_048_576;

test('a line is found as it was made, whatever its first part did', () => {
  const slope = slopeOf(HALF_AN_HOUR.map((at) => [at, at < 60_000 ? 900 : 100 + at / 60_000]));
  expect(slope?.perHour).toBeCloseTo(60, 5);
  expect(slope?.error).toBeCloseTo(0, 5);
  expect(
    slopeOf([
      [0, 1],
      [500, 2],
    ]),
  ).toBeUndefined();
});

test('noise is told from growth', () => {
  const random = randomOf(5);
  const round = (perHour: number) => {
    const usage = HALF_AN_HOUR.map((at) => ({
      ...{ at, mainMs: 0, othersMs: 0, threads: 12, handles: 40 + Math.floor(random.next() * 5) },
      resident: (400 + random.next() * 30 + (perHour * at) / 3_600_000) * MB,
    }));
    return roundOf('offload', [1], { series: { latency: [], usage, loop: [], late: [] } });
  };
  const verdicts = (perHour: number) => slopeCells([round(perHour)]).map((cells) => cells.at(-1));
  expect(verdicts(0)).toEqual(['verdict', 'flat within noise', '-', 'flat within noise', 'flat within noise']);
  expect(verdicts(50)[1]).toBe('GROWS');
});

test('of a short round nothing is said', () => {
  expect(slopeCells([roundOf('offload', [1])])).toEqual([]);
});
