import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { says as logs, runMain } from '../../process.ts';
import { entriesIn, entryWith, PATIENCE, startLogging } from './logged.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const AWAY = { kind: 'status', status: 503, body: { message: 'away', code: 0 } } as const;
const MESSAGES = '/channels/{channel_id}/messages';
const says = { as: 'member', channel: 'general' } as const;

function childEnv(discord: Sandbox) {
  const { host } = new URL(discord.url);
  const own = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl };
  return { ...own, ATTACHMENT_HOSTS: host, HTTP_ADDRESS: 'off', TLDR_URL: 'off' };
}

async function left({ db }: Awaited<ReturnType<typeof startLogging>>) {
  return (await db`select place from log_entries`).length;
}

test('what happens while Discord is away is told when it is there again, once and in order, and then struck out', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const lift = discord.faults.rest(MESSAGES, AWAY, { method: 'POST' });
  for (let at = 0; at < 4; at += 1) {
    const message = await discord.message({ ...says, content: `squawk ${at}` });
    await discord.delete(message, { as: 'member' });
  }
  await expect.poll(() => left(bot), PATIENCE).toBe(4);
  expect(entriesIn(bot)).toEqual([]);
  lift();
  await entryWith(bot, 'squawk 3');
  expect(entriesIn(bot).map((text) => text.slice(text.lastIndexOf('squawk')))).toEqual(
    [0, 1, 2, 3].map((at) => `squawk ${at}`),
  );
  await expect.poll(() => left(bot), PATIENCE).toBe(0);
});

test('what no message has room for stands in a file, in order, and nothing is missing', async () => {
  await using bot = await startLogging({ logTimes: { actorMs: 0, everyMs: 700, storeMs: 20 } });
  const { discord } = bot;
  const most = 400;
  for (let at = 0; at < most; at += 1) {
    const message = await discord.message({ ...says, content: `squawk ${at}.` });
    await discord.delete(message, { as: 'member' });
  }
  const told = async () => {
    const messages = discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 1_000 }).toReversed();
    const texts = await Promise.all(
      messages.map(async ({ components, attachments: [file] }) =>
        file ? await (await fetch(file.url)).text() : JSON.stringify(components),
      ),
    );
    return texts
      .join('')
      .matchAll(/squawk (\d+)\./g)
      .map(([, at]) => Number(at))
      .toArray();
  };
  await expect.poll(async () => (await told()).length, { timeout: 60_000 }).toBe(most);
  expect(await told()).toEqual(Array.from({ length: most }, (_, at) => at));
  expect(entriesIn(bot).some((text) => /\*\*\d+ entries, in the file\*\*/.test(text))).toBe(true);
  await expect.poll(() => left(bot), PATIENCE).toBe(0);
});

test('a channel that was deleted, or is closed to the bot, does no harm; the server is told, once', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['bot-commands'] });
  await bot.set('events', { channels: { messages: discord.channels.random, all: discord.channels['mod-log'] } });
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  await entryWith(bot, 'Channel deleted');
  for (const content of ['one', 'two'])
    await discord.delete(await discord.message({ ...says, content }), { as: 'member' });
  expect(await entryWith(bot, 'Event logs cannot be written', 'bot-commands')).toContain('cannot be written');
  await expect.poll(() => left(bot), PATIENCE).toBe(0);
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name: 'blue' } });
  expect(made).toBeDefined();
  await entryWith(bot, 'Role made');
  expect(entriesIn(bot, 'bot-commands').filter((text) => text.includes('cannot be written'))).toHaveLength(1);
});

test('what a process that was killed has left is told by the next, and nothing twice', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const rows = (content: string) => database.db`select * from log_entries where body like ${`%${content}%`}`;
  const deleted = async (content: string) =>
    discord.delete(await discord.message({ ...says, content }), { as: 'member' });
  {
    await using _ = await startLogging({ discord, env });
  }
  const lifts: (() => void)[] = [];
  {
    await using child = await runMain(['run'], { ...childEnv(discord), ...env });
    await child.line(logs('ready'));
    await deleted('told before');
    await expect.poll(async () => (await rows('told before')).length, PATIENCE).toBe(1);
    const [row] = await rows('told before');
    await entryWith({ discord }, 'told before');
    await expect.poll(async () => (await rows('told before')).length, PATIENCE).toBe(0);
    lifts.push(discord.faults.rest(MESSAGES, AWAY, { method: 'POST' }));
    await deleted('not told yet');
    await expect.poll(async () => (await rows('not told yet')).length, PATIENCE).toBe(1);
    child.kill('SIGKILL');
    await child.ended;
    // As if it had died between sending the one and striking it out.
    await database.db`insert into log_entries ${database.db(row ?? {})}`;
  }
  for (const lift of lifts) lift();
  await using next = await startBot({ discord, env });
  await entryWith(next, 'not told yet');
  await expect.poll(async () => (await rows('')).length, PATIENCE).toBe(0);
  expect(entriesIn(next).filter((text) => text.includes('told'))).toHaveLength(2);
});
