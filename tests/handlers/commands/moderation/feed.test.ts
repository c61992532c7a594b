import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { feedSite } from '../../../services/follows/feed-site.ts';
import { startFollowing } from '../../../services/follows/following.ts';
import { saidIn } from '../files/inspected.ts';
import { TROUBLES } from '../lookup/outside.ts';

test('a feed is followed: the latest is shown, nothing old is posted, what is new is, once', async () => {
  await using site = await feedSite([{ number: 2 }, { number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host });
  const said = await own.ask('feed add', { url: site.feed, channel: 'random' }, 'Followed from now on');
  expect(said).toContain('Ferry news');
  expect(said).toContain('Entry 2');
  await own.look(6);
  expect(own.posted()).toEqual([]);
  site.entries = [
    { number: 3, title: 'Hello @everyone &amp; *all*', text: '<b>new</b> [x](https://evil.example)' },
    ...site.entries,
  ];
  await own.look(10);
  expect(own.posted()).toMatchObject([
    {
      content: '',
      mention_everyone: false,
      embeds: [
        {
          author: { name: 'Ferry news' },
          title: 'Hello @everyone & \\*all\\*',
          url: `https://${site.host}/posts/3`,
          description: `new \\[x\\](https://evil.example)\nhttps://${site.host}/posts/3`,
        },
      ],
    },
  ]);
  await own.look(10);
  expect(own.posted()).toHaveLength(1);
});

test('a role is told when it was chosen, and many new ones are summed up', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host });
  const role = own.bot.discord.roles.member;
  await own.ask('feed add', { url: site.feed, channel: 'random', role }, 'Mentions:');
  site.entries = Array.from({ length: 18 }, (_, at) => ({ number: 18 - at }));
  await own.look(10);
  const [post, ...others] = own.posted();
  expect(others).toEqual([]);
  expect(post?.content).toContain(`<@&${role}>`);
  expect(post?.content).toContain('and 12 more');
  expect(post?.mention_roles).toEqual([role]);
  expect(own.titles()).toEqual(['Entry 14', 'Entry 15', 'Entry 16', 'Entry 17', 'Entry 18']);
});

test('the feed of a web page is found', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host });
  site.misbehave((response, { url }) => {
    if (url === '/feed') site.misbehave();
    const page = '<!doctype html><head><link rel="alternate" type="application/rss+xml" href="/feed"></head>';
    response.writeHead(url === '/feed' ? 302 : 200, { 'content-type': 'text/html', location: '/feed' }).end(page);
  });
  const said = await own.ask('feed add', { url: `http://${site.host}/`, channel: 'random' }, 'Followed from now on');
  expect(said).toContain('at another address');
  expect(await own.bot.db`select address from sources`).toEqual([{ address: site.feed }]);
});

test('feeds are listed and let go, and what nobody follows is forgotten', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host });
  expect(await own.ask('feed list')).toContain('follows no feeds');
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'Followed');
  await own.ask('feed add', { url: site.feed, channel: 'general' }, 'Followed');
  await own.ask('feed add', { url: site.feed, channel: 'general' }, 'It is followed already');
  expect(await own.ask('feed list')).toMatch(/2 feeds are followed.*Ferry news.*looked at again/s);
  expect(await own.bot.db`select count(*)::int as count from sources`).toEqual([{ count: 1 }]);
  expect(await own.ask('feed remove', { which: 'ferry' })).toContain('Several have that');
  const ids = (await own.bot.db<{ id: string }[]>`select id::text as id from follows order by id`).map(({ id }) => id);
  expect(await own.ask('feed remove', { which: ids[0] ?? '' })).toContain('no longer posted');
  site.entries = [{ number: 2 }, ...site.entries];
  await own.look(10);
  expect(own.posted('random')).toEqual([]);
  expect(own.titles('general')).toEqual(['Entry 2']);
  expect(await own.ask('feed remove', { which: 'ferry' })).toContain('no longer posted');
  expect(await own.ask('feed remove', { which: 'ferry' })).toContain('No such feed');
  expect(await own.bot.db`select 1 from sources union all select 1 from source_items`).toEqual([]);
});

test('what cannot be followed is refused with what to do instead', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host, OUTSIDE_DEADLINE_MS: '4000' });
  const { discord } = own.bot;
  for (const url of ['nothing', 'ftp://example.com/x', 'https://me:secret@example.com/']) {
    await own.ask('feed add', { url, channel: 'random' }, 'That is no web address');
  }
  await own.ask('feed add', { url: 'https://10.0.0.1/feed', channel: 'random' }, 'its address is private');
  await own.ask('feed add', { url: 'http://192.168.1.1:8080', channel: 'random' }, 'its address is private');
  await own.ask(
    'feed add',
    { url: `http://${site.host}/nowhere`, channel: 'random' },
    'There is nothing at that address',
  );
  const member = await discord.slash('feed add', { url: site.feed }, { as: 'member', unchecked: true });
  expect(saidIn(member)).toContain('Manage Server');
  const deny = (bits: bigint) =>
    discord.rest('PUT', `/channels/${discord.channels.random}/permissions/${discord.state.bot.id}`, {
      as: 'owner',
      body: { type: 1, deny: String(bits), allow: '0' },
    });
  await deny(PermissionFlagsBits.EmbedLinks);
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'I may not write in');
  await deny(PermissionFlagsBits.ReadMessageHistory);
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'I may not read the message history');
  await own.ask('feed add', { url: site.feed, channel: 'general', role: discord.guildId }, 'I do not mention everyone');
  expect(await own.bot.db`select 1 from sources`).toEqual([]);
});

test('a server that follows as much as it may is told how to make room', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host });
  const { db, discord } = own.bot;
  await db`
    with source as (
      insert into sources (kind, address, title, check_at, every_s)
      select 'feed', 'https://example.com/' || n, 'Feed ' || n, now() + interval '9 years', 300 from generate_series(1, 50) n
      returning id
    )
    insert into follows (source_id, guild_id, channel_id, owner_id, created_at)
    select id, ${discord.guildId}, ${discord.channels.general ?? ''}, 1, now() from source`;
  const add = { url: site.feed, channel: 'random' };
  expect(await own.ask('feed add', add, /follows 50 feeds/)).toContain('/feed remove');
  const pages = await own.ask('feed list', {}, '50 feeds are followed');
  expect(pages).toContain('Feed 1');
  expect(await own.ask('feed remove', { which: 'feed 50' })).toContain('no longer posted');
  await own.ask('feed add', add, 'Followed from now on');
});

test('whatever goes wrong at the website, people are told what', async () => {
  await using site = await feedSite([{ number: 1 }]);
  await using own = await startFollowing({ FEED_HOSTS: site.host, OUTSIDE_DEADLINE_MS: '4000' });
  const unlike = { 'sends a web page': 'I find no feed there', 'sends something else': 'I find no feed there' };
  for (const [what, answering, told] of TROUBLES) {
    site.misbehave((response, { url }) => answering(response, url ?? ''));
    const expected = what in unlike ? unlike[what as keyof typeof unlike] : told;
    await own.ask('feed add', { url: site.feed, channel: 'random' }, expected);
  }
  site.misbehave();
  await own.ask('feed add', { url: site.feed, channel: 'random' }, 'Followed from now on');
});
