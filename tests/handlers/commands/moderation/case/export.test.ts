import { gunzipSync } from 'node:zlib';
import type { APIAttachment } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { OptionValues } from '../../../../../sandbox/server/verbs/option-values.ts';
import { customIdsIn } from '../../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';
import { order, withLog } from '../moderated.ts';
import { fillCases } from './case-rows.ts';

interface Got {
  readonly said: string;
  readonly names: readonly string[];
  readonly texts: readonly string[];
  readonly bytes: readonly number[];
}

/** What a moderator is given: words and files, unpacked. */
async function exported({ discord }: TestBot, options: OptionValues, as = 'moderator'): Promise<Got> {
  const reply = await discord.slash('case export', options, { as, settle: 'ack', unchecked: true });
  await reply.until((one) => /with (?:its|their) notes|There is no|need|not write/.test(saidIn(one)), {
    deadlineMs: 120_000,
  });
  const files = [reply.message, ...reply.followUps].flatMap<APIAttachment>((message) => message?.attachments ?? []);
  const bodies = await Promise.all(files.map(async ({ url }) => Buffer.from(await (await fetch(url)).arrayBuffer())));
  const texts = bodies.map((body, at) => (files[at]?.filename.endsWith('.gz') ? gunzipSync(body) : body).toString());
  expect.soft(reply.ephemeral).toBe(true);
  return {
    said: saidIn(reply),
    names: files.map(({ filename }) => filename),
    texts,
    bytes: bodies.map((b) => b.length),
  };
}

/** The rows of a CSV file, each by the names of its columns. */
function rowsOf(csv: string): readonly Readonly<Record<string, string>>[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain = '', end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain);
    if (end === '\r\n') rows.push([]);
  }
  const [names = [], ...cases] = rows.slice(0, -1);
  return cases.map((cells) => Object.fromEntries(cells.map((cell, at) => [names[at] ?? '', cell])));
}

test('all that cases have is exported, and no text of strangers is a formula for a spreadsheet', async () => {
  const now = Date.now();
  await using bot = await startBot({ now: () => new Date(now) });
  const { people, guildId, channels } = bot.discord;
  const message = await bot.discord.message({ as: 'member', channel: 'general', content: '=1+1' });
  const nasty = '=HYPERLINK("https://x.example";"**@everyone**")\n+1;-2, "quoted"';
  const long = `${'löng '.repeat(199)}end`;
  const link = `https://discord.com/channels/${guildId}/${channels.general}/${message.id}`;
  await order(bot, 'warn', { member: 'member', reason: nasty, points: 3, evidence: link });
  await order(bot, 'case note', { number: 1, text: long });
  await order(bot, 'case edit', { number: 1, reason: '@SUM(1)' });
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days', reason: 'spam' }, 'owner');
  await order(bot, 'note', { who: 'member', text: 'wrong' });
  await order(bot, 'case void', { number: 3, reason: '-void' });
  const { said, names, texts } = await exported(bot, { format: 'csv' });
  expect(said).toContain('3 cases, with their notes, changes and evidence');
  expect(names).toEqual(['cases.csv']);
  expect(texts[0]).toMatch(/^\ufeff"number","type"/);
  const rows = rowsOf(String(texts[0]).slice(1));
  expect(rows).toMatchObject([
    {
      ...{ number: '1', type: 'warn', state: 'done', target: people.member, targetName: 'chinstrap', points: '3' },
      ...{ moderator: people.moderator, moderatorName: 'gentoo', reason: "'@SUM(1)", hidden: 'false' },
      ...{ notes: expect.stringContaining(`${people.moderator}: ${long}`), evidence: expect.stringContaining(link) },
      history: expect.stringContaining(`reason: ${nasty.replace('\n+', "\n'+").replace(';-', ";'-")} -> @SUM(1)`),
    },
    {
      number: '2',
      type: 'ban',
      seconds: String(3 * 86_400),
      moderator: people.owner,
      until: expect.stringMatching(/Z$/),
    },
    { number: '3', type: 'note', state: 'void', voidReason: "'-void", voidedBy: people.moderator },
  ]);
  const json = await exported(bot, { format: 'json' });
  expect(json.names).toEqual(['cases.json']);
  expect(JSON.parse(String(json.texts[0]))).toMatchObject([
    {
      ...{ number: 1, target: people.member, reason: '@SUM(1)', points: 3, evidence: [{ kind: 'message', url: link }] },
      events: [
        { kind: 'note', by: people.moderator, after: long },
        { kind: 'reason', before: nasty, after: '@SUM(1)' },
      ],
    },
    { number: 2, until: expect.stringMatching(/^\d{4}-.*Z$/), endedAt: null },
    { number: 3, state: 'void', voidReason: '-void' },
  ]);
});

