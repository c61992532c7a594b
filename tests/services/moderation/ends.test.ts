import { expect, test, vi } from 'vitest';
import { lockCase } from '../../../src/db/case-events.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { bannedIn, casesOf, order } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000, interval: 500 };
const BAN = '/guilds/{guild_id}/bans/{user_id}';
const HOUR_MS = 3_600_000;
const BAN_ADD = 22;
const BAN_REMOVE = 23;

/** A bot whose clock the test moves. */
async function startMovable() {
  const clock = { ahead: 0 };
  const bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const advance = (seconds: number) => {
    clock.ahead += seconds * 1_000;
    bot.app.timers.wake();
  };
  return { bot, advance, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

/** The bot hears of something that was done in Discord itself so long ago. */
async function hearsLate({ app, discord }: TestBot, action: number, msAgo: number) {
  const guild = app.discord.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error('the server is not known');
  const { owner: executor, newcomer: target } = discord.people;
  const id = snowflakeAt(Date.now() - msAgo);
  await app.foreignActions.heard(guild, { id, action, target, executor, reason: undefined, changes: [] } as never);
}

async function endTimers({ db }: TestBot) {
  return (await db`select 1 from timers where kind = 'moderation-end' and done_at is null`).length;
}

test('an unban of an hour ago that is heard of now does not end a ban made since', async () => {
  await using bot = await startBot();
  await order(bot, 'ban', { who: 'newcomer', duration: '7 days' });
  await hearsLate(bot, BAN_REMOVE, HOUR_MS);
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', state: 'done', endedAt: null },
    { type: 'unban', source: 'discord', state: 'done' },
  ]);
  expect(await endTimers(bot)).toBe(1);
});

test('a ban of an hour ago that is heard of after it was lifted is over', async () => {
  await using bot = await startBot();
  await bot.discord.rest('PUT', `/guilds/${bot.discord.guildId}/bans/${bot.discord.people.newcomer}`, {
    ...{ as: 'owner', body: {} },
  });
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(1);
  await order(bot, 'unban', { who: bot.discord.people.newcomer ?? '' });
  await hearsLate(bot, BAN_ADD, HOUR_MS);
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban' },
    { type: 'unban', state: 'done' },
    { type: 'ban', source: 'discord', endedAt: expect.any(Date) },
  ]);
});

test('a ban whose time is over while a longer one is under way does not lift that', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  await order(bot, 'ban', { who: 'newcomer', duration: '1 minute' });
  // Also when it is asked who is banned: they are so already, by the first.
  const lift = bot.discord.faults.rest(BAN, { kind: 'status', status: 503 });
  const { newcomer = '' } = bot.discord.people;
  const actor = { id: bot.discord.people.owner, name: 'adelie' };
  const until = new Date(Date.now() + 30 * 24 * HOUR_MS);
  const longer = { guild: bot.discord.guildId, type: 'ban', target: newcomer, targetName: 'newcomer', actor, until };
  await bot.app.moderation.order({ ...longer, source: 'command' });
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  const [first] = await bot.db`select id from timers where kind = 'moderation-end'`;
  const looked = async () => {
    advance(20);
    const open = await bot.db`select 1 from timers where id = ${first?.id} and done_at is null`;
    return open.length === 0;
  };
  await expect.poll(looked, PATIENCE).toBe(true); // the time of the first is over
  lift();
  const states = async () => {
    advance(60);
    return (await casesOf(bot)).map(({ type, state, endedAt }) => `${type} ${state}${endedAt ? ' over' : ''}`);
  };
  await expect.poll(states, PATIENCE).toEqual(['ban done over', 'ban done']);
  await expect.poll(() => endTimers(bot), PATIENCE).toBe(1);
  expect(bannedIn(bot)).toEqual([newcomer]);
});

test('a ban that is made longer at the very moment its time is over lasts, and neither waits for the other for ever', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { app, discord } = bot;
  await order(bot, 'ban', { who: 'newcomer', duration: '1 hour' });
  // The clock of the process that ends it is ahead of this one.
  await app.database.begin(async (tx, notify) => {
    const one = await lockCase(tx, { guild: discord.guildId, number: 1 });
    if (one) await app.moderation.endAt({ tx, notify }, one, new Date(Date.now() + 60_000));
  });
  const waiting = async () => {
    const found = await bot.db`
      select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    return found.length;
  };
  const edited = await bot.db.begin(async (tx) => {
    await tx`select 1 from cases where number = 1 for update`;
    const answer = order(bot, 'case edit', { number: 1, duration: '2 days' });
    await expect.poll(waiting, PATIENCE).toBe(1);
    advance(61); // its end is about to be written
    await expect.poll(waiting, PATIENCE).toBe(2);
    return { answer };
  });
  expect(await edited.answer).toContain('changed the end');
  await expect.poll(waiting, PATIENCE).toBe(0);
  await expect.poll(() => endTimers(bot), PATIENCE).toBe(1);
  expect(await casesOf(bot)).toMatchObject([{ type: 'ban', endedAt: null }]);
  expect(bot.log.filter((line) => JSON.stringify(line).includes('deadlock'))).toEqual([]);
  advance(2 * 24 * 3_600);
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
});
