import { expect, test, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { openTimerService } from '../../src/services/timers/timers.ts';
import { CrashingPair, numbers } from '../crashing-pair.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';

// A minute on a machine that has nothing else to do: twenty starts, each of which waits for the one before.
vi.setConfig({ testTimeout: 400_000 });

const TIMERS = 300;
const KILLS = 20;
const SEED = 20_260_301;

/** Half of them in channels, half by direct message, all due within three seconds. */
async function addTimers(database: TestDatabase, discord: Sandbox): Promise<ReadonlySet<string>> {
  using timers = await openTimerService({ database, now: () => new Date() });
  const channels = [discord.channels.general, discord.channels.random];
  const people = [discord.people.member, discord.people.owner];
  const added = Array.from({ length: TIMERS }, (_, at) =>
    timers.add({
      kind: 'reminder',
      owner: people[at % 2] ?? '',
      guild: discord.guildId,
      channel: channels[at % 2],
      payload: { text: `number ${at}`, where: at % 4 < 2 ? 'channel' : 'dm' },
      due: new Date(Date.now() + 1_000 + at * 10),
      zone: 'UTC',
      limit: TIMERS,
    }),
  );
  return new Set((await Promise.all(added)).map(({ id }) => id));
}

test.skipIf('Deno' in globalThis)(
  'two processes are killed twenty times in the middle of three hundred timers: each is delivered exactly once',
  async () => {
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    await using bots = new CrashingPair({
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DATABASE_URL: database.url,
      HTTP_ADDRESS: 'off',
      LOG_LEVEL: 'info',
      WORKER_THREADS: '2',
    });
    await bots.firstReady;

    const random = numbers(SEED);
    const messages: string[] = [];
    let killed = 0;
    let nextKill = 1 + Math.floor(random() * 10);
    // Called while Discord makes the message: its answer has not been written yet, so its sender dies without it.
    discord.state.listeners.add(({ t, d }) => {
      const timer = t === 'MESSAGE_CREATE' ? /reminder\.done:1:(\d+)/.exec(JSON.stringify(d))?.[1] : undefined;
      if (timer === undefined) return;
      messages.push(timer);
      if (killed === KILLS || messages.length < nextKill || !bots.kill(random())) return;
      killed += 1;
      nextKill = messages.length + 1 + Math.floor(random() * (TIMERS / KILLS - 2));
    });
    const ids = await addTimers(database, discord);

    const open = async () => (await database.db`select 1 from timers where done_at is null`).length;
    await expect.poll(open, { timeout: 380_000, interval: 250 }).toBe(0);
    expect(killed).toBe(KILLS);
    expect(messages.toSorted()).toEqual([...ids].toSorted());
    expect(await database.db`select outcome, count(*)::int as count from timers group by outcome`).toEqual([
      { outcome: 'done', count: TIMERS },
    ]);
    // Some died between the message and their record of it, and others went on with it: else this tested nothing.
    const sends = discord.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
    expect(sends.length).toBeGreaterThan(TIMERS);
  },
);
