import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { bannedIn, casesOf, order } from './moderated.ts';

test('a ban, a timeout and a role are taken back by cases of their own', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  expect(await order(bot, 'undo', { case: 1, reason: 'the wrong one' })).toContain('**Case 2** · unban of');
  expect(bannedIn(bot)).toEqual([]);
  await order(bot, 'timeout', { member: 'member', duration: '1 hour' });
  expect(await order(bot, 'undo', { case: 3 })).toContain('**Case 4** · end of timeout of');
  expect(discord.state.guilds.get(discord.guildId)?.members.get(discord.people.member)).toMatchObject({
    communication_disabled_until: null,
  });
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', state: 'done', endedAt: expect.any(Date) },
    { type: 'unban', reason: 'takes back case 1: the wrong one' },
    { type: 'timeout', state: 'done', endedAt: expect.any(Date) },
    { type: 'untimeout', reason: 'takes back case 3' },
  ]);
  expect(await order(bot, 'undo', { case: 1 })).toContain('is over already');
});

test('a warning that is taken back does not count, nor its points; a kick cannot be taken back', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'a', points: 4 });
  expect(await order(bot, 'undo', { case: 1 })).toContain('takes back case 1');
  expect(await order(bot, 'history user', { user: 'member' })).toContain('Points: 0');
  await order(bot, 'kick', { member: 'newcomer' });
  expect(await order(bot, 'undo', { case: 2 })).toContain('cannot be taken back');
  expect(await order(bot, 'undo', { case: 9 })).toContain('no case 9');
});

test('nobody takes back what they may not do, or what somebody above them did', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  await order(bot, 'ban', { who: 'newcomer' }, 'owner');
  expect(await order(bot, 'undo', { case: 1 })).toContain('whose rank is');
  await bot.set('permissions', { people: { [people.member]: 4 } });
  expect(await order(bot, 'undo', { case: 1 }, 'member')).toMatch(/rank/);
  expect(bannedIn(bot)).toEqual([people.newcomer]);
});

test('it takes who may do it and who may take it back, also where they did it themselves, and in the channel it is of', async () => {
  await using bot = await startBot();
  const { people, channels } = bot.discord;
  await order(bot, 'ban', { who: 'newcomer' });
  await bot.set('permissions', { commands: { unban: 9 } });
  expect(await order(bot, 'undo', { case: 1 })).toContain('needs rank 9');
  await bot.set('permissions', { commands: { ban: 9 } });
  expect(await order(bot, 'undo', { case: 1 })).toContain('needs rank 9');
  expect(bannedIn(bot)).toEqual([people.newcomer]);
  await order(bot, 'lockdown', { where: 'random', duration: '1 hour' }, 'owner');
  await bot.set('permissions', { people: { [people.member]: 10 }, commands: {} });
  expect(await order(bot, 'undo', { case: 2 }, 'member')).toContain(
    `in <#${channels.random}> for that: Manage Channels`,
  );
  expect(await order(bot, 'case edit', { number: 2, duration: '1 minute' }, 'member')).toContain('Manage Channels');
  expect((await casesOf(bot)).map(({ type, endedAt }) => [type, endedAt])).toEqual([
    ['ban', null],
    ['lockdown', null],
  ]);
  expect(await order(bot, 'undo', { case: 1 })).toContain('unban of');
});
