import { expect, test, vi } from 'vitest';
import { startBot } from '../../../bot.ts';
import { casesOf, lettersTo, order, withLog } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

test('a member is warned by a message, once, and the log has the case', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const said = await order(bot, 'warn', { member: 'member', reason: 'be kind, @everyone', points: 3 });
  expect(said).toContain('**Case 1** · warning of');
  expect(said).toContain('the member was told');
  expect(lettersTo(bot, 'member')).toEqual([expect.stringContaining('You are warned in Rockhopper Colony')]);
  expect(await casesOf(bot)).toMatchObject([{ type: 'warn', points: 3, reason: 'be kind, @everyone', told: 'yes' }]);
  await expect.poll(entries).toEqual([expect.stringContaining('Case 1: warning')]);
  await expect.poll(async () => (await casesOf(bot))[0]?.log).toMatch(/^\d+$/);
});

test('a member who takes no messages is warned all the same; silent sends none', async () => {
  await using bot = await startBot();
  await bot.discord.directMessages('member', false);
  expect(await order(bot, 'warn', { member: 'member', reason: 'a' })).toContain('takes no messages from me');
  expect(await order(bot, 'warn', { member: 'newcomer', reason: 'b', silent: true })).toContain('as asked for');
  expect(lettersTo(bot, 'newcomer')).toEqual([]);
  expect((await casesOf(bot)).map(({ told }) => told)).toEqual(['closed', null]);
});

test('who is not here, oneself, the owner, and who may not', async () => {
  await using bot = await startBot();
  await bot.discord.leave('newcomer');
  expect(await order(bot, 'warn', { member: 'newcomer', reason: 'a' })).toContain('is not in this server');
  expect(await order(bot, 'warn', { member: 'moderator', reason: 'a' })).toContain('That would be you');
  expect(await order(bot, 'warn', { member: 'owner', reason: 'a' })).toContain('owns this server');
  expect(await order(bot, 'warn', { member: 'moderator', reason: 'a' }, 'member')).toContain('Timeout Members');
  expect(await casesOf(bot)).toEqual([]);
});

test('fifty cases that are made at the same moment are 1 to 50', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  const actor = { id: people.moderator, name: 'gentoo' };
  const wanted = { guild: guildId, type: 'warn', target: people.member, targetName: 'chinstrap', actor, silent: true };
  const numbers = await Promise.all(
    Array.from({ length: 50 }, () => bot.app.moderation.order({ ...wanted, source: 'command' })),
  );
  const expected = Array.from({ length: 50 }, (_, at) => at + 1);
  expect(numbers.flat().toSorted((a, b) => a - b)).toEqual(expected);
  // What fails takes no number with it.
  await expect(bot.app.moderation.order({ ...wanted, type: 'no-such', source: 'command' })).rejects.toThrow('no-such');
  expect(await bot.app.moderation.order({ ...wanted, source: 'command' })).toEqual([51]);
  const pending = async () => (await casesOf(bot)).filter(({ state }) => state === 'pending').length;
  await expect.poll(pending).toBe(0);
});
