import { expect, test } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import followSources from '../../../src/scheduler/jobs/follow-sources.ts';
import { startBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { feedSite } from '../../services/follows/feed-site.ts';
import { type FollowingBot, NOON, startFollowing } from '../../services/follows/following.ts';

const DAY = 24 * 60;
const never = new AbortController().signal;

/** A bot whose `random` follows the site's feed. */
async function followingFeed(site: { readonly host: string; readonly feed: string }): Promise<FollowingBot> {
  const own = await startFollowing({ FEED_HOSTS: site.host });
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'Followed from now on');
  return own;
}

test('entries that change their id, their address or their place are the same entries', async () => {
  await using site = await feedSite([1, 2, 3].map((number) => ({ number, at: NOON })));
  await using own = await followingFeed(site);
  const [one, two, three] = site.entries;
  if (!one || !two || !three) throw new Error('there are three');
  site.entries = [three, two, one];
  await own.look(10);
  site.entries = [one, two, three].map((entry) => ({ ...entry, id: `https://${site.host}/?p=${entry.number}` }));
  await own.look(20);
  site.entries = site.entries.map((entry) => ({
    ...entry,
    link: `https://www.${site.host}/posts/${entry.number}/?utm_source=rss`,
  }));
  await own.look(30);
  // Everything at once, as after a move to another system: by title and date they are known.
  site.entries = site.entries.map(({ number, at = NOON }) => ({
    number,
    at,
    id: `x${number}`,
    link: `https://new.example/${number}`,
  }));
  await own.look(60);
  // Without a date, too, and its address counts.
  site.entries = site.entries.map(({ at: _, ...entry }) => ({ ...entry, title: 'Changed', id: `y${entry.number}` }));
  await own.look(60);
  expect(own.posted()).toEqual([]);
  site.entries = [{ number: 4, at: own.now() }, ...site.entries];
  await own.look(60);
  expect(own.titles()).toEqual(['Entry 4']);
});

test('what is dated long before we last looked is not posted, and nothing that left and came back', async () => {
  await using site = await feedSite([{ number: 2 }, { number: 1 }]);
  await using own = await followingFeed(site);
  site.entries = [{ number: 9, at: new Date(NOON.getTime() - 30 * 86_400_000) }, { number: 2 }];
  await own.look(10);
  site.entries = [{ number: 2 }, { number: 1 }];
  await own.look(60);
  expect(own.posted()).toEqual([]);
});

test('addresses that all entries share, and ids that all share, do not hide what is new', async () => {
  await using site = await feedSite([
    { number: 1, id: 'same', link: 'https://example.com/' },
    { number: 2, id: 'same', link: 'https://example.com/' },
  ]);
  await using own = await followingFeed(site);
  site.entries = [{ number: 3, id: 'same', link: 'https://example.com/' }, ...site.entries];
  await own.look(10);
  expect(own.titles()).toEqual(['Entry 3']);
});

test('a long feed without dates that begins with the oldest shows what comes at its end, and nothing from its middle', async () => {
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => ({ number: from + at }));
  await using site = await feedSite(numbers(0, 260));
  await using own = await followingFeed(site);
  site.entries = numbers(0, 262);
  await own.look(10);
  expect(own.titles()).toEqual(['Entry 260', 'Entry 261']);
  site.entries = numbers(60, 262); // what stood in the middle stands at an end
  await own.look(60);
  expect(own.titles()).toHaveLength(2);
});

test('a feed that many channels follow is asked once, with what it said last time', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await followingFeed(site);
  await own.ask('feed add', { url: site.feed, channel: 'general' }, 'Followed');
  const before = site.requests.length;
  await own.look(10);
  expect(site.requests).toHaveLength(before + 1);
  expect(site.requests.at(-1)?.headers['if-none-match']).toMatch(/^"/);
  await own.look(1); // it is not due
  expect(site.requests).toHaveLength(before + 1);
  site.entries = [{ number: 2 }, ...site.entries];
  await own.look(20);
  expect(own.titles('random')).toEqual(['Entry 2']);
  expect(own.titles('general')).toEqual(['Entry 2']);
});

test('where nothing is new it looks less and less often, and sooner after news', async () => {
  await using site = await feedSite([{ number: 1 }]);
  site.etags = false; // what is the same byte for byte is the same
  await using own = await followingFeed(site);
  const every = async () => (await own.bot.db`select every_s from sources`)[0]?.every_s;
  const seen: number[] = [];
  for (let at = 0; at < 8; at += 1) {
    await own.look(DAY);
    seen.push(await every());
  }
  expect(seen).toEqual([450, 675, 1_013, 1_520, 2_280, 3_420, 3_600, 3_600]);
  site.entries = [{ number: 2, at: own.now() }, ...site.entries];
  await own.look(DAY);
  expect(await every()).toBe(300);
});

test('a feed that has moved for good is asked at its new address from then on, and its entries stay known', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using other = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: `${site.host},${other.host}` });
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'Followed');
  const address = async () => (await own.bot.db`select address from sources`)[0]?.address;
  site.misbehave((response) => response.writeHead(302, { location: other.feed }).end());
  await own.look(10);
  expect(await address()).toBe(site.feed);
  other.entries = [{ number: 2 }, { number: 1 }];
  site.misbehave((response) => response.writeHead(301, { location: other.feed }).end());
  await own.look(20);
  expect(await address()).toBe(other.feed);
  expect(own.titles()).toEqual(['Entry 2']);
  const asked = site.requests.length;
  await own.look(60);
  expect(site.requests).toHaveLength(asked);
});

