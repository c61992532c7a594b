import { expect, test } from 'vitest';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { RuleCooldowns } from '../../../src/services/automod/cooldowns.ts';
import { type Copy, FloodWindows } from '../../../src/services/automod/flood.ts';
import { RateWindows } from '../../../src/services/automod/rate.ts';
import { simhash } from '../../../src/workers/text/simhash.ts';

const BEGIN = Date.UTC(2026, 0, 1);
const WINDOW = { seconds: 60, by: 'anyone' } as const;
const KEEP = { keepMs: 60_000, edited: false };

function copy(text: string, ms: number, more: Partial<Copy> = {}): Copy {
  const [one, two] = simhash(text);
  const print = { text: [one, two], letters: text.length, links: [] } satisfies Copy['print'];
  const id = snowflakeAt(BEGIN + ms);
  return {
    guild: '1',
    channel: '2',
    id,
    author: 'a',
    username: 'a',
    roles: [],
    files: [],
    webhook: undefined,
    print,
    ...more,
  };
}

const LONG = 'the quick brown fox jumps over the lazy dog and runs away';

test('what is only pictures or signs is not the same as other pictures, unless one author writes it', () => {
  const windows = new FloodWindows();
  const one = copy('😀'.repeat(20), 0);
  const other = copy('🔥'.repeat(20), 1_000, { author: 'b' });
  for (const each of [one, other]) windows.record(each, KEEP);
  expect(windows.like(one, WINDOW)).toEqual([one]);
  const again = copy('😀'.repeat(20), 2_000);
  windows.record(again, KEEP);
  expect(windows.like(again, WINDOW)).toEqual([one, again]);
});

test('what leads to the same place is the same from one author, and from several where they say about the same', () => {
  const windows = new FloodWindows();
  const led = (text: string, ms: number, author: string) => {
    const made = copy(text, ms, { author });
    return { ...made, print: { ...made.print, links: [7] } };
  };
  const one = led(LONG, 0, 'a');
  const two = led('completely other words for the very same address as before', 1, 'a');
  const three = led('nothing at all that anybody else has said today, I promise', 2, 'b');
  for (const each of [one, two, three]) windows.record(each, KEEP);
  expect(windows.like(two, WINDOW)).toEqual([one, two]);
  expect(windows.like(two, { ...WINDOW, by: 'author' })).toEqual([one, two]);
});

test('what is older than the window is not kept, and no more than a bounded number is', () => {
  const windows = new FloodWindows();
  windows.record(copy(LONG, 0), KEEP);
  windows.record(copy(LONG, 61_000), KEEP);
  expect(windows.size).toBe(1);
  for (let at = 0; at < 3_000; at += 1) windows.record(copy(`${at} ${LONG}`, 61_000 + at), KEEP);
  expect(windows.size).toBe(2_048);
  const rates = new RateWindows();
  for (let at = 0; at < 25_000; at += 1)
    rates.record(String(at), { channel: '2', id: snowflakeAt(BEGIN) }, { most: 5, seconds: 10 });
  expect(rates.size).toBe(20_000);
  const cooldowns = new RuleCooldowns([]);
  for (let at = 0; at < 25_000; at += 1) cooldowns.take(String(at), 60, BEGIN);
  expect(cooldowns.size).toBe(20_000);
});

test('of one author all are counted, however many others write the same', () => {
  const windows = new FloodWindows();
  const own = [0, 1, 2].map((at) => copy(LONG, at));
  for (const each of own) windows.record(each, KEEP);
  for (let at = 0; at < 300; at += 1) windows.record(copy(LONG, 10 + at, { author: `other ${at}` }), KEEP);
  const last = copy(LONG, 1_000);
  windows.record(last, KEEP);
  expect(windows.like(last, WINDOW)).toHaveLength(200);
  expect(windows.like(last, { ...WINDOW, by: 'author' })).toEqual([...own, last]);
});

test('all that belongs to one flood belongs to it for each rule by itself', () => {
  const windows = new FloodWindows();
  const all = [0, 1, 2].map((at) => copy(LONG, at, { author: String(at) }));
  for (const each of all) windows.record(each, KEEP);
  const [one] = all;
  if (!one) return;
  const { flood, copies } = windows.flood(one, 'rule', WINDOW);
  expect(copies).toEqual(all);
  const late = copy(LONG, 50);
  windows.record(late, KEEP);
  expect(windows.flood(late, 'rule', WINDOW).flood).toBe(flood);
  expect(windows.flood(late, 'other', WINDOW).flood).not.toBe(flood);
});

test('how fast somebody writes is told by when they wrote, in whatever order it comes', () => {
  const rates = new RateWindows();
  const placed = (ms: number) => ({ channel: '2', id: snowflakeAt(BEGIN + ms) });
  const counted = (key: string, all: readonly number[]) =>
    all.map((ms) => rates.record(key, placed(ms), { most: 3, seconds: 10 }).length);
  // Ten minutes apart, the newest first, as channels are read after an outage.
  expect(counted('slow', [2_400_000, 1_800_000, 1_200_000, 600_000, 0])).toEqual([1, 1, 1, 1, 1]);
  // One that was missed long before others: nine seconds before and nine after are no ten seconds.
  expect(counted('late', [700_000, 700_001, 700_002, 0])).toEqual([1, 2, 3, 1]);
  expect(counted('around', [0, 18_000, 9_000])).toEqual([1, 1, 2]);
  expect(counted('fast', [5_000, 6_000, 3_000])).toEqual([1, 2, 3]);
  expect(counted('ever', [0, 4_000, 8_000, 12_000, 16_000])).toEqual([1, 2, 3, 3, 3]);
});
