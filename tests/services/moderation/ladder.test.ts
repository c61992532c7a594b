import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { bannedIn, casesOf, order } from '../../handlers/commands/moderation/moderated.ts';

const DAY_MS = 86_400_000;
const soon = { timeout: 60_000 };
const LADDER = [
  { points: 3, action: 'timeout', minutes: 60 },
  { points: 6, action: 'ban' },
];

const typesOf = async (bot: TestBot) => (await casesOf(bot)).map(({ type, state }) => `${type} ${state}`);
const underWay = async ({ db }: TestBot) =>
  (await db`select 1 from timers where kind like 'moderation%' and done_at is null`).length;

test('points lead to what the server says, each step once, and old points do not count', async () => {
  let now = Date.now();
  await using bot = await startBot({ now: () => new Date(now) });
  await bot.set('moderation', { ladder: LADDER });
  const warn = (points: number) => order(bot, 'warn', { member: 'member', reason: 'a', points });
  await warn(2);
  await warn(1);
  await expect.poll(() => typesOf(bot), soon).toEqual(['warn done', 'warn done', 'timeout done']);
  const [, , timeout] = await casesOf(bot);
  expect(timeout).toMatchObject({
    source: 'automod',
    reason: '3 points reached by case 2',
    actor: bot.discord.state.bot.id,
  });
  await warn(1); // above the step already
  await expect.poll(() => underWay(bot), soon).toBe(0); // a claim that is held while the clock jumps is looked at by the next poll alone
  now += 31 * DAY_MS;
  bot.app.timers.wake();
  await warn(2); // of the others nothing counts any more
  expect(await typesOf(bot)).toHaveLength(5);
  await warn(4);
  await expect.poll(() => bannedIn(bot), soon).toEqual([bot.discord.people.member]);
  await expect.poll(async () => (await typesOf(bot)).slice(5), soon).toEqual(['warn done', 'ban done']);
});

test('warnings that come at the same moment reach a step once', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { ladder: LADDER });
  const { guildId: guild, people } = bot.discord;
  const actor = { id: people.moderator, name: 'gentoo' };
  const one = { guild, type: 'warn', target: people.member, targetName: 'chinstrap', actor, silent: true, points: 1 };
  await Promise.all(Array.from({ length: 5 }, () => bot.app.moderation.order({ ...one, source: 'command' as const })));
  await expect.poll(async () => (await typesOf(bot)).filter((type) => type === 'warn done').length, soon).toBe(5);
  await expect.poll(() => typesOf(bot), soon).toContain('timeout done');
  expect((await typesOf(bot)).filter((type) => type.startsWith('timeout'))).toHaveLength(1);
});

test('points that do not count any more are not added, and a longer timeout is not made shorter', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { ladder: LADDER });
  await order(bot, 'warn', { member: 'member', reason: 'a', points: 2 });
  await order(bot, 'case void', { number: 1, reason: 'the wrong person' });
  await order(bot, 'timeout', { member: 'member', duration: '2 days' });
  await order(bot, 'warn', { member: 'member', reason: 'b', points: 2 });
  await order(bot, 'warn', { member: 'member', reason: 'c', points: 2 });
  expect(await typesOf(bot)).toEqual(['warn void', 'timeout done', 'warn done', 'warn done']);
});

test('nobody does by the points of one warning what they may not do themselves', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  await bot.set('moderation', { ladder: LADDER });
  const body = { name: 'helper', permissions: String(PermissionFlagsBits.ModerateMembers) };
  const { id } = (await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body })) as { id: string };
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.newcomer}/roles/${id}`, { as: 'owner' });
  const [who = '', other = ''] = await discord.join(2);
  const warn = (points: number, as: string, member = who) => order(bot, 'warn', { member, reason: 'a', points }, as);
  expect(await warn(6, 'newcomer')).toContain('One warning may have at most 5 points here');
  expect(await order(bot, 'config moderation', { 'most-points': 2 }, 'owner')).toContain('at most 2 points');
  expect(await warn(3, 'newcomer')).toContain('at most 2 points here');
  expect(await casesOf(bot)).toEqual([]);
  expect(await warn(2, 'newcomer')).toContain('done');
  expect(await warn(6, 'moderator', other)).toContain('done');
  await expect.poll(() => bannedIn(bot), soon).toEqual([other]);
});
