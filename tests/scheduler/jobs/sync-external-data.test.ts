import type { ServerResponse } from 'node:http';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/context.ts';
import { DatabaseAwayError } from '../../../src/lib/errors.ts';
import syncExternalData from '../../../src/scheduler/jobs/sync-external-data.ts';
import { type StartBotOptions, startBot, type TestBot } from '../../bot.ts';
import { saidIn, upload } from '../../handlers/commands/files/inspected.ts';
import { type BadServer, badServer } from '../../lib/bad-server.ts';

type Answering = (response: ServerResponse, etag: string | undefined) => void;

async function sync(context: Context, signal = new AbortController().signal): Promise<void> {
  await syncExternalData.run(context, signal, () => {});
}

/** A service with a list at each path, which the test can change. */
async function lists(answers: Record<string, Answering>): Promise<BadServer> {
  return badServer((request, response) => {
    const answer = answers[request.url ?? ''];
    if (answer) answer(response, request.headers['if-none-match']);
    else response.writeHead(404).end();
  });
}

/** A text with its ETag: who has it is told so. */
function text(body: string, type = 'text/plain'): Answering {
  const etag = `"${body.length}-${body.slice(0, 20).replaceAll(/\W/g, '')}"`;
  return (response, known) => {
    response.writeHead(known === etag ? 304 : 200, { etag, 'content-type': type });
    response.end(known === etag ? undefined : body);
  };
}

const many = (count: number) => Array.from({ length: count }, (_, n) => `a${n}.bad-place.com`);

function startWith({ host }: BadServer, names: readonly string[], options: StartBotOptions = {}): Promise<TestBot> {
  const PHISHING_LISTS = names.map((name) => `${name}=http://${host}/${name}`).join(',');
  return startBot({ ...options, env: { PHISHING_LISTS, ...options.env } });
}

async function verdictOf({ discord }: TestBot, link: string): Promise<string> {
  const reply = await discord.slash(
    'inspect',
    { file: upload('a.txt', `see ${link} now`, 'text/plain') },
    { settle: 'ack' },
  );
  await reply.until((one) => one.content.includes('**SHA-256**'), { deadlineMs: 30_000 });
  return saidIn(reply);
}

test.each(['server', 'embedded'] as const)(
  'a domain on a list makes a link dangerous, from then on and after a restart (%s)',
  async (database) => {
    await using server = await lists({ '/scams': text('# comment\n0.0.0.0 evil-shop.com\n||bücher-scam.net^\r\n') });
    await using bot = await startWith(server, ['scams'], { database });
    const link = 'https://www.evil-shop.com/x';
    expect(await verdictOf(bot, link)).not.toContain('on the list');
    await sync(bot.app);
    const said = await verdictOf(bot, link);
    expect(said).toContain('**Dangerous**');
    expect(said).toContain('a link leads to www.evil-shop.com, which is on the list scams of dangerous domains');
    expect(await verdictOf(bot, 'https://xn--bcher-scam-9db.net')).toContain('on the list scams');
    expect(await verdictOf(bot, 'https://evil-shop.community')).not.toContain('on the list');
    expect(saidIn(await bot.discord.slash('status', {}, { as: 'owner' }))).toContain(
      'list:scams** 2 entries, up to date <t:',
    );
    expect(saidIn(await bot.discord.slash('status', {}, { as: 'owner' }))).not.toContain('Lists of dangerous domains');
    const metrics = await bot.app.metrics.registry.metrics();
    expect(metrics).toContain('rockhopper_external_data_entries{name="list:scams"} 2');
    expect(metrics).toMatch(/rockhopper_external_data_age_seconds\{name="list:scams"\} \d/);
  },
  120_000,
);

test('another process of the same bot has the list at once, and one that starts has it, too', async () => {
  await using server = await lists({ '/scams': text(JSON.stringify(many(20_000)), 'application/json') });
  await using bot = await startWith(server, ['scams']);
  const env = { DATABASE_URL: bot.app.config.DATABASE_URL ?? '' };
  await using other = await startWith(server, ['scams'], { env });
  await sync(bot.app);
  await expect
    .poll(() => other.app.externalData.domainLists().map(({ hashes }) => hashes.byteLength))
    .toEqual([160_000]);
  await using late = await startWith(server, ['scams'], { env });
  await expect.poll(() => late.app.externalData.listsVersion()).toBe(bot.app.externalData.listsVersion());
});

