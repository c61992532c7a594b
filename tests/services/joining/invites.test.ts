import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { InvitePool } from '../../../src/services/joining/invite-pool.ts';
import type { TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { entriesIn, PATIENCE, startLogging } from '../logs/logged.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const asked = (discord: TestBot['discord']) =>
  discord.journal
    .since(0)
    .filter((entry) => entry.kind === 'request' && entry.method === 'GET' && /\/guilds\/\d+\/invites$/.test(entry.path))
    .length;

/** Somebody makes an invitation. */
async function invite(discord: TestBot['discord'], as: string, maxUses = 0): Promise<string> {
  const body = { max_uses: maxUses, max_age: 0, unique: true };
  const made = await discord.rest('POST', `/channels/${discord.channels.general}/invites`, { as, body });
  return (made as { code: string }).code;
}

/** How somebody came, as their entry of the log says. */
async function cameBy(bot: TestBot, name: string): Promise<string | undefined> {
  const entry = () => entriesIn(bot).find((text) => text.includes(`**Joined**`) && text.includes(name));
  await expect.poll(entry, PATIENCE).toBeDefined();
  return /> Invitation: (.*)/.exec(entry() ?? '')?.[1];
}

/** A bot that has looked at the invitations once. */
async function startWatching(options: Parameters<typeof startLogging>[0] = {}) {
  const bot = await startLogging(options);
  const guild = bot.app.discord.guilds.cache.get(bot.discord.guildId);
  if (!guild) throw new Error('the bot is in no server');
  await bot.app.eventLogs.invites.begin(guild);
  return bot;
}

test('the log says by which invitation somebody came, and who made it', async () => {
  await using bot = await startWatching();
  const { discord } = bot;
  const { owner, moderator } = discord.people;
  const [of, once] = [await invite(discord, 'owner'), await invite(discord, 'moderator', 1)];
  const known = async () =>
    Object.keys((await bot.db`select invites from known_invites`)[0]?.invites as object).toSorted();
  await expect.poll(known, PATIENCE).toEqual([of, once].toSorted());
  await discord.join(1, { names: ['gull'], invite: of });
  expect(await cameBy(bot, 'gull')).toBe(`\`${of}\` (<@${owner}>)`);
  // It is used up, and gone before anybody looks.
  await discord.join(1, { names: ['tern'], invite: once });
  expect(await cameBy(bot, 'tern')).toBe(`\`${once}\` (<@${moderator}>)`);
  await discord.join(1, { names: ['auk'] });
  expect(await cameBy(bot, 'auk')).toBe('none that I know of');
});

test("the server's own link counts, too", async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  discord.state.guild(discord.guildId).vanity = { code: 'penguins', uses: 7 };
  await using bot = await startWatching({ discord });
  await discord.join(1, { names: ['gull'], invite: 'penguins' });
  expect(await cameBy(bot, 'gull')).toBe('`penguins`');
});

test('of two who come at once by two invitations nobody is said to have come by one of them', async () => {
  await using bot = await startWatching();
  const { discord } = bot;
  const codes = [await invite(discord, 'owner'), await invite(discord, 'moderator')];
  await Promise.all(codes.map((code, at) => discord.join(1, { names: [`tern_${at}`], invite: code })));
  for (const name of ['tern_0', 'tern_1']) {
    const said = await cameBy(bot, name);
    expect(said).toContain('one of these, nobody can tell which');
    for (const code of codes) expect(said).toContain(code);
  }
  // Many who come together by the same one are asked about together.
  const before = asked(discord);
  await discord.join(40, { names: Array.from({ length: 40 }, (_, at) => `gull_${at}_`), invite: codes[0] ?? '' });
  for (const name of ['gull_0_', 'gull_39_']) expect(await cameBy(bot, name)).toContain(`\`${codes[0]}\` (`);
  expect(asked(discord) - before).toBeLessThanOrEqual(2);
});

test('how often each was used outlives a restart', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const [used, other] = [await invite(discord, 'owner'), await invite(discord, 'owner', 1)];
  const first = await startWatching({ discord, env });
  await discord.join(1, { names: ['gull'], invite: used });
  expect(await cameBy(first, 'gull')).toContain(used);
  await first[Symbol.asyncDispose]();
  const before = asked(discord);
  await using bot = await startWatching({ discord, env });
  expect(asked(discord)).toBe(before);
  await discord.join(1, { names: ['tern'], invite: other });
  expect(await cameBy(bot, 'tern')).toBe(`\`${other}\``);
});

test('without the right to see invitations nothing is asked, and the check says how to mend that', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const check = async () => saidIn(await discord.slash('config check', {}, { as: 'owner' }));
  expect(await check()).not.toContain('By which invitation');
  const role = discord.state.guild(discord.guildId).roles.get(discord.roles.bot);
  const without = BigInt(role?.permissions ?? '0') & ~((1n << 5n) | (1n << 3n));
  const gone = new Promise<void>((resolve) => bot.app.discord.once('roleUpdate', () => resolve()));
  const body = { permissions: String(without) };
  await discord.rest('PATCH', `/guilds/${discord.guildId}/roles/${discord.roles.bot}`, { as: 'owner', body });
  await gone;
  const before = asked(discord);
  await discord.join(1, { names: ['gull'] });
  expect(await cameBy(bot, 'gull')).toBeUndefined();
  expect(asked(discord)).toBe(before);
  const said = await check();
  expect(said.split('By which invitation people come is not told')).toHaveLength(2);
  expect(said).toContain('Manage Server');
});

test('while uses of several invitations are open it was one of them, and what nobody claims is forgotten', () => {
  const pool = new InvitePool();
  const used = (uses: Record<string, number>) => new Map(Object.entries(uses));
  expect(pool.came(1, used({ a: 1 }), 100_000)).toEqual({ codes: ['a'], sure: true });
  expect(pool.came(1, used({ a: 2 }), 101_000)).toEqual({ codes: ['a'], sure: true });
  expect(pool.came(1, used({ b: 1 }), 102_000)).toEqual({ codes: ['a', 'b'], sure: true });
  expect(pool.came(1, used({}), 103_000)).toEqual({ codes: ['a', 'b'], sure: true });
  expect(pool.came(1, used({}), 104_000)).toEqual({ codes: [], sure: false });
  expect(pool.came(2, used({ a: 1 }), 105_000)).toEqual({ codes: ['a'], sure: false });
  expect(pool.came(1, used({ a: 5 }), 106_000)).toEqual({ codes: ['a'], sure: true });
  expect(pool.came(1, used({ b: 1 }), 200_000)).toEqual({ codes: ['b'], sure: true });
  // While nobody looked others may have come by it.
  expect(pool.came(1, used({ a: 50 }), 300_000, true)).toEqual({ codes: ['a'], sure: false });
  expect(pool.came(1, used({ a: 1 }), 301_000)).toEqual({ codes: ['a'], sure: true });
  expect(pool.came(1, used({ a: 1 }), 400_000, true)).toEqual({ codes: ['a'], sure: true });
});
