import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn, upload } from '../files/inspected.ts';
import { messageOf, runOf, untilOver } from './mass.ts';
import { casesOf, order, withLog } from './moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const DAY = 86_400_000;

async function purge({ discord }: TestBot, options: Parameters<TestBot['discord']['slash']>[1], as = 'moderator') {
  return saidIn(await discord.slash('purge', options, { as, unchecked: true, deadlineMs: 90_000 }));
}

/** What people's messages of the channel say, oldest first. */
function left({ discord }: TestBot): readonly string[] {
  const all = discord.state.messages.list(discord.channels.general, { limit: 1_000 });
  return all
    .filter(({ author }) => author.id !== discord.state.bot.id)
    .map(({ content }) => content)
    .reverse();
}

async function says({ discord }: TestBot, ...contents: readonly string[]) {
  for (const content of contents) await discord.message({ as: 'member', channel: 'general', content });
}

test('the newest that fit go in one request, the pinned stay, and the log keeps what they said', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await says(bot, 'one', 'two *stars*', 'three', 'four');
  const [pinned] = bot.discord.state.messages.list(bot.discord.channels.general, { limit: 1 });
  await bot.discord.rest('PUT', `/channels/${bot.discord.channels.general}/messages/pins/${pinned?.id}`, {
    as: 'owner',
  });
  const said = await purge(bot, { count: 2, reason: 'noise', user: 'member' });
  expect(said).toContain('I delete 2 messages');
  await untilOver(bot);
  expect(left(bot).filter((text) => text !== '')).toEqual(['one', 'four']);
  expect(bot.discord.requests().filter(({ path }) => path.endsWith('/bulk-delete'))).toHaveLength(1);
  expect(await casesOf(bot)).toMatchObject([
    { number: 1, type: 'purge', state: 'done', reason: 'noise', target: bot.discord.channels.general },
  ]);
  expect(await order(bot, 'case view', { number: 1 })).toContain('2 messages');
  expect(entries()).toHaveLength(1);
  expect(entries()[0]).toContain('deleted-messages.txt');
  const [logged] = bot.discord.state.messages.list(bot.discord.channels['mod-log'], { limit: 1 });
  const kept = await (await fetch(String(logged?.attachments[0]?.url))).text();
  expect(kept).toContain('three\n');
  expect(kept).toContain('two *stars*\n');
  expect(await messageOf(bot)).toContain('2 done');
});

test.for<[string, Record<string, unknown>, readonly string[]]>([
  ['a person', { user: 'newcomer' }, ['plain', 'Free   NITRO', 'see https://example.com']],
  ['a text', { contains: 'nitro' }, ['plain', 'see https://example.com', 'by newcomer']],
  ['a pattern', { regex: '^fr[e3]+\\s+nitro$' }, ['plain', 'see https://example.com', 'by newcomer']],
  ['links', { links: true }, ['plain', 'Free   NITRO', 'by newcomer']],
  ['no files', { files: true }, ['plain', 'Free   NITRO', 'see https://example.com', 'by newcomer']],
])('only what fits: %s', async ([, filter, expected]) => {
  await using bot = await startBot();
  await says(bot, 'plain', 'Free   NITRO', 'see https://example.com');
  await bot.discord.message({ as: 'newcomer', channel: 'general', content: 'by newcomer' });
  await bot.discord.message({ as: 'member', channel: 'general', content: '', files: [upload('a.txt', 'x')] });
  await purge(bot, { count: 100, ...filter } as never);
  await untilOver(bot);
  const wanted = 'files' in filter ? expected : [...expected, ''];
  expect(left(bot)).toEqual(wanted);
});

test('between two messages, and what is older than two weeks one by one; what somebody else deleted counts as deleted', async () => {
  let daysAgo = 21;
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => Date.now() - daysAgo * DAY });
  const old: string[] = [];
  for (const days of [20, 19, 18]) {
    daysAgo = days;
    old.push((await discord.message({ as: 'member', channel: 'general', content: `${days} days` })).id);
  }
  daysAgo = 0;
  await using bot = await startBot({ discord });
  await says(bot, 'young', 'last');
  const gone = { kind: 'status', status: 404, body: { message: 'Unknown Message', code: 10008 } } as const;
  discord.faults.rest(new RegExp(`messages/${old[1]}$`), gone);
  const [last] = discord.state.messages.list(discord.channels.general, { limit: 1 });
  expect(await purge(bot, { count: 100, before: String(last?.id), after: '19 days 12 hours ago' })).toContain(
    'I delete',
  );
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(items.map(() => 'done'));
  expect(items.map(({ target }) => target)).toEqual([expect.any(String), old[2], old[1]]);
  expect(left(bot)).toEqual(['20 days', '19 days', 'last']);
});