test('the cases are those that the filters of lists pick, hidden ones where they are asked for, and the log says who had which', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await bot.discord.rest('PATCH', `/guilds/${bot.discord.guildId}`, { as: 'owner', body: { icon: null } });
  await order(bot, 'warn', { member: 'member', reason: 'sold fish' });
  await order(bot, 'ban', { who: 'newcomer', reason: 'sold ice' }, 'owner');
  await order(bot, 'note', { who: 'member', text: 'a *secret*' });
  await order(bot, 'case hide', { number: 3 });
  const numbers = async (options: OptionValues) => {
    const [text] = (await exported(bot, { format: 'json', ...options }, 'owner')).texts;
    return (JSON.parse(text ?? '[]') as readonly { number: number }[]).map(({ number }) => number);
  };
  expect(await numbers({ text: 'sold -ice' })).toEqual([1]);
  expect(await numbers({ active: true, type: 'ban', moderator: 'owner' })).toEqual([2]);
  expect((await exported(bot, { format: 'json', to: '30 days ago' })).said).toContain('There is no such case');
  const all = await exported(bot, { format: 'csv', hidden: true, user: 'member' });
  expect(rowsOf(String(all.texts[0]).slice(1)).map(({ reason }) => reason)).toEqual(['sold fish', 'a *secret*']);
  const shown = (await exported(bot, { format: 'csv' })).texts[0];
  expect(shown).not.toContain('secret');
  const told = entries().filter((entry) => entry.includes('Cases exported'));
  expect(told).toHaveLength(4);
  expect(told[0]).toContain(`<@${bot.discord.people.owner}>`);
  expect(told[0]).toContain('with these words: sold -ice');
  expect(told[2]).toContain('hidden ones too');
  expect(told[3]).toMatch(new RegExp(`<@${bot.discord.people.moderator}>.*CSV.*all that are not hidden`));
});

test('whoever may not see cases exports none, and where the log cannot be told nothing is exported', async () => {
  await using bot = await startBot();
  await fillCases(bot, 2);
  expect((await exported(bot, { format: 'csv' }, 'member')).said).toContain('Timeout Members');
  expect(await order(bot, 'case export', { format: 'csv', type: 'hug' })).toContain('Choose a type from the list');
  await bot.set('logs', { logChannel: '100000000000000099' });
  const refused = await exported(bot, { format: 'csv' });
  expect(refused).toMatchObject({ names: [], said: expect.stringContaining('nothing was exported') });
});

test('hidden cases are handed to nobody unseen: without a log the owners are told, and without that none is exported', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await order(bot, 'note', { who: 'member', text: 'a secret' });
  await order(bot, 'case hide', { number: 1 });
  await order(bot, 'warn', { member: 'member', reason: 'sold fish' });
  const refused = await exported(bot, { format: 'csv', hidden: true });
  expect(refused).toMatchObject({ names: [], said: expect.stringContaining('need one of them') });
  expect((await exported(bot, { format: 'csv' })).texts[0]).not.toContain('secret');
  expect((await exported(bot, { format: 'csv', hidden: true }, 'owner')).texts[0]).toContain('a secret');
  await bot.set('logs', { ownersChannel: discord.channels['mod-log'] });
  expect((await exported(bot, { format: 'csv', hidden: true })).texts[0]).toContain('a secret');
  const told = discord.state.messages.list(discord.channels['mod-log'], { limit: 10 });
  expect(JSON.stringify(told)).toContain('hidden ones too');
});

test('more than one file holds is handed over in several, packed, each whole by itself, and none larger than Discord takes', async () => {
  await using bot = await startBot();
  await fillCases(bot, 12_000);
  const random = bot.db`(select string_agg(md5(random()::text || number || n), '') from generate_series(1, 31) n)`;
  await bot.db`update cases set reason = ${random}`;
  const { said, names, texts, bytes } = await exported(bot, { format: 'json' });
  expect(said).toContain('12,000 cases, with their notes, changes and evidence, in 2 files');
  expect(names).toEqual(['cases-1.json.gz', 'cases-2.json.gz']);
  const numbers = texts.flatMap((text) => (JSON.parse(text) as readonly { number: number }[]).map((one) => one.number));
  expect(numbers).toEqual(Array.from({ length: 12_000 }, (_, at) => at + 1));
  for (const size of bytes) expect(size).toBeLessThan(10 * 1_024 * 1_024);
});

test('whoever waits reads how far it is, and can cancel it; then nothing is handed over', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await fillCases(bot, 3);
  await withLog(bot);
  discord.faults.rest(`/channels/${discord.channels['mod-log']}/messages`, { kind: 'slow', ms: 8_000 }, { times: 1 });
  const reply = await discord.slash('case export', { format: 'csv' }, { as: 'moderator', settle: 'ack' });
  await reply.until(({ content }) => content.includes('0 of 3 cases are written'));
  const [button = ''] = customIdsIn(reply.message);
  if (!reply.message) throw new Error('no progress came');
  await discord.click(reply.message, button, { as: 'moderator', settle: 'ack' });
  await reply.until(({ content }) => content.includes('Cancelled'));
  expect(reply.message?.attachments).toEqual([]);
  expect(reply.followUps).toEqual([]);
});

test('the exports of one server hold up no other', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await fillCases(bot, 1);
  await withLog(bot);
  const other = await discord.addGuild('another');
  const { ownerId, channels } = discord.state.guild(other);
  const actor = { id: ownerId, name: 'adelie' };
  const note = {
    guild: other,
    type: 'note',
    target: discord.people.member,
    targetName: 'chinstrap',
    source: 'command',
  } as const;
  await bot.app.moderation.order({ ...note, reason: 'there', actor });
  discord.faults.rest(`/channels/${discord.channels['mod-log']}/messages`, { kind: 'silent' }, { times: 2 });
  const busy = await Promise.all(
    ['moderator', 'owner'].map((as) =>
      discord.slash('case export', { format: 'csv' }, { as, settle: 'ack', unchecked: true }),
    ),
  );
  for (const one of busy) await one.until(({ content }) => content.includes('0 of 1 cases are written'));
  const [channel = ''] = channels;
  const there = await discord.slash(
    'case export',
    { format: 'csv' },
    { as: ownerId, channel, settle: 'ack', unchecked: true },
  );
  await there.until((one) => saidIn(one).includes('with its notes'), { deadlineMs: 20_000 });
  for (const { content } of busy) expect(content).toContain('0 of 1 cases are written');
});
