import { expect, test } from 'vitest';
import { startBot } from '../../bot.ts';

test('people’s messages are counted, bots’ are not', async () => {
  await using bot = await startBot();
  await bot.discord.message({ as: 'member', content: 'one two' });
  await bot.discord.message({ as: 'owner', content: `three <@${bot.discord.people.member}>` });
  await bot.discord.slash('ping');
  await expect.poll(() => bot.app.activity.totals().counted).toBe(2);
  await bot.app.activity.flush();
  const rows = await bot.db`select messages, words::int, mentions from activity order by words`;
  expect(rows.map((row) => ({ ...row }))).toEqual([
    { messages: 1, words: 1, mentions: 1 },
    { messages: 1, words: 2, mentions: 0 },
  ]);
});

test('a flood crosses in batches, and every message is counted', async () => {
  await using bot = await startBot();
  await Promise.all(
    Array.from({ length: 300 }, (_, at) => bot.discord.message({ as: 'member', content: `message ${at}` })),
  );
  await expect.poll(() => bot.app.activity.totals().counted).toBe(300);
});

test('stopping the bot stores what was counted', async () => {
  const bot = await startBot();
  await bot.discord.message({ as: 'member', content: 'last words' });
  await expect.poll(() => bot.app.activity.totals().counted).toBe(1);
  await bot.app[Symbol.asyncDispose]();
  expect(await bot.db`select messages from activity`).toEqual([{ messages: 1 }]);
  await bot[Symbol.asyncDispose]();
});
