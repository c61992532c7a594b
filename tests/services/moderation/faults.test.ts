import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { Bridge } from '../../db/bridge.ts';
import { auditOf, bannedIn, casesOf, lettersTo, withLog } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

/** On a busy machine. */
const PATIENCE = { timeout: 60_000 };
/** The same where every look moves the clock, and so may cost a try. */
const SLOWLY = { timeout: 60_000, interval: 1_000 };
const BAN = '/guilds/{guild_id}/bans/{user_id}';

/** A bot whose clock the test moves, so that it need not wait for the next try. */
async function startMovable() {
  const clock = { ahead: 0 };
  const bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const advance = (seconds: number) => {
    clock.ahead += seconds * 1_000;
    bot.app.timers.wake();
  };
  return { bot, advance, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

/** Orders an action as the moderator's command would. */
async function ordered({ app, discord }: TestBot, type: string, person = 'newcomer', guild = discord.guildId) {
  const target = discord.people[person] ?? person;
  const actor = { id: discord.people.owner, name: 'adelie' };
  const [number = 0] = await app.moderation.order({
    guild,
    type,
    target,
    targetName: person,
    actor,
    source: 'command',
  });
  return number;
}

async function states(bot: TestBot) {
  return (await casesOf(bot)).map(({ state }) => state);
}

test.each([
  ['Discord answers 503', { kind: 'status', status: 503 }],
  ['Discord sets a limit', { kind: 'rate-limit', retryAfterMs: 5_000 }],
  ['Discord cuts the connection', { kind: 'reset' }],
] as const)('%s for a minute: the action is done once when that is over', async (_, fault) => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const lift = bot.discord.faults.rest(BAN, fault, { method: 'PUT' });
  await ordered(bot, 'ban');
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  expect(await states(bot)).toEqual(['pending']);
  lift();
  const settled = async () => {
    advance(60);
    return await states(bot);
  };
  await expect.poll(settled, SLOWLY).toEqual(['done']);
  expect(bannedIn(bot)).toEqual([bot.discord.people.newcomer]);
  expect(auditOf(bot)).toHaveLength(1);
  expect(lettersTo(bot, 'newcomer')).toHaveLength(1);
});

test('an answer that is lost on the way is asked for again, and what was done is not done twice', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { people } = bot.discord;
  const path = '/guilds/{guild_id}/members/{user_id}';
  const lift = bot.discord.faults.rest(path, { kind: 'lose-answer' }, { method: 'DELETE' });
  await ordered(bot, 'kick');
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  lift();
  await bot.discord.join('newcomer');
  const settled = async () => {
    advance(60);
    return await states(bot);
  };
  await expect.poll(settled, SLOWLY).toEqual(['done']);
  // They have come back meanwhile, and are still here.
  expect(bot.discord.state.guilds.get(bot.discord.guildId)?.members.has(people.newcomer)).toBe(true);
  expect(auditOf(bot)).toHaveLength(1);
});

test.each([
  ['kick', 'DELETE', '/guilds/{guild_id}/members/{user_id}'],
  ['unban', 'DELETE', BAN],
] as const)(
  '%s: an answer that is lost, and then said to be of nobody any more, is done all the same',
  async (type, method, path) => {
    await using own = await startMovable();
    const { bot } = own;
    if (type === 'unban') await ordered(bot, 'ban');
    if (type === 'unban') await expect.poll(() => states(bot), PATIENCE).toEqual(['done']);
    bot.discord.faults.rest(path, { kind: 'lose-answer' }, { method, times: 1 });
    await ordered(bot, type);
    await expect.poll(async () => (await states(bot)).at(-1), PATIENCE).toBe('done');
  },
);

test('while Discord fails the answer says that it is still tried; a refusal after that is told in the same answer', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { discord } = bot;
  const lift = discord.faults.rest(BAN, { kind: 'status', status: 503 }, { method: 'PUT' });
  const reply = await discord.slash('ban', { who: 'newcomer' }, { as: 'moderator', settle: 'ack' });
  await reply.until(({ content }) => content.includes('I go on trying'), { deadlineMs: 30_000 });
  discord.faults.rest(
    BAN,
    { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } },
    { method: 'PUT' },
  );
  lift();
  advance(120);
  const told = await reply.until(({ content }) => content.includes('void'), { deadlineMs: 30_000 });
  expect(told.content).toContain('Discord does not let me do that');
  await expect.poll(async () => (await bot.db`select heard from cases`)[0]?.heard).toBe(true);
  expect(await states(bot)).toEqual(['void']);
});

test('a refusal that nobody waits for is told by direct message, and in the log where there is one', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  bot.discord.faults.rest(
    BAN,
    { kind: 'status', status: 403, body: { code: 50013, message: 'Missing Permissions' } },
    { method: 'PUT' },
  );
  await ordered(bot, 'ban');
  await expect.poll(() => states(bot), PATIENCE).toEqual(['void']);
  advance(20);
  await expect
    .poll(() => lettersTo(bot, 'owner'), PATIENCE)
    .toEqual([expect.stringContaining('void: Discord does not let me')]);
  const entries = await withLog(bot);
  await ordered(bot, 'ban');
  await expect.poll(entries, PATIENCE).toEqual([expect.stringContaining('Case 2: ban')]);
  advance(40);
  const open = async () => (await bot.db`select 1 from timers where done_at is null`).length;
  await expect.poll(open, PATIENCE).toBe(0);
  expect(lettersTo(bot, 'owner')).toHaveLength(1);
});

