import { expect, test } from 'vitest';
import { createMetrics } from '../../src/lib/metrics.ts';

test('every name has the prefix, a help text and a unit where it measures time', async () => {
  const all = await createMetrics().registry.getMetricsAsJSON();
  expect(all.length).toBeGreaterThan(20);
  for (const { name, help, type } of all) {
    expect(name).toMatch(/^rockhopper_[a-z_]+$/);
    expect(help.length).toBeGreaterThan(10);
    if (String(type) === 'histogram') expect(name).toMatch(/_seconds$/);
    if (String(type) === 'counter') expect(name).toMatch(/_total$/);
  }
});

test('two bots in one process do not count into each other', async () => {
  const [one, two] = [createMetrics(), createMetrics()];
  one.messagesSeen.inc({});
  expect(await one.registry.metrics()).toContain('rockhopper_messages_seen_total 1');
  expect(await two.registry.metrics()).toContain('rockhopper_messages_seen_total 0');
});

test('durations fall into buckets, and percentiles are told in seconds', async () => {
  const { ack, registry } = createMetrics();
  expect(ack.percentile(99)).toBe(0);
  for (let ms = 1; ms <= 100; ms += 1) ack.observe({ command: 'ping' }, ms / 1_000);
  expect(await registry.metrics()).toContain('rockhopper_ack_seconds_bucket{le="0.05",command="ping"} 50');
  expect(ack.percentile(50)).toBeCloseTo(0.05, 3);
  expect(ack.percentile(99)).toBeCloseTo(0.099, 3);
  ack.observe({ command: 'ping' }, -1);
  ack.observe({ command: 'ping' }, 1e9);
  expect(ack.percentile(100)).toBeGreaterThan(3_000);
});

test('an owner is asked for its value when somebody looks, until it is closed', async () => {
  const { queueDepth, registry } = createMetrics();
  let waiting = 3;
  const quick = queueDepth.from(() => [[{ lane: 'quick' }, waiting]]);
  queueDepth.from(() => [[{ lane: 'bulk' }, 1]]);
  waiting = 4;
  const text = await registry.metrics();
  expect(text).toContain('rockhopper_worker_queue_depth{lane="quick"} 4');
  expect(text).toContain('rockhopper_worker_queue_depth{lane="bulk"} 1');
  quick[Symbol.dispose]();
  expect(await registry.metrics()).not.toContain('lane="quick"');
});

test('values that strangers make up cannot grow the registry without bound', async () => {
  const { interactions, registry } = createMetrics();
  for (let made = 0; made < 10_000; made += 1) interactions.inc({ command: `made-up-${made}`, outcome: 'unknown' });
  interactions.inc({ command: 'made-up-3', outcome: 'unknown' });
  const lines = (await registry.metrics())
    .split('\n')
    .filter((line) => line.startsWith('rockhopper_interactions_total{'));
  expect(lines.length).toBeLessThanOrEqual(151);
  expect(lines).toContain('rockhopper_interactions_total{command="made-up-3",outcome="unknown"} 2');
  expect(lines).toContain('rockhopper_interactions_total{command="other",outcome="unknown"} 9850');
});
