import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { casesOf, order, withLog } from '../commands/moderation/moderated.ts';

const soon = { timeout: 60_000 };

/** Somebody does something in Discord's own interface. */
function byHand({ discord }: TestBot, method: string, path: string, body?: unknown, reason?: string) {
  const o = { as: 'owner', ...(body !== undefined && { body }), ...(reason !== undefined && { reason }) };
  return discord.rest(method, `/guilds/${discord.guildId}/${path}`, o);
}

test('what a moderator does in Discord itself becomes a case, once, and ends what the bot was to end', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  const entries = await withLog(bot);
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  await byHand(bot, 'DELETE', `bans/${people.newcomer}`, undefined, 'talked it over');
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await byHand(bot, 'PATCH', `members/${people.member}`, { communication_disabled_until: until });
  await byHand(bot, 'PATCH', `members/${people.member}`, { nick: 'Rocky' });
  await byHand(bot, 'PATCH', `members/${people.member}`, { communication_disabled_until: null });
  await byHand(bot, 'DELETE', `members/${people.member}`, undefined, 'spam');
  await byHand(bot, 'PUT', `bans/${people.member}`, {}, 'again');
  await expect.poll(async () => (await casesOf(bot)).length, soon).toBe(6);
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', endedAt: expect.any(Date) },
    { type: 'unban', source: 'discord', actor: people.owner, target: people.newcomer, reason: 'talked it over' },
    { type: 'timeout', source: 'discord', state: 'done', until: new Date(until), endedAt: expect.any(Date) },
    { type: 'untimeout', source: 'discord' },
    { type: 'kick', source: 'discord', reason: 'spam' },
    { type: 'ban', source: 'discord', reason: 'again', endedAt: null },
  ]);
  const [open] =
    await bot.db`select count(*)::int as count from timers where kind = 'moderation-end' and done_at is null`;
  expect(open?.count).toBe(0);
  await expect.poll(() => entries().length, soon).toBe(6);
});

/** The cases in the database that several bots share. */
function kept(bot: TestBot) {
  return casesOf({ ...bot, db: bot.app.db });
}

test('several processes make one case of it, with one number', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  await using first = await startBot(options);
  await using second = await startBot(options);
  await Promise.all(
    ['member', 'newcomer'].map((who) => byHand(first, 'PUT', `bans/${discord.people[who]}`, {}, 'seen by both')),
  );
  await Promise.all([first, second].map((bot) => expect.poll(() => bot.app.discord.isReady()).toBe(true)));
  await expect.poll(async () => (await kept(first)).map(({ number }) => number), soon).toEqual([1, 2]);
  // However late the other hears of it, and however often.
  const guild = second.app.discord.guilds.cache.get(discord.guildId);
  const [last] = (discord.state.guilds.get(discord.guildId)?.audit ?? []).slice(-1);
  if (!guild || !last) throw new Error('nothing was done');
  const { id, target_id: target, user_id: executor, reason } = last;
  const entry = { id, action: last.action_type, target, executor, reason, changes: [] };
  await Promise.all([first, second, first, second].map(({ app }) => app.foreignActions.heard(guild, entry)));
  expect((await kept(first)).map(({ number }) => number)).toEqual([1, 2]);
});

test('what was done while the bot was away is made up for when it is back, nothing of it twice', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const crowd = await discord.join(120);
  {
    await using bot = await startBot(options);
    await byHand(bot, 'PUT', `bans/${crowd[0]}`, {}, 'seen');
    await expect.poll(async () => (await kept(bot)).length, soon).toBe(1);
    await order(bot, 'ban', { who: 'newcomer' });
  }
  for (const id of crowd.slice(1)) {
    await discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: 'owner', body: {}, reason: 'unseen' });
  }
  await using bot = await startBot(options);
  await expect.poll(async () => (await kept(bot)).length, soon).toBe(121);
  const cases = await kept(bot);
  expect(cases.map(({ number }) => number)).toEqual(Array.from({ length: 121 }, (_, at) => at + 1));
  expect(new Set(cases.map(({ target }) => target)).size).toBe(121);
  expect(cases.filter(({ source }) => source === 'discord')).toHaveLength(120);
});
