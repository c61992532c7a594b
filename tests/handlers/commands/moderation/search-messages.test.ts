import { ChannelType, PermissionFlagsBits as P } from 'discord.js';
import { expect, test, vi } from 'vitest';
import type { OptionValues } from '../../../../sandbox/server/verbs/option-values.ts';
import { type ArchivedText, noteChannels, storeInArchive } from '../../../../src/db/archive.ts';
import { makeMonths, monthOf } from '../../../../src/db/archive-months.ts';
import { optOut } from '../../../../src/db/opt-outs.ts';
import { snowflakeAt } from '../../../../src/lib/snowflake.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

vi.setConfig({ testTimeout: 120_000 });

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
type Found = Awaited<ReturnType<TestBot['discord']['slash']>>;

interface Line {
  readonly body: string;
  readonly channel?: string | undefined;
  readonly author?: string | undefined;
  readonly agoMs?: number;
  readonly files?: number;
  readonly edited?: boolean;
  readonly deleted?: boolean;
  /** Of those written in the same millisecond. */
  readonly at?: number;
}

/** Has the archive hold these, as if they had been written then; gives their ids. */
async function keep({ app, discord }: TestBot, lines: readonly Line[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [index, line] of lines.entries()) {
    const { body, channel = discord.channels.general, author = discord.people.member, agoMs = HOUR } = line;
    const sent = Date.now() - agoMs;
    const message = String(BigInt(snowflakeAt(sent)) + BigInt(line.at ?? index));
    const files = Array.from({ length: line.files ?? 0 }, (_, id) => ({ id: String(id), name: 'a.txt', size: 1 }));
    const text: ArchivedText = {
      ...{ kind: 'text', guild: discord.guildId, channel: channel ?? '', message, sent, author: author ?? '' },
      ...{ name: 'somebody', body, files, edited: line.edited ? sent + 1_000 : null },
    };
    await makeMonths(app.db, [monthOf(sent)]);
    await noteChannels(app.db, [{ guild: discord.guildId, channel: text.channel, days: 90 }]);
    await storeInArchive(app.db, [
      text,
      ...(line.deleted ? [{ kind: 'gone', message, sent, at: sent + 2_000 } as const] : []),
    ]);
    ids.push(message);
  }
  return ids;
}

async function find({ discord }: TestBot, options: OptionValues, as = 'member', channel?: string): Promise<string> {
  const reply = await discord.slash('search messages', options, { as, unchecked: true, ...(channel && { channel }) });
  expect(reply.ephemeral).toBe(true);
  return saidIn(reply);
}

/** Which messages are shown, by their links, in order. */
function idsIn(said: string): readonly string[] {
  return [...said.matchAll(/\/channels\/\d+\/\d+\/(\d+)/g)].map(([, id]) => id ?? '');
}

function buttonOf({ message }: Found, label: string): { readonly id: string; readonly disabled: boolean } | undefined {
  const objects = JSON.stringify(message).match(/\{[^{}]*"custom_id"[^{}]*\}/g) ?? [];
  const button = objects.map((one) => JSON.parse(one)).find((one) => one.label === label);
  return button && { id: button.custom_id, disabled: button.disabled ?? false };
}

async function press({ discord }: TestBot, on: Found, label: string, as = 'member'): Promise<Found> {
  const button = buttonOf(on, label);
  if (!on.message || !button) throw new Error('there is no such button');
  return await discord.click(on.message, button.id, { as, unchecked: true });
}

/** The channels of all that is found by turning pages to the end. */
async function channelsOfAll(bot: TestBot, as: string, channel?: string): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  let page = await bot.discord.slash('search messages', { text: 'penguin' }, { as, ...(channel && { channel }) });
  while (true) {
    for (const [, id] of saidIn(page).matchAll(/\/channels\/\d+\/(\d+)\/\d+/g)) seen.add(id ?? '');
    if (buttonOf(page, 'Older')?.disabled !== false) return seen;
    page = await press(bot, page, 'Older', as);
  }
}

