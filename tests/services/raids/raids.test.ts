import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });
const PATIENCE = { timeout: 60_000 };

const skuas = (count: number, from = 0) => Array.from({ length: count }, (_, at) => `skua_${from + at}`);

/** What the bot has written in a channel, the oldest first. */
function cards({ discord }: Pick<TestBot, 'discord'>, channel = 'mod-log'): readonly string[] {
  const messages = discord.state.messages.list(discord.channels[channel] ?? '', { limit: 100 }).toReversed();
  return messages.filter(({ author }) => author.id === discord.state.bot.id).map((one) => JSON.stringify(one));
}

async function startWatched(): Promise<TestBot> {
  const bot = await startBot({ raids: true });
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  return bot;
}

test('many who join together and are alike are told of in one message, which grows with them', async () => {
  await using bot = await startWatched();
  await bot.discord.join(12, { names: skuas(12), accountAgeDays: 2 });
  await expect.poll(() => cards(bot), PATIENCE).toEqual([expect.stringContaining('12 accounts joined together')]);
  expect(cards(bot)[0]).toContain('12 have names like each other');
  expect(cards(bot)[0]).toContain('skua');
  await bot.discord.join(30, { names: skuas(30, 12), accountAgeDays: 2 });
  await expect.poll(() => cards(bot), PATIENCE).toEqual([expect.stringContaining('42 accounts joined together')]);
  expect(cards(bot)[0]).toContain('and 32 more');
  expect(await bot.db`select count(*)::int as raids from raids`).toEqual([{ raids: 1 }]);
});

test('who joins as people do is told of nowhere, and neither is a raid where that is off', async () => {
  await using bot = await startWatched();
  await bot.discord.join(9, { names: skuas(9), accountAgeDays: 2 });
  await bot.set('raids', { on: false });
  await bot.app.settings.of(bot.discord.guildId, 'raids');
  await bot.discord.join(30, { names: skuas(30, 9), accountAgeDays: 2 });
  const { members } = bot.discord.state.guild(bot.discord.guildId);
  const known = () => bot.app.discord.guilds.cache.get(bot.discord.guildId)?.memberCount;
  await expect.poll(known, PATIENCE).toBe(members.size);
  await expect
    .poll(() => bot.app.inFlight.list().map(({ name }) => name), PATIENCE)
    .not.toContain('looking for a raid');
  await bot.set('raids', { on: true, joins: 3, seconds: 300 });
  await bot.discord.join(3, { names: ['gull_1', 'gull_2', 'gull_3'], accountAgeDays: 2 });
  await expect.poll(() => cards(bot), PATIENCE).toHaveLength(1);
  const raiders = await bot.db<{ name: string }[]>`select name from raid_members order by name`;
  expect(raiders.map(({ name }) => name)).toEqual(['gull_1', 'gull_2', 'gull_3']);
});

test('where the channel for alerts is gone the log is told, and what there is to mend', async () => {
  await using bot = await startWatched();
  const { discord } = bot;
  await bot.set('raids', { channel: discord.channels.random });
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  await bot.discord.join(12, { names: skuas(12) });
  await expect.poll(() => cards(bot).join(), PATIENCE).toContain('12 accounts joined together');
});

test('whoever joins and leaves within a second belongs to the raid', async () => {
  await using bot = await startWatched();
  const raiders = await bot.discord.join(12, { names: skuas(12) });
  for (const name of skuas(12)) await bot.discord.leave(name);
  await expect.poll(() => cards(bot).join(), PATIENCE).toContain('12 accounts joined together');
  expect(await bot.db`select count(*)::int as count from raid_members`).toEqual([{ count: raiders.length }]);
});

test('a raid that goes on after a restart is one with what was seen before', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const env = { DATABASE_URL: database.url };
  {
    await using bot = await startBot({ discord, env, raids: true });
    await bot.set('logs', { logChannel: discord.channels['mod-log'] });
    await discord.join(12, { names: skuas(12) });
    await expect.poll(() => cards({ discord }).join(), PATIENCE).toContain('12 accounts joined together');
  }
  await using _bot = await startBot({ discord, env, raids: true });
  await discord.join(10, { names: skuas(10, 12) });
  await expect
    .poll(() => cards({ discord }), PATIENCE)
    .toEqual([expect.stringContaining('22 accounts joined together')]);
});
