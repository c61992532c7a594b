import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { GUILD, MEMBERS, pointsIn, startHearing, written } from './hearing.ts';

vi.setConfig({ testTimeout: 90_000 });
const [MEMBER = '', OTHER = ''] = MEMBERS;
const SECOND = 1_000;

test('fifty writers at once lose no point, in whatever order they have heard of whom', async () => {
  await using database = await freshDatabase();
  await using hearing = await startHearing(database, 50, { cooldownSeconds: 0 });
  hearing.levels.forEach((one, at) => {
    const order = at % 2 === 0 ? MEMBERS : MEMBERS.toReversed();
    for (const member of order) for (const ms of [0, 1, 2]) one.heard(written(member, at + ms), GUILD);
  });
  await Promise.all(hearing.levels.map(hearing.store));
  expect(await pointsIn(database)).toEqual(Object.fromEntries(MEMBERS.map((member) => [member, 50 * 3 * 10])));
});

test('of fifty writers that hear the same member within the cool-down one gives points', async () => {
  await using database = await freshDatabase();
  await using hearing = await startHearing(database, 50);
  hearing.levels.forEach((one, at) => {
    one.heard(written(MEMBER, at * SECOND), GUILD);
  });
  await Promise.all(hearing.levels.map(hearing.store));
  expect(await pointsIn(database)).toEqual({ [MEMBER]: 10 });
});

test('a member earns once in the cool-down, also over a restart, and another for themselves', async () => {
  await using database = await freshDatabase();
  await using hearing = await startHearing(database, 2);
  const [first, next] = hearing.levels;
  for (const seconds of [0, 1, 59]) first?.heard(written(MEMBER, seconds * SECOND), GUILD);
  first?.heard(written(OTHER, 2 * SECOND), GUILD);
  await hearing.store(first);
  expect(await pointsIn(database)).toEqual({ [MEMBER]: 10, [OTHER]: 10 });
  next?.heard(written(MEMBER, 59 * SECOND), GUILD);
  await hearing.store(next);
  expect(await pointsIn(database)).toMatchObject({ [MEMBER]: 10 });
  for (const seconds of [60, 119, 120]) first?.heard(written(MEMBER, seconds * SECOND), GUILD);
  await hearing.store(first);
  expect(await pointsIn(database)).toMatchObject({ [MEMBER]: 30 });
});

test('points wait while the database is away, and are stored once when it is back or the bot stops', async () => {
  await using database = await freshDatabase();
  {
    await using hearing = await startHearing(database, 1);
    const [levels] = hearing.levels;
    await database.db`alter table member_points rename to member_points_away`;
    levels?.heard(written(MEMBER), GUILD);
    await expect(hearing.store(levels)).rejects.toThrow('member_points');
    await database.db`alter table member_points_away rename to member_points`;
    await hearing.store(levels);
    await hearing.store(levels);
    expect(await pointsIn(database)).toEqual({ [MEMBER]: 10 });
    levels?.heard(written(OTHER), GUILD);
    await hearing.counted();
  }
  expect(await pointsIn(database)).toEqual({ [MEMBER]: 10, [OTHER]: 10 });
});

test('a message is worth one of the numbers between the two that the server has, whichever way round', async () => {
  await using database = await freshDatabase();
  await using hearing = await startHearing(database, 1, { cooldownSeconds: 0, leastPoints: 25, mostPoints: 20 });
  const [levels] = hearing.levels;
  for (const [at, member] of MEMBERS.entries()) levels?.heard(written(member, at), GUILD);
  await hearing.store(levels);
  const points = Object.values(await pointsIn(database));
  expect(points).toHaveLength(MEMBERS.length);
  expect(points.every((one) => one >= 20 && one <= 25)).toBe(true);
});

/** A server in which every message counts, and is worth ten points. */
async function startCounting(): Promise<TestBot> {
  const bot = await startBot();
  await bot.set('levels', { on: true, cooldownSeconds: 0, leastPoints: 10, mostPoints: 10 });
  return bot;
}

/** Somebody writes; resolves when it is counted. */
async function write({ app, discord }: TestBot, as: string, channel: string): Promise<void> {
  const { counted } = app.activity.totals();
  await discord.message({ as, channel, content: 'hello' });
  await expect.poll(() => app.activity.totals().counted).toBe(counted + 1);
}

async function pointsNow({ app, db, discord }: TestBot): Promise<Readonly<Record<string, number>>> {
  await app.inFlight.idle({ deadlineMs: 30_000 });
  await app.levels.flush();
  const rows = await db<{ member: string; points: number }[]>`
    select member_id::text as member, points::int as points from member_points`;
  const names = Object.fromEntries(Object.entries(discord.people).map(([name, id]) => [id, name]));
  return Object.fromEntries(rows.map(({ member, points }) => [names[member] ?? member, points]));
}

test('nobody has points unless the server wants that, and then what people write counts at once', async () => {
  await using bot = await startBot();
  await write(bot, 'member', 'general');
  expect(await pointsNow(bot)).toEqual({});
  await bot.set('levels', { on: true, leastPoints: 10, mostPoints: 10 });
  await write(bot, 'member', 'general');
  await write(bot, 'member', 'general');
  await bot.discord.slash('ping');
  expect(await pointsNow(bot)).toEqual({ member: 10 });
});

test('channels and roles are left out or multiplied, also by what is gone', async () => {
  await using bot = await startCounting();
  const { discord } = bot;
  const { channels, roles } = discord;
  const multiply = (options: object) =>
    discord.slash('levels multiplier', { ...options }, { as: 'owner', unchecked: true });
  await bot.set('levels', { exemptChannels: [channels.random], rolePercents: { '100000000000000077': 500 } });
  await multiply({ channel: channels.general, percent: 200 });
  const shown = await multiply({ role: roles.moderator, percent: 150 });
  expect(JSON.stringify(shown.message)).toContain(`<#${channels.general}>: 200 %`);
  expect(JSON.stringify(shown.message)).toContain(`<@&${roles.moderator}>: 150 %`);
  expect(JSON.stringify(shown.message)).toContain('a role that is gone (100000000000000077): 500 %');
  for (const channel of ['general', 'random', 'bot-commands']) {
    await write(bot, 'member', channel);
    await write(bot, 'moderator', channel);
  }
  expect(await pointsNow(bot)).toEqual({ member: 20 + 10, moderator: 30 + 15 });
  await bot.set('levels', { exemptRoles: [roles.moderator] });
  await multiply({ channel: channels.general, percent: 0 });
  await multiply({ channel: channels.random, percent: 100 });
  await write(bot, 'member', 'general');
  await write(bot, 'moderator', 'bot-commands');
  expect(await pointsNow(bot)).toEqual({ member: 30, moderator: 45 });
  const held = await bot.app.settings.of(discord.guildId, 'levels');
  expect(held.channelPercents).toEqual({ [channels.general ?? '']: 0 });
});

test('a multiplier without a percent, or of two things, is refused in words', async () => {
  await using bot = await startCounting();
  const { channels, roles } = bot.discord;
  for (const options of [
    { percent: 5 },
    { channel: channels.general },
    { channel: channels.general, role: roles.member, percent: 5 },
  ]) {
    const reply = await bot.discord.slash('levels multiplier', options, { as: 'owner', unchecked: true });
    expect(reply.content).toContain('Name one channel or one role');
  }
  const member = await bot.discord.slash('levels multiplier', {}, { as: 'member', unchecked: true });
  expect(member.content).toContain('Manage');
});
