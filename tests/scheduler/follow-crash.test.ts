import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { type Running, runMain, says } from '../process.ts';
import { feedSite } from '../services/follows/feed-site.ts';

// Each round waits for a whole bot to start.
vi.setConfig({ testTimeout: 300_000 });

const ROUNDS = 9;

/** A feed that a channel follows, and that has never been looked at. */
async function followDirectly({ db }: TestDatabase, feed: string, guild: string, channel: string): Promise<void> {
  await db`
    with source as (
      insert into sources (kind, address, title, check_at, every_s) values ('feed', ${feed}, 'Ferry news', now(), 300)
      returning id
    )
    insert into follows (source_id, guild_id, channel_id, owner_id, created_at)
    select id, ${guild}, ${channel}, 1, now() from source`;
}

/** Whoever starts next looks at once, as if nobody had held the job. */
async function makeDue({ db }: TestDatabase): Promise<void> {
  await db`update sources set check_at = now()`;
  await db`
    insert into jobs (name, next_at) values ('follow-sources', date_trunc('milliseconds', now()))
    on conflict (name) do update set next_at = excluded.next_at, lease_owner = null, lease_expires_at = null`;
}

test.skipIf('Deno' in globalThis)(
  'a bot killed while it asks, stores or posts loses no entry and posts none twice',
  async () => {
    await using site = await feedSite();
    await using database = await freshDatabase();
    await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
    const env = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      DISCORD_CDN_URL: discord.cdnUrl,
      DATABASE_URL: database.url,
      FEED_HOSTS: site.host,
      HTTP_ADDRESS: 'off',
      WORKER_THREADS: '2',
    };
    await (await runMain(['migrate'], env)).ended;
    await followDirectly(database, site.feed, discord.guildId, discord.channels.random ?? '');

    let running: Running | undefined;
    let killAt: 'asked' | 'stored' | 'posted' | undefined;
    const killOn = (moment: typeof killAt) => {
      if (killAt !== moment) return;
      killAt = undefined;
      running?.kill('SIGKILL');
    };
    const posted: string[] = [];
    // Called while Discord makes the message: its answer has not been written yet, so its sender dies without it.
    discord.state.listeners.add(({ t, d }) => {
      if (t !== 'MESSAGE_CREATE') return;
      for (const [, title = ''] of JSON.stringify(d).matchAll(/"title":"(Entry \d+)"/g)) posted.push(title);
      killOn('posted');
    });
    const { db } = database;
    const stored = async () => (await db`select 1 from timers`).length;
    for (let round = 1; round <= ROUNDS; round += 1) {
      site.entries = [{ number: round }, ...site.entries];
      const moment = (['asked', 'stored', 'posted'] as const)[round % 3];
      const before = await stored();
      if (moment === 'asked') {
        site.misbehave((response) => {
          killOn('asked');
          site.misbehave();
          response.destroy();
        });
      }
      killAt = moment;
      await makeDue(database);
      await using bot = await runMain(['run'], env);
      running = bot;
      if (moment === 'stored') {
        await expect.poll(stored, { timeout: 60_000, interval: 2 }).toBeGreaterThan(before);
        killOn('stored');
      }
      await bot.ended;
    }
    killAt = undefined;
    await makeDue(database);
    await using last = await runMain(['run'], env);
    await last.line(says('ready'));
    const wanted = Array.from({ length: ROUNDS }, (_, at) => `Entry ${at + 1}`);
    await expect.poll(() => posted.toSorted(), { timeout: 120_000 }).toEqual(wanted.toSorted());
    await expect
      .poll(async () => (await db`select 1 from timers where done_at is null`).length, { timeout: 60_000 })
      .toBe(0);
    expect(posted.toSorted()).toEqual(wanted.toSorted());
  },
);