test('what has not changed is not sent again, and a list that is named no more is forgotten', async () => {
  await using server = await lists({ '/scams': text('evil-shop.com') });
  let now = new Date('2027-01-01T00:00:00Z');
  await using bot = await startWith(server, ['scams'], { now: () => now });
  await sync(bot.app);
  await sync(bot.app);
  expect(server.requests).toHaveLength(1);
  now = new Date('2027-01-01T00:10:00Z');
  await sync(bot.app);
  expect(server.requests[1]?.headers['if-none-match']).toBe('"13-evilshopcom"');
  await expect.poll(() => bot.app.externalData.states()[0]?.checkedAt).toEqual(now);
  expect(await bot.db`select checked_at, changed_at from external_data`).toEqual([
    { checked_at: now, changed_at: new Date('2027-01-01T00:00:00Z') },
  ]);
  await using without = await startBot({ env: { DATABASE_URL: bot.app.config.DATABASE_URL ?? '' } });
  await sync(without.app);
  await expect.poll(() => bot.app.externalData.domainLists()).toEqual([]);
  expect(await bot.db`select from external_data_parts`).toEqual([]);
});

const json = (value: unknown) => text(JSON.stringify(value), 'application/json');

const TROUBLES: readonly (readonly [what: string, answering: Answering, level: 'warn' | 'error'])[] = [
  ['down', (response) => response.writeHead(500).end(), 'warn'],
  ['busy', (response) => response.writeHead(429, { 'retry-after': '600' }).end(), 'warn'],
  ['gone', (response) => response.writeHead(404).end(), 'error'],
  [
    'short',
    (response) => response.writeHead(200, { 'content-length': '99' }).write('a.com', () => response.destroy()),
    'warn',
  ],
  ['circles', (response) => response.writeHead(302, { location: '/circles' }).end(), 'error'],
  ['private', (response) => response.writeHead(302, { location: 'https://10.0.0.1/' }).end(), 'error'],
  ['shrunk', text(many(40).join('\n')), 'error'],
  ['empty', text('# nothing'), 'error'],
  ['page', text('<!doctype html>\n<p>Log in</p>\n'.repeat(20), 'text/html'), 'error'],
  ['object', json({ list: many(100) }), 'error'],
  ['broken', text('["a.com"'), 'error'],
  ['bytes', (response) => response.writeHead(200).end(Buffer.from([0xff, 0xfe, 0xfd])), 'error'],
  ['poisoned', json([...many(100), ...Array(20).fill('discord.com')]), 'error'],
  ['suffixes', json([...many(100), 'com', 'co.uk', 'github.io', '1.2.3.4', 'a b.com', ...Array(6).fill(7)]), 'error'],
  ['large', (response) => response.writeHead(200).end('x'.repeat(16_000_001)), 'error'],
];

test('whatever happens to a list, the others are fetched, and the last good copy of it stays', async () => {
  const good = json({ domains: many(100) });
  const answers: Record<string, Answering> = Object.fromEntries(TROUBLES.map(([what]) => [`/${what}`, good]));
  await using server = await lists(answers);
  // A list at most has ten entries in the setting: two bots share them.
  for (const troubles of [TROUBLES.slice(0, 8), TROUBLES.slice(8)]) {
    let now = new Date('2027-01-01T00:00:00Z');
    const names = troubles.map(([what]) => what);
    await using bot = await startWith(server, [...names, 'well'], { now: () => now });
    answers['/well'] = good;
    await sync(bot.app);
    expect(bot.app.externalData.domainLists()).toHaveLength(names.length + 1);
    const before = bot.app.externalData.listsVersion();
    for (const [what, answering] of troubles) answers[`/${what}`] = answering;
    answers['/well'] = json(many(101));
    now = new Date('2027-01-01T00:10:00Z');
    await sync(bot.app);
    for (const [what, , level] of troubles) {
      const line = bot.log.find((one) => one.what === `list:${what}` && one.msg.includes('could not be fetched'));
      expect.soft(line?.level, what).toBe(level);
    }
    const failing = await bot.db`select name from external_data where failure is not null and entries = 100`;
    expect(failing).toHaveLength(names.length);
    expect(await bot.db`select entries from external_data where failure is null`).toEqual([{ entries: 101 }]);
    const kept = before.split(' list:').filter((one) => !/well/.test(one));
    for (const one of kept) expect(bot.app.externalData.listsVersion()).toContain(one);
    expect(await verdictOf(bot, 'https://a7.bad-place.com')).toContain('on the list');
    expect(saidIn(await bot.discord.slash('status', {}, { as: 'owner' }))).toContain('cannot be fetched right now');
  }
}, 120_000);

