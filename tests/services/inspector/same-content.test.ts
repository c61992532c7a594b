import { expect, test } from 'vitest';
import { startBot } from '../../bot.ts';
import { wordsOn } from './asking.ts';

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