for (const database of ['server', 'embedded'] as const) {
  test(`on the ${database} database messages are found by words, phrases, author, channel, time, files and changes`, async () => {
    await using bot = await startBot({ database });
    const { channels, people } = bot.discord;
    const ids = await keep(bot, [
      { body: 'the penguin eats fish', agoMs: 40 * DAY },
      { body: 'fish eats the penguin', agoMs: 3 * DAY, channel: channels.random },
      { body: 'penguins swim', files: 2, author: people.moderator },
      { body: 'an auk *flies*\nover <@123456789012345678> @everyone https://example.org/fish', edited: true },
    ]);
    const [first, second, third, fourth] = ids;
    const found = async (options: OptionValues) => idsIn(await find(bot, options));
    expect(await found({ text: 'penguin' })).toEqual([second, first]);
    expect(await found({ text: 'PENGUIN eats' })).toEqual([second, first]);
    expect(await found({ text: '"the penguin eats"' })).toEqual([first]);
    expect(await found({ text: 'fish -"eats the"' })).toEqual([first]);
    expect(await found({ text: 'swim or auk' })).toEqual([fourth, third]);
    expect(await found({ text: 'pengu*' })).toEqual([third, second, first]);
    expect(await found({ text: 'penguin :) -' })).toEqual([second, first]);
    expect(await found({ text: 'pengu*', author: people.moderator })).toEqual([third]);
    expect(await found({ text: 'penguin', channel: channels.general })).toEqual([first]);
    expect(await found({ from: '10 days' })).toEqual([fourth, third, second]);
    expect(await found({ to: '10 days' })).toEqual([first]);
    expect(await found({ from: '50 days', to: '2 days' })).toEqual([second, first]);
    expect(await found({ has: 'file' })).toEqual([third]);
    expect(await found({ edited: true })).toEqual([fourth]);
    expect(await found({ edited: false, text: 'auk or swim' })).toEqual([third]);
    const said = await find(bot, { text: 'auk or everyone or swim' });
    expect(said).toContain(
      'an **auk** \\*flies\\* over \\<@123456789012345678\\> @**everyone** https:\\//example.org/fish',
    );
    expect(said).toContain(', changed');
    expect(said).toContain('with 2 files');
    expect(said).toMatch(/<t:\d+:f>/);
    const nearly = await find(bot, { text: 'pengiun', to: '2 days' });
    expect(nearly).toContain('No message has `pengiun`; these have `penguin`.');
    expect(idsIn(nearly)).toEqual([second, first]);
    expect(await find(bot, { text: 'pengiun', channel: channels.random })).toContain('**penguin**');
    await optOut(bot.app.db, people.moderator ?? '', 'archive', new Date());
    expect(await found({ text: 'pengu*' })).toEqual([second, first]);
    expect(await found({ author: people.moderator })).toEqual([]);
  });
}

test('what makes no sense is answered in plain words', async () => {
  await using bot = await startBot();
  await keep(bot, [{ body: 'penguin' }]);
  const wrong: readonly (readonly [OptionValues, string])[] = [
    [{}, 'Say what to look for'],
    [{ text: 'a "penguin' }, 'is not closed'],
    [{ text: 'penguin ""' }, 'there is no word'],
    [{ text: 'penguin or' }, 'before and after'],
    [{ text: 'or penguin' }, 'before and after'],
    [{ text: 'auk or or penguin' }, 'before and after'],
    [{ text: '-penguin' }, 'Say also what is to be there'],
    [{ text: 'auk or -penguin' }, 'Say also what is to be there'],
    [{ text: '!? …' }, 'There is no word in'],
    [{ text: 'a b c d e f g h i j k l m n o p q r s t u' }, 'more than 20'],
    [{ from: '2020-02-01', to: '2020-01-01' }, 'nothing can lie between'],
    [{ from: '2 days', to: '3 days' }, 'nothing can lie between'],
    [{ from: '2999-01-01' }, 'has not come yet'],
    [{ from: '2020-02-31' }, '2020-02-31'],
  ];
  const people = ['member', 'moderator', 'owner', 'newcomer'];
  for (const [at, [options, words]] of wrong.entries()) {
    const said = await find(bot, options, people[at % people.length]);
    expect([options, said]).toEqual([options, expect.stringContaining(words)]);
    expect(idsIn(said)).toEqual([]);
  }
  // What only looks like syntax is text.
  for (const text of ["'; drop table archived_messages; --", 'penguin & | ! ( :*', "it's", 'walrus*'])
    expect(idsIn(await find(bot, { text }))).toEqual(text.startsWith('penguin') ? [expect.any(String)] : []);
});