test('a refusal does not wait for a log that is out of order', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  await withLog(bot);
  const log = `/channels/${bot.discord.channels['mod-log']}/messages`;
  bot.discord.faults.rest(log, { kind: 'status', status: 503 }, { method: 'POST' });
  const forbidden = { code: 50013, message: 'Missing Permissions' };
  bot.discord.faults.rest(BAN, { kind: 'status', status: 403, body: forbidden }, { method: 'PUT' });
  await ordered(bot, 'ban');
  await expect.poll(() => states(bot), PATIENCE).toEqual(['void']);
  advance(120);
  await expect
    .poll(() => lettersTo(bot, 'owner'), PATIENCE)
    .toEqual([expect.stringContaining('void: Discord does not let me')]);
  expect((await bot.db`select 1 from timers where kind = 'moderation-log' and done_at is null`).length).toBe(1);
});

test('what had to wait for long is not done where whoever ordered it might not order it any more', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { discord } = bot;
  const [stranger = ''] = await discord.join(1);
  const lift = discord.faults.rest(BAN, { kind: 'status', status: 503 }, { method: 'PUT' });
  const actor = { id: discord.people.moderator, name: 'gentoo' };
  const ban = { type: 'ban', target: stranger, targetName: 'stranger', guild: discord.guildId } as const;
  await bot.app.moderation.order({ ...ban, actor, source: 'command' });
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  await bot.set('permissions', { commands: { ban: 9 } });
  lift();
  advance(600);
  await expect.poll(() => states(bot), PATIENCE).toEqual(['void']);
  expect((await casesOf(bot))[0]?.voidReason).toMatchObject({ key: 'mass.mayNotAnyMore' });
  expect(bannedIn(bot)).toEqual([]);
});

test('a member who leaves after it was ordered, or gets a role above the moderator, is not acted against', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { discord } = bot;
  const path = '/guilds/{guild_id}/members/{user_id}';
  const lift = discord.faults.rest(path, { kind: 'status', status: 503 });
  await ordered(bot, 'kick');
  const actor = { id: discord.people.moderator, name: 'gentoo' };
  const target = { target: discord.people.member, targetName: 'chinstrap', guild: discord.guildId };
  await bot.app.moderation.order({ ...target, type: 'kick', actor, source: 'command' });
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  await discord.leave('newcomer');
  const role = `/guilds/${discord.guildId}/members/${discord.people.member}/roles/${discord.roles.moderator}`;
  await discord.rest('PUT', role, { as: 'owner' });
  lift();
  const settled = async () => {
    advance(60);
    return (await casesOf(bot)).map(({ voidReason }) => voidReason?.key);
  };
  await expect.poll(settled, SLOWLY).toEqual(['moderation.refused.left', 'moderation.stands.role']);
  expect(auditOf(bot)).toEqual([]);
});

test('whoever orders something and leaves is above nobody: it is not done', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const { discord } = bot;
  const lift = discord.faults.rest('/guilds/{guild_id}/members/{user_id}', { kind: 'status', status: 503 });
  const actor = { id: discord.people.moderator, name: 'gentoo' };
  const target = { target: discord.people.member, targetName: 'chinstrap', guild: discord.guildId };
  await bot.app.moderation.order({ ...target, type: 'kick', actor, source: 'command' });
  await bot.logged(({ msg }) => msg === 'a timer could not be delivered and is tried again');
  const role = `/guilds/${discord.guildId}/members/${discord.people.member}/roles/${discord.roles.moderator}`;
  await discord.rest('PUT', role, { as: 'owner' });
  await discord.leave('moderator');
  lift();
  const settled = async () => {
    advance(60);
    return (await casesOf(bot)).map(({ voidReason }) => voidReason?.key);
  };
  await expect.poll(settled, SLOWLY).toEqual(['moderation.stands.gone']);
  expect(auditOf(bot)).toEqual([]);
});

test('the database is lost after the action was done and before that is written: it is written once the database is back', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using bot = await startBot({ discord, env: { DATABASE_URL: bridge.url } });
  const cut = Promise.withResolvers<void>();
  discord.state.listeners.add(({ t }) => {
    if (t === 'GUILD_BAN_ADD') void bridge.down().then(cut.resolve);
  });
  await ordered(bot, 'ban');
  await cut.promise;
  expect(await database.db`select state from cases`).toEqual([{ state: 'pending' }]);
  expect(bannedIn(bot)).toEqual([discord.people.newcomer]);
  await bridge.up();
  const written = async () => (await database.db`select state, told from cases`).map((one) => ({ ...one }));
  await expect.poll(written, { timeout: 60_000 }).toEqual([{ state: 'done', told: 'yes' }]);
  expect(auditOf(bot)).toHaveLength(1);
  expect(lettersTo(bot, 'newcomer')).toHaveLength(1);
});

test('servers whose limits are reached, however many, hold up no other', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const servers = await Promise.all(Array.from({ length: 16 }, (_, at) => discord.addGuild(`busy ${at}`)));
  const people = await discord.join(6);
  for (const guild of servers) {
    const actor = { id: discord.state.guild(guild).ownerId, name: 'adelie' };
    discord.faults.rest(new RegExp(`^/guilds/${guild}/bans/`), { kind: 'rate-limit', retryAfterMs: 60_000 });
    const ban = { guild, type: 'ban', targetName: 'somebody', actor, source: 'command' } as const;
    await app.moderation.order(people.map((target) => ({ ...ban, target })));
  }
  expect(await ordered(bot, 'ban')).toBe(1);
  await expect.poll(() => states(bot)).toEqual(['done']);
  const [others] =
    await bot.db`select count(*)::int as count from cases where state = 'pending' and guild_id <> ${discord.guildId}`;
  expect(others?.count).toBe(16 * 6);
});
