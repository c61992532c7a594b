import { expect, test, vi } from 'vitest';
import { startBot } from '../../bot.ts';
import { casesOf, order, withLog } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 20_000 };

test('a case that changes twice at once has one message in the log, which says how it stands in the end', async () => {
  await using bot = await startBot();
  const { app, db, discord } = bot;
  await order(bot, 'note', { who: 'member', text: 'first' });
  const open = async () => (await db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, PATIENCE).toBe(0);
  const entries = await withLog(bot);
  const one = await app.moderation.get({ guild: discord.guildId, number: 1 });
  for (const reason of ['second', 'third']) {
    await app.database.begin(async (tx, notify) => {
      await tx`update cases set reason = ${reason}`;
      if (one) await app.moderation.log({ tx, notify }, one);
    });
  }
  await expect.poll(open, PATIENCE).toBe(0);
  expect(entries()).toEqual([expect.stringContaining('third')]);
});

test('a log that is gone, or closed to the bot, stands in the way of nothing', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await discord.rest('DELETE', `/channels/${discord.channels['mod-log']}`, { as: 'owner' });
  expect(await order(bot, 'kick', { member: 'newcomer' })).toContain('**Case 1** · kick of');
  const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, PATIENCE).toBe(0);
  expect(await casesOf(bot)).toMatchObject([{ state: 'done', log: null }]);
});