test('nothing that fits, a pattern that cannot be had, bounds that are none, who may not', async () => {
  await using bot = await startBot();
  await says(bot, 'hello');
  expect(await purge(bot, { count: 5, contains: 'not there' })).toContain('No message here fits');
  expect(await purge(bot, { count: 5, regex: '(?=hello)' })).toContain('Look-ahead cannot be used');
  expect(await purge(bot, { count: 5, before: 'yesterdayish' })).toMatch(/span of time|understand/);
  expect(await purge(bot, { count: 5 }, 'member')).toContain('Manage Messages');
  expect((await runOf(bot)).run).toBeUndefined();
  expect(left(bot)).toEqual(['hello']);
});

test('a right that is lost half-way ends it with what was done', async () => {
  await using bot = await startBot();
  await says(bot, ...Array.from({ length: 3 }, (_, at) => `message ${at}`));
  bot.discord.faults.rest(/bulk-delete$/, {
    kind: 'status',
    status: 403,
    body: { message: 'Missing Permissions', code: 50013 },
  });
  await purge(bot, { count: 100 });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.refused.permissions' } });
  expect(items.every(({ outcome }) => outcome === null)).toBe(true);
  expect(await casesOf(bot)).toMatchObject([
    { type: 'purge', state: 'void', voidReason: { key: 'moderation.refused.permissions' } },
  ]);
  expect(await messageOf(bot)).toContain('not tried');
});

test('what was deleted is not kept where there is no log, nor once the log has it', async () => {
  await using bot = await startBot();
  const noted = async () => (await bot.db`select 1 from mass_items where note is not null`).length;
  let notedMeanwhile = -1;
  bot.discord.state.listeners.add(({ t }) => {
    if (t !== 'MESSAGE_DELETE_BULK') return;
    void noted().then((count) => {
      notedMeanwhile = count;
    });
  });
  await says(bot, 'one', 'two');
  expect(await purge(bot, { count: 2 })).toContain('is not kept anywhere');
  await untilOver(bot);
  await expect.poll(() => notedMeanwhile).toBe(0);
  const entries = await withLog(bot);
  await says(bot, 'three', 'four');
  await purge(bot, { count: 2, user: 'member' });
  await expect.poll(() => entries().length, { timeout: 60_000 }).toBe(1);
  await expect.poll(async () => (await bot.db`select state from mass_runs where state = 'running'`).length).toBe(0);
  expect(await noted()).toBe(0);
});

test('without the intent for what messages say, those are picked by who and when alone, and the file is said to be blind', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { content: false } });
  await using bot = await startBot({ discord });
  await withLog(bot);
  await says(bot, 'one', 'two');
  for (const filter of [{ contains: 'one' }, { regex: 'one' }, { links: false }, { files: true }] as const) {
    expect(await purge(bot, { count: 5, ...filter }, 'owner')).toContain('enable Message Content');
  }
  expect((await runOf(bot)).run).toBeUndefined();
  expect(await purge(bot, { count: 2, user: 'member' })).toContain('not what they said');
  await untilOver(bot);
  expect(left(bot)).toEqual([]);
});

test('what a thread began with stays, and stops nothing', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await says(bot, 'let us talk');
  const [first] = discord.state.messages.list(discord.channels.general, { limit: 1 });
  const path = `/channels/${discord.channels.general}/messages/${first?.id}/threads`;
  const thread = (await discord.rest('POST', path, { as: 'owner', body: { name: 'a thread' } })) as { id: string };
  for (const content of ['one', 'two', 'three']) await discord.message({ as: 'member', channel: thread.id, content });
  const reply = await discord.slash('purge', { count: 100 }, { as: 'owner', channel: thread.id, unchecked: true });
  expect(saidIn(reply)).toContain('I delete 3 messages');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
});

test('what the database cannot keep of a message, stickers, a poll and what was forwarded are in the file', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const { discord } = bot;
  await says(bot, 'ze\0ro');
  const message = discord.state.messages.list(discord.channels.general, { limit: 1 })[0];
  const stickers = [{ id: '9', name: 'a sticker', format_type: 1 }];
  const inner = { ...message, content: 'forwarded words', attachments: [], embeds: [] };
  Object.assign(message ?? {}, {
    sticker_items: stickers,
    message_snapshots: [{ message: inner }],
    poll: { question: { text: 'which one?' } },
  });
  await purge(bot, { count: 1, user: 'member', reason: 'no\0ise' });
  await expect.poll(() => entries().length, { timeout: 60_000 }).toBe(1);
  const [logged] = discord.state.messages.list(discord.channels['mod-log'], { limit: 1 });
  const kept = await (await fetch(String(logged?.attachments[0]?.url))).text();
  expect(kept).toContain('zero\nforwarded words\n[a sticker]\nwhich one?\n');
  expect((await casesOf(bot))[0]?.reason).toBe('noise');
});
