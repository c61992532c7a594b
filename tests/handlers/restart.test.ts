import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { freshDatabase } from '../database.ts';
import { runMain, says } from '../process.ts';

// Two starts, and ten seconds until a process that says nothing counts as gone.
vi.setConfig({ testTimeout: 120_000 });

const PATIENT = { timeout: 60_000 } as const;
const CUT_OFF = 'I was cut off before I could finish this';
const CSV = { bytes: new TextEncoder().encode(`a,b\n${'1,2\n'.repeat(250)}`), contentType: 'text/csv' };

/** The program in a process of its own, which can be ended and started again on the same database. */
async function startWorld(env: Readonly<Record<string, string>> = {}) {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await freshDatabase());
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  discord.faults.files(/slow/, { kind: 'slow', bytesPerSecond: 20 });
  const settings = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    ATTACHMENT_HOSTS: new URL(discord.url).host,
    DATABASE_URL: database.url,
    HTTP_ADDRESS: '127.0.0.1:0',
    ...env,
  };
  const owned = opened.move();
  const start = async () => {
    const bot = owned.use(await runMain(['run'], settings));
    await bot.line(says('ready'));
    return bot;
  };
  const owed = async () => (await database.db`select label from promised_answers`).map(({ label }) => label);
  return { discord, start, owed, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('whoever waits for an inspection when the process dies reads so once it is started again', async () => {
  await using at = await startWorld();
  const before = await at.start();
  const [card, thinking] = await Promise.all([
    at.discord.slash('inspect', { file: { name: 'slow.csv', ...CSV } }, { as: 'member' }),
    at.discord.slash('chart', { file: { name: 'slow-too.csv', ...CSV }, column: 'a' }, { as: 'owner', settle: 'ack' }),
  ]);
  expect(card.content).toContain('0 of 1 done');
  expect(thinking.kind).toBe('deferred');
  await expect.poll(at.owed, PATIENT).toHaveLength(2);
  const button = /inspect\.cancel:1:[0-9a-f]{8}/.exec(JSON.stringify(card.message?.components))?.[0] ?? '';
  before.kill('SIGKILL');
  expect(await before.ended).not.toBe(0);
  await at.start();
  const late = await at.discord.click(card.message ?? '', button, { as: 'member', unchecked: true });
  expect(late.content).toContain('nothing to cancel any more');
  for (const reply of [card, thinking]) {
    const told = await reply.until(({ content }) => content.includes(CUT_OFF), { deadlineMs: 40_000 });
    expect(JSON.stringify(told.message?.components)).not.toContain('inspect.cancel');
    expect(told.followUps).toEqual([]);
  }
  await expect.poll(at.owed, PATIENT).toEqual([]);
});

test('whoever waits for an inspection when the grace ends is told so before the bot is gone', async () => {
  await using at = await startWorld({ SHUTDOWN_GRACE_MS: '300' });
  const bot = await at.start();
  const card = await at.discord.slash('inspect', { file: { name: 'slow.csv', ...CSV } });
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
  // How far it was is of no use to anybody any more.
  expect(card.content).toContain('I am about to restart');
  expect(await at.owed()).toEqual([]);
});
