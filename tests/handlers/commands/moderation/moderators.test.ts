import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { fillCases } from './case/case-rows.ts';
import { order } from './moderated.ts';

test('who has done how much is told, whoever did most first, without what is void or long ago', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  expect(await order(bot, 'moderators stats', {}, 'owner')).toContain('Nothing was done');
  await fillCases(bot, 3, new Date(Date.now() - 40 * 86_400_000));
  for (const text of ['a', 'b', 'c']) await order(bot, 'note', { who: 'member', text }, 'owner');
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  await order(bot, 'warn', { member: 'member', reason: 'b' });
  await order(bot, 'case void', { number: 8, reason: 'x' });
  const said = await order(bot, 'moderators stats', {}, 'owner');
  expect(said).toMatch(new RegExp(`<@${people.owner}>: 3.*note \\(3\\)[^]*<@${people.moderator}>: 1.*warning \\(1\\)`));
  expect(await order(bot, 'moderators stats', { days: 60 }, 'owner')).toContain(`<@${people.moderator}>: 4`);
  expect(await order(bot, 'moderators stats', {})).toContain('Manage Server');
});