test('nobody finds what they may not read, whatever kind of channel it stands in', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const { guildId, roles, people } = discord;
  const make = async (path: string, body: object, as = 'owner') => {
    const { id } = (await discord.rest('POST', path, { as, body })) as { id: string };
    return id;
  };
  const deny = (bits: bigint) => [{ id: roles.everyone, type: 0, allow: '0', deny: String(bits) }];
  const place = (type: ChannelType, more: object = {}) =>
    make(`/guilds/${guildId}/channels`, { name: `place-${type}`, type, ...more });
  const kinds = {
    text: ChannelType.GuildText,
    announcements: ChannelType.GuildAnnouncement,
    voice: ChannelType.GuildVoice,
    stage: ChannelType.GuildStageVoice,
  } as const;
  const open = new Map<string, string>();
  const shut = new Map<string, string>();
  for (const [kind, type] of Object.entries(kinds)) {
    open.set(kind, await place(type));
    shut.set(`${kind}, hidden`, await place(type, { permission_overwrites: deny(P.ViewChannel) }));
    shut.set(`${kind}, no history`, await place(type, { permission_overwrites: deny(P.ReadMessageHistory) }));
  }
  for (const kind of ['voice', 'stage'] as const)
    shut.set(`${kind}, not to be entered`, await place(kinds[kind], { permission_overwrites: deny(P.Connect) }));
  const thread = (around: string, type: ChannelType, as = 'owner') =>
    make(`/channels/${around}/threads`, { name: 'a thread', type }, as);
  const text = open.get('text') ?? '';
  const hidden = shut.get('text, hidden') ?? '';
  open.set('public thread', await thread(text, ChannelType.PublicThread));
  open.set('thread of announcements', await thread(open.get('announcements') ?? '', ChannelType.AnnouncementThread));
  shut.set('public thread of a hidden channel', await thread(hidden, ChannelType.PublicThread));
  for (const [kind, type] of Object.entries({ forum: ChannelType.GuildForum, media: ChannelType.GuildMedia })) {
    const forum = await place(type);
    const closed = await place(type, { permission_overwrites: deny(P.ViewChannel) });
    const post = { name: 'a post', message: { content: 'x' } };
    open.set(`post in ${kind}`, await make(`/channels/${forum}/threads`, post));
    shut.set(`post in ${kind}, hidden`, await make(`/channels/${closed}/threads`, post));
  }
  const withMember = await thread(text, ChannelType.PrivateThread);
  await discord.rest('PUT', `/channels/${withMember}/thread-members/${people.member}`, { as: 'owner' });
  open.set('private thread of theirs', withMember);
  shut.set('private thread of others', await thread(text, ChannelType.PrivateThread));
  const closedThread = await thread(text, ChannelType.PublicThread);
  open.set('thread that the bot does not know any more', closedThread);
  const closedPrivate = await thread(text, ChannelType.PrivateThread);
  shut.set('private thread that the bot does not know any more', closedPrivate);
  const deleted = await place(ChannelType.GuildText);
  shut.set('deleted channel', deleted);
  const restricted = await place(ChannelType.GuildText, { nsfw: true });
  shut.set('age-restricted channel, from elsewhere', restricted);
  shut.set('thread of an age-restricted channel', await thread(restricted, ChannelType.PublicThread));
  await discord.rest('DELETE', `/channels/${deleted}`, { as: 'owner' });
  await discord.slash('ping', {}, { as: 'newcomer' });
  for (const id of [closedThread, closedPrivate]) app.discord.channels.cache.delete(id);
  for (const [name, id] of [...open, ...shut]) await keep(bot, [{ body: `penguin in ${name}`, channel: id }]);
  for (const id of [closedThread, closedPrivate]) app.discord.guilds.cache.get(guildId)?.channels.cache.delete(id);
  const names = (ids: ReadonlySet<string>) => [...open, ...shut].filter(([, id]) => ids.has(id)).map(([name]) => name);
  expect(names(await channelsOfAll(bot, 'member')).toSorted()).toEqual([...open.keys()].toSorted());
  const inside = await channelsOfAll(bot, 'member', restricted);
  expect(inside.has(restricted)).toBe(true);
  expect(inside.has(hidden)).toBe(false);
  // Who may do everything sees all that is still there, but what is age-restricted only from there.
  const owners = names(await channelsOfAll(bot, 'owner'));
  expect(owners).toContain('private thread that the bot does not know any more');
  expect(owners).not.toContain('deleted channel');
  expect(owners).not.toContain('age-restricted channel, from elsewhere');
  expect(await find(bot, { text: 'penguin', channel: hidden }, 'newcomer')).toContain('You cannot read');
});

