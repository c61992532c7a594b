import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

const csv = {
  name: 'sales.csv',
  bytes: new TextEncoder().encode('day,sold\n2026-01-01,3\n2026-01-02,5\n2026-01-03,4\n'),
  contentType: 'text/csv',
};

test('draws a column over another as a picture, and says in words what it shows', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file: csv, column: 'sold', over: 'day' });
  const shown = JSON.stringify(reply.message?.components);
  expect(shown).toContain('chart.png');
  expect(reply.content).toContain('sold');
  expect(shown).toMatch(/"description":"[^"]*sold/);
});

test('a column that is not there is answered with what is', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('chart', { file: csv, column: 'price' });
  expect(reply.ephemeral).toBe(true);
  expect(reply.content).toContain('price');
});
