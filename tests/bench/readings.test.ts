import { expect, test } from 'vitest';
import { lateBetween, readLoopDelays, readReadings } from '../../bench/processes/bot-status.ts';
import { cpuTime, memoryOf, ticksOf } from '../../bench/processes/usage.ts';
import { createMetrics } from '../../src/lib/metrics.ts';

test('CPU time is read also of a process with a strange name', () => {
  expect(ticksOf('42 (a) b (c) S 1 42 42 0 -1 4194304 100 0 0 0 250 50 0 0 20 0 9 0 100 1000 10')).toBe(300);
});

test.runIf(process.platform === 'linux')('the CPU time and the memory of a process that lives are told', async () => {
  expect(await cpuTime(process.pid)).toMatchObject({ mainMs: expect.any(Number) });
  const memory = await memoryOf(process.pid);
  expect(memory?.resident).toBeGreaterThan(1_000_000);
  expect(memory?.peak).toBeGreaterThanOrEqual(memory?.resident ?? 0);
});

test('of a process that is gone nothing is told', async () => {
  expect(await cpuTime(2 ** 30)).toBeUndefined();
  expect(await memoryOf(2 ** 30)).toBeUndefined();
});

test("the bot's loop delays are found in its metrics as they are really written", async () => {
  const metrics = createMetrics();
  using _reading = metrics.loopDelay.from(() => [
    [{ quantile: '0.5' }, 0.001],
    [{ quantile: '0.99' }, 0.0025],
    [{ quantile: '0.999' }, 0.1],
    [{ quantile: '1' }, 0.25],
  ]);
  expect(readLoopDelays(await metrics.registry.metrics())).toEqual({ p50: 1, p99: 2.5, p999: 100, max: 250 });
});

test('metrics without loop delays are not taken for calm ones', () => {
  expect(() => readLoopDelays('rockhopper_up 1\n')).toThrow('does not tell its loop delay');
});

test('what held the loop up is found in the metrics as they are really written, and counts between two looks', async () => {
  const metrics = createMetrics();
  using _reading = metrics.loopDelay.from(() =>
    ['0.5', '0.99', '0.999', '1'].map((quantile) => [{ quantile }, 0] as const),
  );
  const look = async () => readReadings(await metrics.registry.metrics());
  metrics.databaseQuery.observe({}, 0.01);
  metrics.late.inc({ ran: 'job "x"' });
  metrics.lateSeconds.inc({ ran: 'job "x"' }, 0.02);
  const before = await look();
  for (const ran of ['/ping', 'job "x"', '/ping']) {
    metrics.late.inc({ ran });
    metrics.lateSeconds.inc({ ran }, 0.01);
  }
  const after = await look();
  const between = lateBetween(before.late, after.late).map(({ ms, ...late }) => ({ ...late, ms: Math.round(ms) }));
  expect(between).toEqual([
    { ran: '/ping', count: 2, ms: 20 },
    { ran: 'job \\"x\\"', count: 1, ms: 10 },
  ]);
  expect(after.database).toEqual({ queries: 1, ms: 10 });
  expect(after.heap).toBeGreaterThan(1_000_000);
});
