import { expect, test } from 'vitest';
import { LoadTally, type Outcome } from '../../bench/driver/load-tally.ts';
import { Latencies } from '../../bench/measure/latencies.ts';

const done = (): Promise<Outcome> => Promise.resolve({ kind: 'done' });

test('only what was sent while it was measured counts, with what became of it later', async () => {
  const tally = new LoadTally();
  const early = Promise.withResolvers<Outcome>();
  const late = Promise.withResolvers<Outcome>();
  const warmUp = tally.watch(0, () => early.promise);
  tally.measuring(true);
  const inTime = tally.watch(performance.now(), done);
  const open = tally.watch(performance.now(), () => late.promise);
  early.resolve({ kind: 'done' });
  await Promise.all([warmUp, inTime]);
  tally.measuring(false);
  late.resolve({ kind: 'done' });
  await Promise.all([open, tally.watch(0, done)]);
  // Of the warm-up's file the work was done meanwhile; of the late one it was not.
  expect(tally.told()).toMatchObject({ sent: 2, done: 2, busy: 0, failed: 0, doneMeanwhile: 2 });
  expect(Latencies.decode(tally.told().took).percentiles().count).toBe(2);
});

test('"try again" and failures are counted apart, whatever fails, and the first says why', async () => {
  const tally = new LoadTally();
  tally.measuring(true);
  await tally.watch(0, () => Promise.resolve({ kind: 'busy' }));
  await tally.watch(0, () => Promise.reject(new Error('no answer')));
  await tally.watch(0, () => Promise.resolve({ kind: 'failed', why: 'another answer' }));
  expect(tally.told()).toMatchObject({ sent: 3, done: 0, busy: 1, failed: 2, firstFailure: 'no answer' });
  expect(Latencies.decode(tally.told().took).percentiles().count).toBe(0);
});
