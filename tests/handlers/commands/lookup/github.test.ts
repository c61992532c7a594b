import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { expectSaid, outsideService, TROUBLES } from './outside.ts';

const URL = 'https://github.com/rock/hopper';
const REPO = {
  full_name: 'rock/hopper',
  html_url: URL,
  description: 'A **bot** @everyone',
  stargazers_count: 12,
  forks_count: 3,
  open_issues_count: 4,
  language: 'TypeScript',
  license: { name: 'MIT License' },
  pushed_at: '2026-01-01T00:00:00Z',
  archived: true,
};
const ISSUE = {
  number: 7,
  title: 'It hops',
  state: 'closed',
  html_url: `${URL}/issues/7`,
  user: { login: 'ada' },
  created_at: '2026-01-01T00:00:00Z',
  comments: 2,
  labels: [{ name: 'bug' }],
  body: null,
};
const PAGES = {
  '/repos/rock/hopper': REPO,
  '/users/ada': {
    login: 'ada',
    name: 'Ada L.',
    html_url: 'https://github.com/ada',
    avatar_url: 'https://avatars.githubusercontent.com/u/1',
    bio: null,
    public_repos: 5,
    followers: 6,
    created_at: '2020-01-01T00:00:00Z',
  },
  '/repos/rock/hopper/issues/7': ISSUE,
  '/repos/rock/hopper/issues/8': { ...ISSUE, number: 8, pull_request: {} },
  '/repos/rock/hopper/pulls/8': { ...ISSUE, number: 8, merged: true, additions: 10, deletions: 1, changed_files: 2 },
  '/repos/rock/hopper/releases/latest': {
    tag_name: 'v2',
    name: 'Two',
    html_url: `${URL}/releases/v2`,
    prerelease: false,
    published_at: '2026-01-01T00:00:00Z',
    body: 'Better',
  },
  '/search/repositories?q=hop%26q%3Dx&per_page=5': { total_count: 1, items: [REPO] },
  '/search/repositories?q=none&per_page=5': { total_count: 0, items: [] },
};
const TOKEN = 'ghp_thisIsASecretOfTheOperator';

async function startWith(host: string) {
  return startBot({ env: { GITHUB_URL: `http://${host}`, GITHUB_TOKEN: TOKEN, OUTSIDE_DEADLINE_MS: '4000' } });
}

test('shows repositories, people, issues, pull requests, releases and what a search finds', async () => {
  await using github = await outsideService(PAGES);
  await using bot = await startWith(github.host);
  const repository = 'rock/hopper';
  const shown = await expectSaid(bot, ['github repo', { repository: `${URL}/tree/main` }], '**Stars** 12');
  expect(shown.content).toContain('A \\*\\*bot\\*\\* @everyone');
  expect(shown.content).toContain('It is archived');
  await expectSaid(bot, ['github user', { name: '@ada' }], 'Ada L. (ada)');
  await expectSaid(bot, ['github issue', { repository, number: 7 }], /#7 It hops.*\*\*State\*\* closed/s);
  await expectSaid(bot, ['github issue', { repository, number: 8 }], '`/github pr` shows more');
  await expectSaid(bot, ['github pr', { repository, number: 8 }], /merged.*\+10 −1 in 2 files/s);
  await expectSaid(bot, ['github release', { repository }], /Two.*\*\*Tag\*\* v2.*Better/s);
  await expectSaid(bot, ['github search', { words: 'hop&q=x' }], /1 repository found.*rock\/hopper/s);
  expect(github.requests.every(({ headers }) => headers.authorization === `Bearer ${TOKEN}`)).toBe(true);
});

test('what has no https address that Discord takes is shown without a button', async () => {
  const addresses = ['http://github.intranet/rock/hopper', `https://github.com/${'a'.repeat(600)}`];
  for (const html_url of addresses) {
    const repo = { ...REPO, html_url };
    await using github = await outsideService({
      '/repos/rock/hopper': repo,
      '/repos/rock/hopper/issues/7': { ...ISSUE, html_url },
      '/search/repositories?q=hop&per_page=5': { total_count: 1, items: [repo] },
    });
    await using bot = await startWith(github.host);
    const repository = 'rock/hopper';
    await expectSaid(bot, ['github repo', { repository }], '**Stars** 12');
    await expectSaid(bot, ['github issue', { repository, number: 7 }], '#7 It hops');
    await expectSaid(bot, ['github search', { words: 'hop' }], '1 repository found');
  }
});

test('what is not there, or cannot be, is said with what to do', async () => {
  await using github = await outsideService(PAGES);
  await using bot = await startWith(github.host);
  for (const repository of ['nothing', 'a/..', '../a', 'a/b?c=d', 'https://evil.example/a/b']) {
    await expectSaid(bot, ['github repo', { repository }], 'That is no repository');
  }
  await expectSaid(bot, ['github user', { name: 'a/b' }], 'Nobody can be called that');
  expect(github.requests).toEqual([]);
  const repository = 'rock/gone';
  await expectSaid(bot, ['github repo', { repository }], 'no repository rock/gone');
  await expectSaid(bot, ['github issue', { repository, number: 1 }], 'rock/gone has no issue 1');
  await expectSaid(bot, ['github pr', { repository, number: 1 }], 'has no pull request 1');
  await expectSaid(bot, ['github release', { repository, tag: 'v/../9' }], 'has no release v/../9');
  expect(github.requests.at(-1)?.url).toBe('/repos/rock/gone/releases/tags/v%2F..%2F9');
  await expectSaid(bot, ['github search', { words: 'none' }], 'found no repository for none');
});

test('whatever goes wrong at GitHub, people are told what, and the log does not tell the token', async () => {
  await using github = await outsideService(PAGES);
  await using bot = await startWith(github.host);
  const ask = ['github repo', { repository: 'rock/hopper' }] as const;
  const reset = Math.floor(Date.now() / 1_000) + 1_800;
  const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${reset}` };
  const troubles = [
    ...TROUBLES,
    [
      'counts too many',
      (r: Parameters<(typeof TROUBLES)[0][1]>[0]) => r.writeHead(403, used).end(),
      'lets me ask again <t:',
    ],
    ['refuses the token', (r: Parameters<(typeof TROUBLES)[0][1]>[0]) => r.writeHead(401).end(), 'access token'],
  ] as const;
  for (const [, answering, told] of troubles) {
    github.misbehave(answering);
    await expectSaid(bot, ask, new RegExp(`GitHub.*${told}|${told}.*GitHub`));
  }
  github.misbehave();
  await expectSaid(bot, ask, '**Stars** 12');
  expect(JSON.stringify(bot.log)).toContain('was answered 401');
  expect(JSON.stringify(bot.log)).not.toContain(TOKEN);
});
