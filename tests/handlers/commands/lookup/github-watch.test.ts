import { expect, test } from 'vitest';
import { type BadServer, badServer } from '../../../lib/bad-server.ts';
import { type FollowingBot, NOON, startFollowing } from '../../../services/follows/following.ts';
import { saidIn } from '../files/inspected.ts';

const EVENTS = '/repos/rock/hopper/events?per_page=100&page=1';
const REPO = {
  full_name: 'Rock/Hopper',
  html_url: 'https://github.com/Rock/Hopper',
  description: null,
  stargazers_count: 1,
  forks_count: 1,
  open_issues_count: 1,
  language: null,
  license: null,
  pushed_at: null,
  archived: false,
};

interface Github extends BadServer {
  events: readonly object[];
  /** What it says of the requests that are left, and until when. */
  left: { remaining: number; reset: number } | undefined;
  refuse: boolean;
}

async function githubSite(): Promise<Github> {
  const server = await badServer((request, response) => {
    const path = request.url ?? '';
    const budget = github.left && {
      'x-ratelimit-remaining': `${github.left.remaining}`,
      'x-ratelimit-reset': `${github.left.reset}`,
    };
    const headers = { 'content-type': 'application/json', ...budget };
    if (github.refuse) return response.writeHead(403, { ...headers, 'retry-after': '1800' }).end('{}');
    if (path === '/repos/rock/hopper') return response.writeHead(200, headers).end(JSON.stringify(REPO));
    if (path.startsWith('/repos/rock/hopper/pulls?')) {
      return response.writeHead(200, headers).end(JSON.stringify([{ number: 8, title: 'Swim' }]));
    }
    if (path !== EVENTS) return response.writeHead(404, headers).end('{}');
    const etag = `"${github.events.length}"`;
    if (request.headers['if-none-match'] === etag) return response.writeHead(304, { ...headers, etag }).end();
    return response.writeHead(200, { ...headers, etag, 'x-poll-interval': '60' }).end(JSON.stringify(github.events));
  });
  const github: Github = Object.assign(server, { events: [], left: undefined, refuse: false });
  return github;
}

let lastId = 1_000;
function event(type: string, payload: object, at = NOON) {
  lastId += 1;
  return { id: `${lastId}`, type, created_at: at.toISOString(), actor: { login: 'ada' }, public: true, payload };
}
const issue = (action: string, at?: Date) =>
  event('IssuesEvent', { action, issue: { number: 7, title: 'It *hops*' } }, at);
const pull = (action: string, at?: Date) =>
  event('PullRequestEvent', { action, number: 8, pull_request: { number: 8 } }, at);

async function watching(github: Github, options: Readonly<Record<string, string>> = {}): Promise<FollowingBot> {
  const own = await startFollowing({ GITHUB_URL: `http://${github.host}`, FEED_HOSTS: '' });
  await own.ask('github watch', { repository: 'rock/hopper', channel: 'random', ...options }, 'Followed from now on');
  return own;
}

test('releases, issues and pull requests are posted as they happen, with their titles, and each once', async () => {
  await using github = await githubSite();
  github.events = [issue('opened')];
  await using own = await watching(github);
  await own.look(10);
  expect(own.posted()).toEqual([]);
  const at = own.now();
  github.events = [
    event('ReleaseEvent', { action: 'published', release: { tag_name: 'v1.0', name: 'One', body: 'Better' } }, at),
    pull('merged', at),
    issue('closed', at),
    event('WatchEvent', { action: 'started' }, at),
    issue('labeled', at),
    ...github.events,
  ];
  await own.look(10);
  expect(own.titles()).toEqual(['Issue #7 closed: It \\*hops\\*', 'Pull request #8 merged: Swim', 'Release: One']);
  const [post] = own.posted();
  expect(post?.embeds[2]).toMatchObject({
    author: { name: 'Rock/Hopper', url: 'https://github.com/Rock/Hopper' },
    url: 'https://github.com/Rock/Hopper/releases/tag/v1.0',
    description: 'Better\nhttps://github.com/Rock/Hopper/releases/tag/v1.0',
    footer: { text: 'ada' },
  });
  github.events = [issue('reopened', at), ...github.events];
  await own.look(20);
  await own.look(60);
  expect(own.titles().slice(3)).toEqual(['Issue #7 reopened: It \\*hops\\*']);
});

test('only what was chosen is posted', async () => {
  await using github = await githubSite();
  await using own = await watching(github, { events: 'Pull requests and releases' });
  github.events = [issue('opened', own.now()), pull('opened', own.now())];
  await own.look(10);
  expect(own.titles()).toEqual(['Pull request #8 opened: Swim']);
  expect(await own.ask('github watching')).toMatch(/Rock\/Hopper.*releases, pull requests/s);
  expect(await own.ask('github unwatch', { which: 'rock' })).toContain('no longer posted');
  expect(await own.ask('github watching')).toContain('follows no repositories');
});

test('requests are spread over what GitHub allows, and none is made before it may be', async () => {
  await using github = await githubSite();
  await using own = await watching(github);
  const minutesToNext = async () => {
    const [row] = await own.bot.db<{ at: Date }[]>`select check_at as at from sources`;
    return Math.round(((row?.at.getTime() ?? 0) - own.now().getTime()) / 60_000);
  };
  github.left = { remaining: 4, reset: own.now().getTime() / 1_000 + 3_600 + 600 };
  await own.look(10);
  expect(await minutesToNext()).toBe(30);
  github.refuse = true;
  await own.look(31);
  expect(await minutesToNext()).toBe(30);
  expect((await own.bot.db`select failures from sources`)[0]).toEqual({ failures: 0 });
});

test('the other commands about GitHub still work in direct messages, and this one says where it does', async () => {
  await using github = await githubSite();
  await using own = await startFollowing({ GITHUB_URL: `http://${github.host}` });
  const direct = { as: 'member', channel: 'dm' } as const;
  const shown = await own.bot.discord.slash('github repo', { repository: 'rock/hopper' }, direct);
  expect(saidIn(shown)).toContain('Rock/Hopper');
  const refused = await own.bot.discord.slash('github watch', { repository: 'rock/hopper' }, direct);
  expect(saidIn(refused)).toContain('in a server only');
});

test('what cannot be watched is refused, and who has no token is told what that means', async () => {
  await using github = await githubSite();
  await using own = await startFollowing({ GITHUB_URL: `http://${github.host}` });
  await own.ask('github watch', { repository: 'nothing' }, 'That is no repository');
  await own.ask('github watch', { repository: 'rock/hopper', events: 'stars' }, 'I can follow `releases`');
  await own.ask('github watch', { repository: 'rock/gone', channel: 'random' }, 'GitHub has no repository rock/gone');
  await own.ask('github watch', { repository: 'rock/hopper', channel: 'random' }, /60 requests an hour/);
});
