import { describe, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { onDeno } from '../../workers/fixtures/start.ts';

/** A machine that is shared may take long to begin; what is too slow takes half a second all the same. */
const TIMES = { budgetMs: 200, waitMs: 30_000 };
const PATIENCE = { timeout: 60_000, interval: 50 };
const HOSTILE = { source: '^(?=(a+)+$)b', ignoreCase: true, of: 'canonical' } as const;
const FINE = { source: '(\\w)\\1{2}', ignoreCase: true, of: 'canonical' } as const;
const ATTACK = `${'a'.repeat(26)} 12! it is a secret`;

async function shared() {
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const database = opened.use(await freshDatabase());
  const owned = opened.move();
  const options = { discord, env: { DATABASE_URL: database.url, PATTERNS_BACKTRACKING: 'on' }, backtracking: TIMES };
  return { discord, database, options, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function hold(bot: TestBot, pattern: typeof HOSTILE | typeof FINE, text: string) {
  return bot.app.backtracking.matches({ guild: bot.discord.guildId, ...pattern, text });
}

/** Has a pattern overrun so often, one message after the other. */
async function overrun(bot: TestBot, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    await expect.poll(() => hold(bot, FINE, 'nooo'), PATIENCE).toBe(true); // its thread is there
    expect(await hold(bot, HOSTILE, ATTACK)).toBeUndefined();
  }
}

function logOf({ state, channels }: Sandbox): readonly string[] {
  return state.messages.list(channels['mod-log'] ?? '', { limit: 10 }).map((message) => JSON.stringify(message));
}

describe.skipIf(onDeno)('patterns that go back, where the operator allows them', () => {
  test('a pattern that takes too long three times is out of use in every process, and the log is told once', async () => {
    await using place = await shared();
    const { discord, options } = place;
    await using first = await startBot(options);
    await using second = await startBot(options);
    await first.set('logs', { logChannel: discord.channels['mod-log'] });
    for (const bot of [first, second]) await expect.poll(() => hold(bot, FINE, 'no'), PATIENCE).toBe(false);
    await overrun(first, 2);
    expect(await first.app.backtracking.quarantined(discord.guildId)).toEqual([]);
    await overrun(second, 1);
    const sources = async ({ app }: TestBot) =>
      (await app.backtracking.quarantined(discord.guildId)).map(({ source }) => source);
    for (const bot of [first, second]) await expect.poll(() => sources(bot), PATIENCE).toEqual([HOSTILE.source]);
    const ended = () => first.app.backtracking.stats()?.restarts;
    const before = ended();
    await overrun(first, 2); // unknown at once: no thread is lost any more
    expect(ended()).toBe(before);
    await expect.poll(() => logOf(discord).length, PATIENCE).toBe(1);
    const [told = ''] = logOf(discord);
    expect(told).toContain('A pattern is out of use');
    expect(told).toContain(HOSTILE.source);
    expect(told).toMatch(
      /45 characters in 1 lines: 37 letters, 2 digits, 5 spaces, 0 combining marks, 1 others; the same one up to 26 times/,
    );
    expect(told).not.toContain('secret');
    const lines = [...first.log, ...second.log].filter(({ msg }) => msg.includes('lost its thread'));
    expect(lines).toHaveLength(3);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });

  test('what is out of use is so after a restart, until it is released', async () => {
    await using place = await shared();
    const { discord, options } = place;
    {
      await using bot = await startBot(options);
      await overrun(bot, 2);
    }
    {
      await using bot = await startBot(options);
      await overrun(bot, 1);
      const rows = () => bot.app.db`select overruns, quarantined_at is not null as out from slow_patterns`;
      expect([...(await rows())]).toEqual([{ overruns: 3, out: true }]);
    }
    await using bot = await startBot(options);
    const { backtracking } = bot.app;
    const { guildId: guild } = discord;
    await overrun(bot, 1);
    expect(backtracking.stats()?.restarts).toBe(0);
    expect(await backtracking.release({ guild, ...HOSTILE })).toBe(true);
    expect(await backtracking.release({ guild, ...HOSTILE })).toBe(false);
    expect(await backtracking.quarantined(guild)).toEqual([]);
    expect(await hold(bot, HOSTILE, 'aaa')).toBe(false);
  });
});

test('where nobody has allowed it, or the runtime cannot end a thread, none is run', async () => {
  await using off = await startBot();
  expect(off.app.backtracking.unavailable).toBe('off');
  expect(await hold(off, FINE, 'nooo')).toBeUndefined();
  if (!onDeno) return;
  await using deno = await startBot({ env: { PATTERNS_BACKTRACKING: 'on' }, backtracking: TIMES });
  expect(deno.app.backtracking.unavailable).toBe('runtime');
  expect(await hold(deno, FINE, 'nooo')).toBeUndefined();
});
