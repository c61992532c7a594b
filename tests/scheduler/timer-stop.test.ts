import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { openTimerService } from '../../src/services/timers/timers.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { runMain, says } from '../process.ts';
import { said } from './timer-bot.ts';

// Two starts of the whole program, one after the other.
vi.setConfig({ testTimeout: 120_000 });

const TIMERS = 30;
const ROUTE = '/channels/{channel_id}/messages';

async function addTimers(database: TestDatabase, discord: Sandbox): Promise<void> {
  using timers = await openTimerService({ database, now: () => new Date() });
  for (let at = 0; at < TIMERS; at += 1) {
    await timers.add({
      ...{ kind: 'scheduled-post', owner: discord.people.moderator ?? '', guild: discord.guildId },
      ...{ channel: discord.channels[at % 2 === 0 ? 'general' : 'random'], due: new Date(), zone: 'UTC' },
      payload: { text: `number ${at}`, mentions: false },
    });
  }
}

test.each([
  ['a grace that is long enough', '30000', true],
  ['next to no grace', '50', false],
])(
  'SIGTERM in the middle of deliveries, with %s: the next process goes on, and each is delivered once',
  async (_, grace, all) => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const env = {
      ...{ DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, DISCORD_CDN_URL: discord.cdnUrl },
      ...{ DATABASE_URL: database.url, HTTP_ADDRESS: 'off', WORKER_THREADS: '2', SHUTDOWN_GRACE_MS: grace },
    };
    const sends = () =>
      discord.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
    discord.faults.rest(ROUTE, { kind: 'slow', ms: 1_500 });
    {
      await using bot = await runMain(['run'], env);
      await bot.line(says('ready'));
      await addTimers(database, discord);
      await expect
        .poll(async () => (await database.db`select 1 from timers where claimed_by is not null`).length, {
          timeout: 60_000,
        })
        .toBeGreaterThan(1);
      bot.kill('SIGTERM');
      expect(await bot.ended).toBe(0);
    }
    const left = await database.db`select claimed_by, attempts, tried_at from timers where done_at is null`;
    expect(left.length).toBeGreaterThan(0);
    expect(left.every(({ claimed_by, attempts }) => claimed_by === null && attempts === 0)).toBe(true);
    if (all) expect(left.every(({ tried_at }) => tried_at === null)).toBe(true);
    discord.faults.clear();
    const before = sends().length;
    await using next = await runMain(['run'], env);
    await next.line(says('ready'));
    const open = async () => (await database.db`select 1 from timers where done_at is null`).length;
    await expect.poll(open, { timeout: 60_000 }).toBe(0);
    expect(sends().length).toBeGreaterThan(before);
    const messages = [...said(discord), ...said(discord, discord.channels.random)];
    expect(messages.toSorted()).toEqual(Array.from({ length: TIMERS }, (_, at) => `number ${at}`).toSorted());
  },
);
