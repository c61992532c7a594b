import { expect, test } from 'vitest';
import { countDeath, deathsOf, keepInspection } from '../../../src/db/inspections.ts';
import { startBot } from '../../bot.ts';
import { wordsOn } from './asking.ts';

const NOON = new Date('2026-03-01T12:00:00Z');
const bytes = new TextEncoder().encode('name,age\nAda,36\nAlan,41\n');

test('the same content is opened once, however many ask at a time and whatever it is called', async () => {
  await using bot = await startBot();
  const names = ['people.csv', 'other.csv', 'third.csv', `${'long'.repeat(70)}.csv`];
  const cards = await Promise.all(names.map((name) => wordsOn(bot, { name, bytes })));
  expect(bot.app.workers.stats().bulk.done).toBe(1);
  for (const card of cards) expect(card).toContain('table');
  const later = await wordsOn(bot, { name: `${'later'.repeat(60)}.csv`, bytes });
  expect(bot.app.workers.stats().bulk.done).toBe(1);
  expect(later).toContain('**Careful**');
  expect(cards[0]).toMatch(/^### people\.csv\n\*\*Safe\*\*/);
  expect(cards[3]).toContain('**Careful**');
});

test('what ran out of time is not opened again at once, and is some minutes later', async () => {
  let minutes = 0;
  const now = () => new Date(NOON.getTime() + minutes * 60_000);
  await using bot = await startBot({
    now,
    workerFile: new URL('../../workers/fixtures/late-worker.ts', import.meta.url).href,
  });
  const ask = async () => {
    expect(await wordsOn(bot, { name: 'people.csv', bytes })).toContain('the time was up');
    return bot.app.workers.stats().bulk.done;
  };
  expect(await ask()).toBe(1);
  minutes = 4;
  expect(await ask()).toBe(1);
  minutes = 6;
  expect(await ask()).toBe(2);
});

test('deaths are remembered for their time, whatever comes to be kept meanwhile', async () => {
  await using bot = await startBot();
  const key = { sha256: 'a'.repeat(64), variant: 'used', version: 1 };
  await countDeath(bot.db, key, new Date(NOON.getTime() + 86_400_000));
  await keepInspection(bot.db, key, {}, new Date(NOON.getTime() + 300_000));
  expect(await deathsOf(bot.db, key.sha256, new Date(NOON.getTime() + 3_600_000))).toBe(1);
});
