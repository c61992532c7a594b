import { describe, expect, test } from 'vitest';
import { barOf } from '../../bench/measure/bar.ts';
import { Latencies } from '../../bench/measure/latencies.ts';
import { whyInvalid } from '../../bench/measure/validity.ts';
import { judge, summarise } from '../../bench/report/summary.ts';
import { roundOf } from './rounds.ts';

test('the bar is twice the floor, or 5 ms above it where that is more', () => {
  expect([1, 2.1, 5, 12].map(barOf)).toEqual([6, 7.1, 10, 24]);
});

test('a mode is all its rounds in one, and the ratio that of the merged p99s', () => {
  const modes = summarise([
    roundOf('offload', [1, 2]),
    roundOf('inline', [40, 60]),
    roundOf('floor', [1, 1]),
    roundOf('offload', [3, 4]),
  ]);
  expect(modes.map(({ mode, rounds, ack }) => [mode, rounds, ack.count])).toEqual([
    ['offload', 2, 4],
    ['inline', 1, 2],
    ['floor', 1, 2],
  ]);
  const { ratio, bar } = judge(modes);
  expect(ratio).toBeCloseTo(15, 0);
  expect(bar).toMatchObject({ met: true });
  expect(bar?.p99).toBeCloseTo(6, 1);
});

test('offload above the bar misses it', () => {
  expect(judge(summarise([roundOf('offload', [6.5]), roundOf('floor', [1])])).bar?.met).toBe(false);
});

test('rounds that are not valid do not count, but are counted', () => {
  const [offload] = summarise([
    roundOf('offload', [900], { invalid: ['the driver sent late'] }),
    roundOf('offload', [2]),
  ]);
  expect(offload).toMatchObject({ rounds: 2, validRounds: 1 });
  expect(offload?.ack.max).toBeCloseTo(2, 1);
});

test('where no round is valid all are shown, but nothing is judged by them', () => {
  const modes = summarise([roundOf('offload', [900], { invalid: ['the driver sent late'] }), roundOf('inline', [900])]);
  expect(modes[0]).toMatchObject({ rounds: 1, validRounds: 0 });
  expect(modes[0]?.ack.count).toBe(1);
  expect(judge(modes)).toEqual({});
});

test('a floor without a valid round makes no bar, but leaves the ratio', () => {
  const disturbed = roundOf('floor', [900], { invalid: ['the driver sent late'] });
  const verdict = judge(summarise([roundOf('offload', [2]), roundOf('inline', [20]), disturbed]));
  expect(verdict.ratio).toBeCloseTo(10, 0);
  expect(verdict.bar).toBeUndefined();
});

test('tasks are told by the second, and the loop by the worst of all rounds', () => {
  const [offload] = summarise([
    roundOf('offload', [1], { tasks: 50, loop: { p50: 1, p99: 2, p999: 80, max: 90 } }),
    roundOf('offload', [1], { tasks: 150, loop: { p50: 1, p99: 4, p999: 5, max: 5 } }),
  ]);
  expect(offload).toMatchObject({ tasksPerSecond: 10, loop: { p99: 4, p999: 80, max: 90 } });
});

describe('a round is not valid', () => {
  const calm = roundOf('offload', [1]);
  const late = (ms: readonly number[]) => {
    const latencies = new Latencies();
    for (const one of ms) latencies.record(one);
    return { ...calm, driver: { ...calm.driver, late: latencies.percentiles() } };
  };

  test('when the driver often sent late', () => {
    expect(whyInvalid(late(Array(100).fill(8)), { mustWork: true })).toEqual([expect.stringContaining('sent late')]);
  });

  test('when the driver was held up once for longer than the time between two probes', () => {
    expect(whyInvalid(late([...Array(999).fill(1), 120]), { mustWork: true })).toEqual([
      expect.stringContaining('at most 120'),
    ]);
  });

  test('but not when it was late by little of what people waited', () => {
    const { ack } = roundOf('inline', [500]);
    const held = (ms: number) => ({ ...late(Array(100).fill(ms)), ack });
    expect(whyInvalid(held(12), { mustWork: true })).toEqual([]);
    expect(whyInvalid(held(40), { mustWork: true })).toEqual([expect.stringContaining('sent late')]);
  });

  test('when the loop of the driver stood still', () => {
    const stalled = { ...calm, driver: { ...calm.driver, loop: { p50: 1, p99: 3, p999: 200, max: 200 } } };
    expect(whyInvalid(stalled, { mustWork: true })).toEqual([expect.stringContaining('stood still for 200.0 ms')]);
  });

  test('when probes were refused, or there was no load', () => {
    expect(whyInvalid({ ...calm, refused: 3, tasks: 0 }, { mustWork: true })).toHaveLength(2);
    expect(whyInvalid({ ...calm, tasks: 0 }, { mustWork: false })).toEqual([]);
  });

  test('but not for answers that are slow or lost: those are its result', () => {
    expect(whyInvalid(roundOf('inline', [3_000], { lost: 1 }), { mustWork: true })).toEqual([]);
  });
});
