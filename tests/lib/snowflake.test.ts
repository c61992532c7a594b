import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ClockOffset, createdAt, snowflakeTime } from '../../src/lib/snowflake.ts';

const NOON = Date.parse('2026-01-01T12:00:00Z');
const idOf = (time: number) => (BigInt(time - 1_420_070_400_000) << 22n).toString();

test('an id says when it was made', () => {
  expect(createdAt('175928847299117063').toISOString()).toBe('2016-04-30T11:18:25.796Z');
  expect(snowflakeTime(idOf(NOON))).toBe(NOON);
});

test.each(['', 'abc', '12', '-175928847299117063', '1759288472991170630000'])('%j is no id', (id) => {
  expect(snowflakeTime(id)).toBeNaN();
});

test('the millisecond is right for every id, also for the last and the first in it', () => {
  const exact = (id: bigint) => Number(id >> 22n) + 1_420_070_400_000;
  const near = fc
    .tuple(fc.bigInt(1n << 28n, (1n << 42n) - 2n), fc.bigInt(-600n, 600n))
    .map(([ms, off]) => (ms << 22n) + off);
  const id = fc.oneof(fc.bigInt(10n ** 15n, (1n << 64n) - 1n), near);
  fc.assert(
    fc.property(id, (one) => snowflakeTime(String(one)) === exact(one)),
    { numRuns: 2_000 },
  );
});

describe('the clock offset', () => {
  function clock() {
    let time = NOON;
    const offset = new ClockOffset({ now: () => new Date(time) });
    return {
      offset,
      /** Something made `ageMs` ago by a true clock arrives, while ours is ahead. */
      arrives(ageMs: number, aheadMs: number) {
        time += 1_000;
        offset.see(idOf(time - aheadMs - ageMs));
      },
      pass(ms: number) {
        time += ms;
      },
      now: () => time,
    };
  }

  test('is nothing before anything has arrived', () => {
    expect(clock().offset.ms).toBe(0);
  });

  test('is the smallest difference seen, so what came late does not count', () => {
    const { offset, arrives } = clock();
    for (const age of [800, 40, 2_500, 90]) arrives(age, 5_000);
    expect(offset.ms).toBe(5_040);
  });

  test('stands when the first to arrive after five minutes is late', () => {
    const { offset, arrives, pass } = clock();
    arrives(20, 0);
    pass(5 * 60_000);
    arrives(2_000, 0);
    expect(offset.ms).toBe(20);
  });

  test('may be negative: our clock is behind', () => {
    const { offset, arrives, now } = clock();
    arrives(30, -60_000);
    expect(offset.ms).toBe(-59_970);
    expect(offset.localTime(idOf(now() + 60_000))).toBe(now() + 30);
  });

  test('forgets a clock that has been set right, forwards or backwards, within ten minutes', () => {
    const { offset, arrives, pass } = clock();
    arrives(20, -60_000);
    pass(5 * 60_000);
    arrives(20, 0);
    pass(5 * 60_000);
    arrives(20, 0);
    expect(offset.ms).toBe(20);
    pass(-3_600_000);
    arrives(20, -3_600_000);
    expect(offset.ms).toBe(20 - 3_600_000);
  });

  test('ignores what is no id', () => {
    const { offset } = clock();
    offset.see('nonsense');
    expect(offset.ms).toBe(0);
  });
});