test('a list that is far smaller is believed when it stays the same for an hour, or small for six, and the owners are told', async () => {
  const answers: Record<string, Answering> = { '/same': json(many(100)), '/other': json(many(100)) };
  await using server = await lists(answers);
  const start = new Date('2027-01-01T00:00:00Z').getTime();
  let now = new Date(start);
  await using bot = await startWith(server, ['same', 'other'], { now: () => now });
  await bot.set('logs', { ownersChannel: bot.discord.channels.random });
  const entriesAfter = async (minutes: number) => {
    now = new Date(start + minutes * 60_000);
    if (minutes > 0) answers['/other'] = json(many(10 + (minutes % 7)));
    await sync(bot.app);
    const rows = await bot.db<{ entries: number }[]>`select entries from external_data order by name desc`;
    return rows.map(({ entries }) => entries);
  };
  expect(await entriesAfter(0)).toEqual([100, 100]);
  answers['/same'] = json(many(3));
  for (const minutes of [10, 20, 69]) expect(await entriesAfter(minutes)).toEqual([100, 100]);
  expect(await entriesAfter(70)).toEqual([3, 100]);
  const told = () => JSON.stringify(bot.discord.state.messages.list(bot.discord.channels.random ?? '', { limit: 5 }));
  expect(told()).toContain('list:same has far fewer entries than before: 3 instead of 100');
  answers['/same'] = json(many(100));
  await entriesAfter(80);
  const small = new Set([90, 110, 150, 165]); // in between it is as it was, and it counts anew
  for (const minutes of [90, 100, 110, 150, 165]) {
    answers['/same'] = json(many(small.has(minutes) ? 3 : 100));
    expect(await entriesAfter(minutes)).toEqual([100, 100]);
  }
  for (const minutes of [170, 369]) expect(await entriesAfter(minutes)).toEqual([3, 100]);
  expect(await entriesAfter(370)).toEqual([3, 10 + (370 % 7)]);
  expect(told()).toContain('list:other has far fewer entries');
});

test('a list that never answers holds the others up no longer than the job is cancelled, and nothing is left running', async () => {
  const cancelled = new AbortController();
  await using server = await lists({
    '/silent': () => cancelled.abort(new Error('the bot stops')),
    '/scams': text('a-b.com'),
  });
  await using bot = await startWith(server, ['silent', 'scams']);
  await expect(sync(bot.app, cancelled.signal)).rejects.toThrow('the bot stops');
  expect(bot.app.io.stats().pending).toBe(0);
  expect(await bot.db`select failure from external_data where failure is not null`).toEqual([]);
  const quick = new AbortController();
  quick.abort(new Error('stopped before'));
  await expect(sync(bot.app, quick.signal)).rejects.toThrow('stopped before');
});

test('while the database is away the job is tried again, and what could be fetched is not lost', async () => {
  await using server = await lists({ '/scams': text('a-b.com') });
  await using bot = await startWith(server, ['scams', 'others']);
  const { io } = bot.app;
  const errand: typeof io.errand = (name, input, waiting) =>
    JSON.stringify(input).includes('/others')
      ? Promise.reject(new DatabaseAwayError('the database went away'))
      : io.errand(name, input, waiting);
  const context = { ...bot.app, io: { errand } } as unknown as typeof bot.app;
  await expect(sync(context)).rejects.toThrow(DatabaseAwayError);
  expect(syncExternalData.retryOn).toContain(DatabaseAwayError);
  expect(await bot.db`select name, failure from external_data`).toEqual([{ name: 'list:scams', failure: null }]);
});

test('a copy that is not whole in the database is fetched anew', async () => {
  await using server = await lists({ '/scams': text(many(20_000).join('\n')) });
  await using bot = await startWith(server, ['scams']);
  await sync(bot.app);
  await bot.db`delete from external_data_parts where part = 1`;
  await using second = await startWith(server, ['scams'], { env: { DATABASE_URL: bot.app.config.DATABASE_URL ?? '' } });
  await second.logged(({ msg }) => msg.includes('not whole'));
  await bot.db`update external_data set checked_at = '2020-01-01'`;
  await sync(second.app);
  expect(server.requests[1]?.headers['if-none-match']).toBeUndefined();
  expect(second.app.externalData.domainLists()[0]?.hashes.byteLength).toBe(160_000);
});
