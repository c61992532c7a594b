import { expect, test } from 'vitest';
import type { Db } from '../../src/db/pool.ts';
import { type Sweep, sweep } from '../../src/scheduler/sweep.ts';
import { FakeTime } from './fake-time.ts';

const START = '2026-01-01T00:00:00Z';
const never = new AbortController().signal;
const noDatabase = undefined as unknown as Db;

/** A table of so many rows, each of which takes so long to delete; time passes only by that and by pausing. */
function table(rows: number, msOf: (limit: number) => number) {
  let nowMs = 0;
  let left = rows;
  const chunks: number[] = [];
  const pauses: number[] = [];
  const limits: number[] = [];
  return {
    chunks,
    pauses,
    limits,
    left: () => left,
    drop: async (_: Db, _before: Date, limit: number) => {
      limits.push(limit);
      const some = Math.min(limit, left);
      left -= some;
      nowMs += msOf(some);
      return some;
    },
    sweeping: {
      db: noDatabase,
      before: new Date(START),
      clock: () => nowMs,
      sleep: async (ms: number) => {
        pauses.push(ms);
        nowMs += ms;
      },
      onChunk: ({ ms }: { readonly ms: number }) => {
        chunks.push(ms);
      },
    },
  };
}

test('chunks grow to what takes the time that is wanted, and stay far below the longest lock', async () => {
  const rows = table(100_000, (count) => 2 + count * 0.05);
  expect(await sweep(rows, { ...rows.sweeping, signal: never })).toBe(100_000);
  expect(rows.left()).toBe(0);
  expect(Math.max(...rows.chunks)).toBeLessThan(25);
  expect(rows.chunks.slice(-10, -1).every((ms) => ms > 6 && ms < 14)).toBe(true);
});

test('a database that turns slow in the middle gets smaller chunks at once', async () => {
  let slow = false;
  const rows = table(20_000, (count) => count * (slow ? 1 : 0.02));
  const drop: typeof rows.drop = async (...asked) => {
    slow = rows.left() < 10_000;
    return await rows.drop(...asked);
  };
  await sweep({ drop }, { ...rows.sweeping, signal: never });
  const firstSlow = rows.chunks.findIndex((ms) => ms > 100);
  expect(rows.chunks.filter((ms) => ms > 100)).toHaveLength(1);
  expect(rows.chunks.slice(firstSlow + 1).every((ms) => ms <= 60)).toBe(true);
});

test('after each chunk others get the database for as long as it took', async () => {
  const rows = table(5_000, (count) => 1 + count * 0.03);
  await sweep(rows, { ...rows.sweeping, signal: never });
  expect(rows.pauses).toEqual(rows.chunks.slice(0, -1));
});

test('a chunk that the server ended for the time it took is tried again with less, and one row that takes too long fails', async () => {
  const tooLong = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  const rows = table(1_000, (count) => count);
  const limited = async (...asked: Parameters<typeof rows.drop>) => {
    if (asked[2] > 20) {
      rows.limits.push(asked[2]);
      throw tooLong;
    }
    return await rows.drop(...asked);
  };
  const limitedRun = { ...rows.sweeping, signal: never };
  expect(await sweep({ drop: limited }, limitedRun)).toBe(1_000);
  expect(rows.limits.slice(0, 3)).toEqual([100, 25, 6]);
  await expect(sweep({ drop: () => Promise.reject(tooLong) }, limitedRun)).rejects.toBe(tooLong);
});

test('it stops between two chunks, and out of a pause, when it is told to', async () => {
  const time = new FakeTime(START);
  const stop = new AbortController();
  const rows = table(100_000, () => 30);
  const swept = sweep(rows, { ...rows.sweeping, sleep: time.sleep, signal: stop.signal });
  await time.sleeping(1);
  stop.abort(new Error('enough'));
  await expect(swept).rejects.toThrow('enough');
  expect(rows.limits).toEqual([100]);
});

test('a chunk begins where the one before has ended, also when it was ended for its time meanwhile', async () => {
  const tooLong = Object.assign(new Error('canceling statement due to statement timeout'), { code: '57014' });
  const froms: (string | undefined)[] = [];
  const rows = table(0, () => 1);
  const ends = [new Date('2025-01-01'), undefined, new Date('2025-02-01')];
  const drop: Sweep['drop'] = async (_db, _before, limit, from) => {
    froms.push(from?.toISOString().slice(0, 10));
    const [upTo] = ends.splice(0, 1);
    if (froms.length === 2) throw tooLong;
    const found = froms.length === 4 ? 0 : limit;
    return { found, deleted: found - 1, upTo };
  };
  await sweep({ drop }, { ...rows.sweeping, signal: never });
  expect(froms).toEqual([undefined, '2025-01-01', '2025-01-01', '2025-02-01']);
});

test('rows that were changed in the same moment, and stay, are not taken for the end', async () => {
  const found = [100, 200, 30];
  const drop: Sweep['drop'] = async () => {
    const some = found.shift() ?? 0;
    return { found: some, deleted: some - 10, upTo: new Date(START) };
  };
  const rows = table(0, () => 1);
  expect(await sweep({ drop }, { ...rows.sweeping, signal: never, clock: () => 0 })).toBe(300);
});