test('pages are turned to the end and back, and whoever loses a channel between them sees nothing more of it', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles } = discord;
  const ids = await keep(
    bot,
    Array.from({ length: 20 }, (_, at) => ({ body: `penguin ${at}`, agoMs: DAY, at, channel: channels.random })),
  );
  const newest = ids.toReversed();
  const first = await discord.slash('search messages', { text: 'penguin' }, { as: 'member' });
  expect(idsIn(saidIn(first))).toEqual(newest.slice(0, 8));
  const second = await press(bot, first, 'Older');
  expect(idsIn(saidIn(second))).toEqual(newest.slice(8, 16));
  const third = await press(bot, second, 'Older');
  expect(idsIn(saidIn(third))).toEqual(newest.slice(16));
  const back = await press(bot, third, 'Newer');
  expect(idsIn(saidIn(back))).toEqual(newest.slice(8, 16));
  expect(saidIn(await press(bot, first, 'Older', 'moderator'))).not.toContain('penguin');
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.everyone}`, {
    as: 'owner',
    body: { type: 0, allow: '0', deny: String(P.ViewChannel) },
  });
  await discord.slash('ping', {}, { as: 'newcomer' });
  const lost = saidIn(await press(bot, back, 'Newer'));
  expect(lost).toContain('nothing more that you may read');
  expect(lost).not.toContain('**penguin**');
});

test('what was deleted is for those who manage messages in its channel', async () => {
  await using bot = await startBot();
  const { channels, roles } = bot.discord;
  const [there, gone, elsewhere] = await keep(bot, [
    { body: 'penguin there' },
    { body: 'penguin gone', deleted: true },
    { body: 'penguin elsewhere', deleted: true, channel: channels.random },
  ]);
  expect(idsIn(await find(bot, { text: 'penguin' }, 'owner'))).toEqual([there]);
  expect(idsIn(await find(bot, { text: 'penguin', deleted: true }, 'owner'))).toEqual([elsewhere, gone]);
  const refused = await find(bot, { text: 'penguin', deleted: true }, 'member');
  expect(refused).toContain('Manage Messages');
  expect(idsIn(refused)).toEqual([]);
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.member}`, {
    as: 'owner',
    body: { type: 0, allow: String(P.ManageMessages), deny: '0' },
  });
  await bot.discord.rest(
    'PUT',
    `/guilds/${bot.discord.guildId}/members/${bot.discord.people.member}/roles/${roles.member}`,
    {
      as: 'owner',
    },
  );
  await bot.discord.slash('ping', {}, { as: 'newcomer' });
  expect(idsIn(await find(bot, { deleted: true }, 'member'))).toEqual([elsewhere]);
});

test('a word tells of no other in a channel that may not be read, and nothing is guessed where the database cannot', async () => {
  await using bot = await startBot();
  const { channels, roles } = bot.discord;
  const [shown] = await keep(bot, [{ body: 'an auk' }, { body: 'chinstrap', channel: channels.random }]);
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.everyone}`, {
    as: 'owner',
    body: { type: 0, allow: '0', deny: String(P.ViewChannel) },
  });
  await bot.discord.slash('ping', {}, { as: 'newcomer' });
  expect(await find(bot, { text: 'chinstarp' }, 'owner')).toContain('**chinstrap**');
  expect(await find(bot, { text: 'chinstarp' })).not.toContain('chinstrap');
  await bot.db`drop extension pg_trgm cascade`;
  expect(await find(bot, { text: 'chinstarp' }, 'owner')).toContain('No message you may read fits');
  expect(idsIn(await find(bot, { text: 'auk' }))).toEqual([shown]);
});
