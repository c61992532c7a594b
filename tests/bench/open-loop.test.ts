import { expect, test } from 'vitest';
import { type Clock, openLoop } from '../../bench/driver/open-loop.ts';
import { Latencies } from '../../bench/measure/latencies.ts';

const EVERY_MS = 50;
const COUNT = 200;
const WORK_MS = 1;
const STALL = { from: 5_000, to: 5_200 };

/** Time that passes only when somebody waits. `heldUp` is when whoever waits until then is kept until `to`. */
function fakeClock(heldUp?: { readonly from: number; readonly to: number }): Clock & { set(moment: number): void } {
  let time = 0;
  return {
    now: () => time,
    set: (moment) => {
      time = Math.max(time, moment);
    },
    until: async (moment) => {
      time = heldUp && moment >= heldUp.from && moment < heldUp.to ? heldUp.to : Math.max(time, moment);
    },
  };
}

/** A bot that answers one after the other and stands still once. Says when it will have answered. */
function stallingBot(): (sentAt: number) => number {
  let free = 0;
  return (sentAt) => {
    const start = Math.max(free, sentAt);
    free = (start >= STALL.from && start < STALL.to ? STALL.to : start) + WORK_MS;
    return free;
  };
}

test('open-loop arrivals show a stall that asking one after the other hides', async () => {
  const open = new Latencies();
  const answeredAt = stallingBot();
  await openLoop({
    everyMs: EVERY_MS,
    count: COUNT,
    clock: fakeClock(),
    send: (intendedAt) => open.record(answeredAt(intendedAt) - intendedAt),
  });

  const closed = new Latencies();
  const clock = fakeClock();
  const bot = stallingBot();
  for (let asked = 0; asked < COUNT; asked++) {
    await clock.until(clock.now() + EVERY_MS - WORK_MS);
    const sentAt = clock.now();
    clock.set(bot(sentAt));
    closed.record(clock.now() - sentAt);
  }

  // Whoever comes during the stall waits: four people of 200, not one.
  expect(open.percentiles().p99).toBeGreaterThan(100);
  expect(closed.percentiles().p99).toBeLessThan(2);
  expect(open.percentiles().max).toBeGreaterThan(190);
});

test('a sender that was held up sends what is overdue with the moments it was meant for', async () => {
  const sent: { intendedAt: number; at: number }[] = [];
  const clock = fakeClock({ from: 500, to: 720 });
  await openLoop({
    everyMs: 100,
    count: 8,
    clock,
    send: (intendedAt) => sent.push({ intendedAt, at: clock.now() }),
  });
  expect(sent.map(({ intendedAt }) => intendedAt)).toEqual([100, 200, 300, 400, 500, 600, 700, 800]);
  expect(sent.map(({ at, intendedAt }) => at - intendedAt)).toEqual([0, 0, 0, 0, 220, 120, 20, 0]);
});

test('an answer is never waited for', async () => {
  let open = 0;
  await openLoop({
    everyMs: 1,
    count: 50,
    clock: fakeClock(),
    send: () => {
      open++;
    },
  });
  expect(open).toBe(50);
});

test('it stops when it is told to', async () => {
  const stop = new AbortController();
  const sent: number[] = [];
  await openLoop({
    everyMs: 10,
    count: 1_000,
    clock: fakeClock(),
    signal: stop.signal,
    send: (_, index) => {
      sent.push(index);
      if (index === 4) stop.abort();
    },
  });
  expect(sent).toEqual([0, 1, 2, 3, 4]);
});
