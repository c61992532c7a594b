import { expect, test, vi } from 'vitest';
import { startBot } from '../../bot.ts';
import { casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000 };

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

/** What Discord says of a channel that the bot may not see any more. */
const NO_ACCESS = { kind: 'status', status: 403, body: { code: 50_001, message: 'Missing Access' } } as const;

test('where the log is gone, whoever ordered what was refused reads it in a letter', async () => {
  let ahead = 0;
  await using bot = await startBot({ now: () => new Date(Date.now() + ahead) });
  const { app, discord } = bot;
  await withLog(bot);
  await discord.rest('DELETE', `/channels/${discord.channels['mod-log']}`, { as: 'owner' });
  const [target = ''] = await discord.join(1);
  await discord.leave(target);
  const actor = { id: discord.people.owner, name: 'adelie' };
  const order = { guild: discord.guildId, type: 'kick', target, targetName: 'gone', actor, source: 'command' } as const;
  await app.moderation.order(order);
  await expect.poll(async () => (await casesOf(bot))[0]?.state, PATIENCE).toBe('void');
  const letters = () => {
    ahead += 20_000;
    app.timers.wake();
    return lettersTo(bot, 'owner');
  };
  await expect.poll(letters, PATIENCE).toEqual([expect.stringContaining('Case 1: kick')]);
});

test('a case whose message stands where the bot may not write any more has a message in the new log', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await order(bot, 'warn', { member: 'member', reason: 'first' });
  await expect.poll(async () => (await casesOf(bot))[0]?.log, PATIENCE).toMatch(/^\d+$/);
  const [before] = await casesOf(bot);
  discord.faults.rest(new RegExp(`/channels/${discord.channels['mod-log']}/`), NO_ACCESS);
  await bot.set('logs', { logChannel: discord.channels.random });
  await order(bot, 'case edit', { number: 1, reason: 'second' });
  await expect.poll(async () => (await casesOf(bot))[0]?.log, PATIENCE).not.toBe(before?.log);
  const texts = () => JSON.stringify(discord.state.messages.list(discord.channels.random ?? '', { limit: 10 }));
  expect(texts()).toContain('second');
});

test('where a hidden case could not be taken out of the log is not forgotten', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const entries = await withLog(bot);
  await order(bot, 'warn', { member: 'member', reason: 'a secret' });
  await expect.poll(async () => (await casesOf(bot))[0]?.log, PATIENCE).toMatch(/^\d+$/);
  const lift = discord.faults.rest('/channels/{channel_id}/messages/{message_id}', NO_ACCESS, { method: 'DELETE' });
  await order(bot, 'case hide', { number: 1 });
  await bot.logged(({ msg }) => msg === 'the log could not be rid of a hidden case');
  const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, PATIENCE).toBe(0);
  expect((await casesOf(bot))[0]?.log).toMatch(/^\d+$/);
  lift();
  await order(bot, 'case note', { number: 1, text: 'seen' });
  await expect.poll(entries, PATIENCE).toEqual([]);
  await expect.poll(async () => (await casesOf(bot))[0]?.log, PATIENCE).toBeNull();
});
