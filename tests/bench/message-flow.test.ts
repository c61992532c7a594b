import { expect, test } from 'vitest';
import { floodRules, PATTERNS } from '../../bench/load/flood-rules.ts';
import { heavyMessages, mixedMessages } from '../../bench/load/messages.ts';
import { addFlows, flowOf, quantile } from '../../bench/measure/message-flow.ts';
import { readMessages } from '../../bench/processes/bot-status.ts';
import { messageCells, messageVerdict } from '../../bench/report/messages-table.ts';
import { summarise } from '../../bench/report/summary.ts';
import { createMetrics } from '../../src/lib/metrics.ts';
import { Pattern } from '../../src/workers/patterns/pattern.ts';
import { problemsOf } from '../../src/workers/rules/check.ts';
import { roundOf } from './rounds.ts';

test('what became of messages is found in the metrics as they are really written, and counts between two looks', async () => {
  const metrics = createMetrics();
  const look = async () => readMessages(await metrics.registry.metrics());
  metrics.messagesAnalysed.inc({}, 5);
  metrics.messagesShed.inc({ reason: 'trusted' });
  metrics.messageVerdict.observe({}, 30);
  const before = await look();
  metrics.messagesAnalysed.inc({}, 100);
  metrics.messagesShed.inc({ reason: 'trusted' }, 2);
  metrics.messagesShed.inc({ reason: 'newcomer' });
  for (let at = 0; at < 98; at++) metrics.messageVerdict.observe({}, 0.002);
  for (let at = 0; at < 2; at++) metrics.messageVerdict.observe({}, 0.02);
  const { analysed, shed, verdict } = flowOf(before, await look());
  expect({ analysed, shed }).toEqual({ analysed: 100, shed: 3 });
  expect(verdict.p50).toBeCloseTo(1.77, 1);
  expect(verdict.p99).toBeCloseTo(17.5, 1);
});

test('a share of a histogram is looked for within its bucket', () => {
  const buckets = [
    { upTo: 1, count: 10 },
    { upTo: 5, count: 90 },
    { upTo: Number.POSITIVE_INFINITY, count: 100 },
  ];
  expect(quantile(buckets, 0.5)).toBe(3);
  expect(quantile(buckets, 0.05)).toBe(0.5);
  expect(quantile(buckets, 0.99)).toBe(Number.POSITIVE_INFINITY);
  expect(quantile([], 0.5)).toBe(0);
});

test('several rounds are added up, with the worst times of any', () => {
  const one = { analysed: 10, shed: 1, verdict: { p50: 1, p99: 9 } };
  expect(addFlows([one, { analysed: 5, shed: 0, verdict: { p50: 2, p99: 3 } }])).toEqual({
    analysed: 15,
    shed: 1,
    verdict: { p50: 2, p99: 9 },
  });
  expect(addFlows([])).toBeUndefined();
});

test('the report says what a message cost the main thread beyond the floor', () => {
  const messages = { analysed: 10_000, shed: 0, verdict: { p50: 3, p99: 8 } };
  const modes = summarise([
    roundOf('offload', [2], { messages, tasks: 10_000, cpu: { mainMs: 1_100, othersMs: 0 } }),
    roundOf('floor', [1], { cpu: { mainMs: 400, othersMs: 0 } }),
  ]);
  expect(messageCells(modes, 1_000)[1]?.slice(1)).toEqual(['1000', '0', '3.0 / 8.0', '110']);
  expect(messageVerdict(modes, 1_000)).toEqual([
    expect.stringContaining('70 us a message more than the floor (OVER 30 us)'),
  ]);
  expect([messageCells(modes, undefined), messageVerdict(modes, undefined)]).toEqual([[], []]);
});

test('the flood has a hundred rules that can be used, with fifty patterns and ten thousand words', () => {
  const rules = floodRules();
  expect(rules.map((rule) => problemsOf(rule)).filter((problems) => problems.length > 0)).toEqual([]);
  for (const source of PATTERNS) expect(() => new Pattern(source, true)).not.toThrow();
  const words = rules.flatMap(({ when }) => JSON.stringify(when).match(/"terms":\[[^\]]*\]/g) ?? []);
  const all = words.flatMap((list) => JSON.parse(`{${list}}`).terms);
  expect([rules.length, PATTERNS.length, new Set(all).size]).toEqual([100, 50, 10_000]);
});

test('the messages are as long as they should be, and the same each time', () => {
  expect(mixedMessages(200)).toEqual(mixedMessages(200));
  const heavy = heavyMessages(50).map((text) => text.length);
  expect(Math.min(...heavy)).toBeGreaterThanOrEqual(1_900);
  expect(Math.max(...heavy)).toBeLessThanOrEqual(4_000);
});