test('a feed that fails is left alone longer each time, comes back, and is given up after days with a word in the log', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await followingFeed(site);
  const { bot } = own;
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  site.misbehave((response) => response.writeHead(404).end());
  await own.look(10);
  await own.look(9); // not due: ten minutes after the first failure
  expect((await bot.db`select failures, failure from sources`)[0]).toEqual({ failures: 1, failure: 'missing' });
  expect(await own.ask('feed list')).toContain('it could not be read lately');
  site.misbehave();
  site.entries = [{ number: 2 }, ...site.entries];
  await own.look(10);
  expect(own.titles()).toEqual(['Entry 2']);
  expect((await bot.db`select failures, failure, failing_since from sources`)[0]).toEqual({
    failures: 0,
    failure: null,
    failing_since: null,
  });
  site.misbehave((response) => response.writeHead(404).end());
  for (let at = 0; at < 11; at += 1) await own.look(DAY / 2);
  expect((await bot.db`select paused from follows`)[0]).toEqual({ paused: 'failing' });
  const asked = site.requests.length;
  await own.look(DAY);
  expect(site.requests).toHaveLength(asked);
  const told = JSON.stringify(own.posted('mod-log'));
  expect(own.posted('mod-log')).toHaveLength(1);
  expect(told).toContain('It could not be read for days');
  expect(told).toContain('/feed add');
  site.misbehave();
  site.entries = [{ number: 3 }, ...site.entries];
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'It is followed already');
  site.entries = [{ number: 4 }, ...site.entries];
  await own.look(10);
  expect(own.titles()).toEqual(['Entry 2', 'Entry 4']);
});

test('a feed that says it is gone is given up at once, and who wanted it hears of it where there is no log', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await followingFeed(site);
  const { discord } = own.bot;
  site.misbehave((response) => response.writeHead(410).end());
  await own.look(10);
  expect((await own.bot.db`select paused from follows`)[0]).toEqual({ paused: 'gone' });
  const sent = discord.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
  expect(JSON.stringify(sent)).toContain('gone for good');
  expect(await own.ask('feed list')).toContain('gone for good');
});

test('a channel that is gone or closed pauses what it follows, and the log is told once', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await followingFeed(site);
  const { bot } = own;
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  site.entries = [{ number: 2 }, ...site.entries];
  await own.look(10);
  site.entries = [{ number: 3 }, ...site.entries];
  await own.look(20);
  expect((await own.bot.db`select paused from follows`)[0]).toEqual({ paused: 'channelGone' });
  expect(own.posted('mod-log')).toHaveLength(1);
  expect(JSON.stringify(own.posted('mod-log'))).toContain('The channel is gone');
});

test('what Discord does not take as a card is posted as plain text, once', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await followingFeed(site);
  const body = { code: 50035, message: 'Invalid Form Body', errors: {} };
  own.bot.discord.faults.rest('/channels/{channel_id}/messages', { kind: 'status', status: 400, body }, { times: 1 });
  site.entries = [{ number: 2, title: '*Two* @everyone' }, ...site.entries];
  await own.look(10);
  expect(own.posted()).toMatchObject([
    {
      content: `**Ferry news**\n\\*Two\\* @everyone\nhttps://${site.host}/posts/2`,
      embeds: [],
      mention_everyone: false,
    },
  ]);
});

test('two processes that look at the same moment post each entry once', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const clock = { now: NOON };
  const options = {
    discord,
    jobs: {},
    now: () => clock.now,
    env: { DATABASE_URL: database.url, FEED_HOSTS: site.host },
  };
  await using one = await startBot(options);
  await using other = await startBot(options);
  const reply = await discord.slash('feed add', { url: site.feed, channel: 'random' }, { as: 'owner', settle: 'ack' });
  await reply.until(({ content }) => content.includes('Followed'));
  for (let round = 2; round < 8; round += 1) {
    clock.now = new Date(clock.now.getTime() + DAY * 60_000);
    site.entries = [{ number: round, at: clock.now }, ...site.entries];
    await Promise.all([one, other].map(({ app }) => followSources.run(app, never, () => {})));
    for (const { app } of [one, other]) app.timers.wake();
    const open = async () => (await database.db`select 1 from timers where done_at is null`).length;
    await expect.poll(open).toBe(0);
  }
  const posts = discord.state.messages
    .list(discord.channels.random ?? '', { limit: 100 })
    .filter(({ embeds }) => embeds.length > 0);
  expect(posts.map(({ embeds }) => embeds[0]?.title).reverse()).toEqual(
    [2, 3, 4, 5, 6, 7].map((number) => `Entry ${number}`),
  );
});

test('what has long left a feed is forgotten, what stands in it never is', async () => {
  await using site = await feedSite([{ number: 2 }, { number: 1 }]);
  await using own = await followingFeed(site);
  const { db } = own.bot;
  await own.look(10);
  site.entries = [{ number: 2 }];
  await own.look(20);
  const known = async () => (await db<{ count: number }[]>`select count(*)::int as count from source_items`)[0]?.count;
  const keysOfBoth = await known();
  await own.look(59 * DAY);
  expect(await known()).toBe(keysOfBoth);
  await own.look(341 * DAY);
  expect(await known()).toBe(keysOfBoth); // it says that it is as it was, and so is not looked into
  site.entries = [{ number: 3 }, { number: 2 }];
  await own.look(DAY);
  expect(own.titles()).toEqual(['Entry 3']);
  expect(await known()).toBe(keysOfBoth);
  expect(await db`select key from source_items where seen_at < ${own.now()}`).toEqual([]);
});
