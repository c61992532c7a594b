import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

const NOON = new Date('2027-07-06T12:00:00Z');
const moderator = { as: 'moderator' } as const;

/** A bot whose clock the test moves. */
async function startAtNoon() {
  const clock = { now: NOON };
  const bot = await startBot({ now: () => clock.now });
  const moveTo = (iso: string) => {
    clock.now = new Date(iso);
    bot.app.timers.wake();
  };
  const posts = () => bot.app.timers.list({ kind: 'scheduled-post', guild: bot.discord.guildId });
  const ask = async (name: string, options: Readonly<Record<string, string | boolean>>) => {
    const reply = await bot.discord.slash(`schedule ${name}`, options, moderator);
    const button = /"custom_id":"(schedule\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1];
    return {
      said: saidIn(reply),
      reply,
      confirm: () => bot.discord.click(reply.message ?? '', button ?? '', moderator),
    };
  };
  return { bot, moveTo, posts, ask, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

function postsIn({ discord }: Awaited<ReturnType<typeof startBot>>, channel: string) {
  return discord.state.messages
    .list(discord.channels[channel] ?? '', { limit: 50 })
    .filter(({ author }) => author.id === discord.state.bot.id);
}

test('a post is shown first, stored by one press, posted as it was written, and notifies nobody', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { said, confirm } = await own.ask('post', {
    ...{ channel: 'random', when: 'every day at 13:00', until: '7 jul', text: 'Hello @everyone, *all*' },
    ...{ title: 'News', colour: '#3b82f6', picture: 'https://example.com/a.png' },
  });
  expect(said).toContain('Post this?');
  expect(said).toContain('every day at 13:00');
  expect(said).toContain(`<t:${Date.parse('2027-07-06T13:00:00Z') / 1_000}:f>`);
  expect(await own.posts()).toEqual([]);
  expect(saidIn(await confirm())).toContain('It is scheduled');
  own.moveTo('2027-07-06T13:00:00Z');
  await expect.poll(() => postsIn(bot, 'random')).toHaveLength(1);
  const [post] = postsIn(bot, 'random');
  expect(post).toMatchObject({
    ...{ content: 'Hello @everyone, *all*', mention_everyone: false },
    embeds: [{ title: 'News', color: 0x3b82f6, image: { url: 'https://example.com/a.png' } }],
  });
  own.moveTo('2027-07-07T13:00:00Z');
  await expect.poll(() => postsIn(bot, 'random')).toHaveLength(2);
  await expect.poll(own.posts).toEqual([]);
});

test('what cannot be posted is refused with what to do instead', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const at = { channel: 'random', when: 'in 2 hours' };
  expect((await own.ask('post', { ...at, text: '\\n' })).said).toContain('nothing to post');
  expect((await own.ask('post', { ...at, text: 'x', colour: 'blue' })).said).toContain('no colour');
  expect((await own.ask('post', { ...at, text: 'x', picture: 'http://example.com' })).said).toContain('no address');
  expect((await own.ask('post', { ...at, text: 'x', when: '31 feb' })).said).toContain('There is no');
  const member = await discord.slash('schedule post', { ...at, text: 'x' }, { as: 'member', unchecked: true });
  expect(saidIn(member)).toContain('Manage Messages');
  own.moveTo('2027-07-06T12:00:20Z'); // nobody may ask so often in ten seconds
  const deny = (channel: string, bits: string) =>
    discord.rest('PUT', `/channels/${discord.channels[channel]}/permissions/${discord.people.moderator}`, {
      as: 'owner',
      body: { type: 1, deny: bits, allow: '0' },
    });
  await deny('random', String(PermissionFlagsBits.SendMessages));
  expect((await own.ask('post', { ...at, text: 'x' })).said).toContain('You may not write in');
  await deny('general', String(PermissionFlagsBits.MentionEveryone));
  const loud = await own.ask('post', { ...at, channel: 'general', text: '@everyone', mentions: true });
  expect(loud.said).toContain('You may not mention everyone');
  await discord.rest('PUT', `/channels/${discord.channels.general}/permissions/${discord.state.bot.id}`, {
    as: 'owner',
    body: { type: 1, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' },
  });
  const unseen = await own.ask('post', { ...at, channel: 'general', text: 'x' });
  expect(unseen.said).toContain('I may not read the message history in');
  expect(await own.posts()).toEqual([]);
});

test('posts are listed, changed and deleted by any moderator; a channel that is gone is told in the log', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  const { confirm } = await own.ask('post', { channel: 'random', when: 'in 2 hours', text: 'Ferry at five' });
  await confirm();
  expect(saidIn(await discord.slash('schedule list', {}, { as: 'owner' }))).toContain('Ferry at five');
  const edit = await own.ask('edit', { which: 'ferry', text: 'Ferry at six' });
  expect(saidIn(await edit.confirm())).toContain('Changed');
  expect(await own.posts()).toMatchObject([{ payload: { text: 'Ferry at six' } }]);
  const second = await own.ask('post', { channel: 'general', when: 'in 3 hours', text: 'Not this' });
  await second.confirm();
  expect(saidIn(await discord.slash('schedule delete', { which: 'not this' }, { as: 'owner' }))).toContain(
    'is deleted',
  );
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  own.moveTo('2027-07-06T15:00:00Z');
  await expect.poll(() => JSON.stringify(postsIn(bot, 'mod-log'))).toContain('The channel is gone.');
  expect(postsIn(bot, 'general').filter(({ content }) => content === 'Not this')).toEqual([]);
});

test('posts for channels that a moderator does not see or moderate are not shown, changed or deleted by them', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const deny = (bits: bigint) =>
    discord.rest('PUT', `/channels/${discord.channels.random}/permissions/${discord.people.moderator}`, {
      as: 'owner',
      body: { type: 1, deny: String(bits), allow: '0' },
    });
  const { confirm } = await own.ask('post', { channel: 'random', when: 'in 2 hours', text: 'Ferry at five' });
  await confirm();
  const offered = async () =>
    JSON.stringify(await discord.autocomplete('schedule edit', { which: '' }, 'which', moderator));
  expect(await offered()).toContain('Ferry');
  await deny(PermissionFlagsBits.ManageMessages);
  expect((await own.ask('list', {})).said).toContain('Ferry');
  expect((await own.ask('delete', { which: 'ferry' })).said).toContain('Only who may manage messages in its channel');
  expect((await own.ask('edit', { which: 'ferry', text: 'x' })).said).toContain('Only who may manage messages');
  expect(await offered()).not.toContain('Ferry');
  await deny(PermissionFlagsBits.ViewChannel);
  expect((await own.ask('list', {})).said).not.toContain('Ferry');
  expect((await own.ask('delete', { which: 'ferry' })).said).toContain('There is no such post');
  expect(await own.posts()).toHaveLength(1);
});

test('parts of a post, its repetition and its end are taken away, and an end is given', async () => {
  await using own = await startAtNoon();
  const change = async (options: Readonly<Record<string, string>>) => {
    const asked = await own.ask('edit', { which: 'news', ...options });
    expect(saidIn(await asked.confirm())).toContain('Changed');
    return (await own.posts())[0];
  };
  const { confirm } = await own.ask('post', {
    ...{ channel: 'random', when: 'every day at 13:00', until: '31 jul', text: 'All the news' },
    ...{ title: 'News', description: 'of today', colour: '#3b82f6', picture: 'https://example.com/a.png' },
  });
  await confirm();
  const card = { title: 'News', description: 'of today', colour: 0x3b82f6, picture: 'https://example.com/a.png' };
  expect((await change({ clear: 'text' }))?.payload).toEqual({ mentions: false, ...card });
  const { picture: _, ...rest } = card;
  expect((await change({ clear: 'picture' }))?.payload).toEqual({ mentions: false, ...rest });
  const short = await change({ clear: 'card', text: 'News in short' });
  expect(short?.payload).toEqual({ mentions: false, text: 'News in short' });
  expect(short).toMatchObject({ recurrence: { until: '2027-07-31T23:59:59.000Z' } });
  expect((await change({ until: '8 jul 14:00' }))?.recurrence).toMatchObject({
    ...{ rule: { kind: 'daily', at: '13:00' }, until: '2027-07-08T14:00:00.000Z' },
  });
  own.moveTo('2027-07-06T12:00:20Z'); // nobody may ask so often in ten seconds
  expect((await change({ clear: 'until' }))?.recurrence).not.toHaveProperty('until');
  expect(await change({ clear: 'repeat' })).toMatchObject({
    ...{ recurrence: null, dueAt: new Date('2027-07-06T13:00:00Z'), wall: '2027-07-06T13:00:00' },
  });
  own.moveTo('2027-07-06T13:00:00Z');
  await expect.poll(() => postsIn(own.bot, 'random').map(({ content }) => content)).toEqual(['News in short']);
  await expect.poll(own.posts).toEqual([]);
});

test('an end is read by itself, as times are everywhere, and does not change the time of the posts', async () => {
  await using own = await startAtNoon();
  const ends = (when: string, until: string) =>
    own.ask('post', { channel: 'random', text: 'Ferry at five', when, until }).then(({ said }) => said);
  expect(await ends('every monday', '1 sep 18:00')).toContain(
    'every Monday at 09:00 until Wednesday 1 September 2027 at 18:00 (UTC)',
  );
  expect(await ends('every 3 hours', '1 sep 18:00')).toContain(
    'every 3 hours from Tuesday 6 July 2027 at 15:00 until Wednesday 1 September 2027 at 18:00 (UTC)',
  );
  expect(await ends('daily at 9 asia/tokyo', 'friday')).toContain('until Friday 9 July 2027 (Asia/Tokyo)');
  expect(await ends('daily at 9', 'in 2 weeks')).toContain('until Tuesday 20 July 2027 at 12:00 (UTC)');
  expect(await ends('daily at 13:00', '18:00')).toContain('until Tuesday 6 July 2027 at 18:00 (UTC)');
});

test('an end that cannot be one is refused with what to write instead', async () => {
  await using own = await startAtNoon();
  const ends = (when: string, until: string) =>
    own.ask('post', { channel: 'random', text: 'Ferry at five', when, until }).then(({ said }) => said);
  expect(await ends('tomorrow 9am', 'friday')).toContain('comes once');
  expect(await ends('daily at 9 until friday', 'saturday')).toContain('two ends');
  expect(await ends('daily at 9', 'every friday')).toContain('only one moment');
  expect(await ends('daily at 9', 'today')).toContain('That never happens');
  expect(await ends('daily at 9', 'bananas')).toContain('do not understand');
});

test('a post whose repetition cannot be read is listed as such, and mended by a new time alone', async () => {
  await using own = await startAtNoon();
  const { confirm } = await own.ask('post', { channel: 'random', when: 'every day at 13:00', text: 'Ferry at five' });
  await confirm();
  const broken = { rule: { kind: 'daily', every: 1, at: '13:00' }, zone: 'Mars/Olympus', start: '2027-07-06T12:00:00' };
  await own.bot.db`update timers set recurrence = ${own.bot.db.json(broken)}, zone = 'Mars/Olympus'`;
  expect((await own.ask('list', {})).said).toContain('I cannot read any more how it repeats');
  const which = 'ferry';
  expect((await own.ask('edit', { which, text: 'Ferry at six' })).said).toContain('Write its time anew');
  const mended = await own.ask('edit', { which, text: 'Ferry at six', when: 'every day at 18:00' });
  expect(saidIn(await mended.confirm())).toContain('every day at 18:00');
  expect(await own.posts()).toMatchObject([
    { payload: { text: 'Ferry at six' }, recurrence: { rule: { at: '18:00' } } },
  ]);
});

test('a post that comes late says so, and one that is hours late is left out, which the log is told', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  const daily = await own.ask('post', { channel: 'random', when: 'every day at 13:00', text: 'Lunch' });
  await daily.confirm();
  const once = await own.ask('post', { channel: 'general', when: 'in 1 hour', text: 'It begins in 5 minutes' });
  await once.confirm();
  own.moveTo('2027-07-09T13:20:00Z'); // the latest of four has been due for 20 minutes
  await expect.poll(() => postsIn(bot, 'random')).toHaveLength(1);
  const timestamp = expect.stringContaining('2027-07-09T13:00:00');
  expect(postsIn(bot, 'random')).toMatchObject([
    { content: 'Lunch', embeds: [{ footer: { text: 'This was due' }, timestamp }] },
  ]);
  await expect.poll(() => JSON.stringify(postsIn(bot, 'mod-log'))).toContain('I do not post it any more');
  own.moveTo('2027-07-12T10:00:00Z');
  await expect.poll(() => JSON.stringify(postsIn(bot, 'mod-log'))).toContain('comes again at its next time');
  const skipped = async () =>
    (await bot.app.metrics.registry.metrics()).match(
      /rockhopper_timers_total\{kind="scheduled-post",outcome="skipped"\} (\d+)/,
    )?.[1];
  await expect.poll(skipped).toBe('1');
  own.moveTo('2027-07-12T13:00:00Z');
  await expect.poll(() => postsIn(bot, 'random')).toHaveLength(2);
  expect(
    postsIn(bot, 'random')
      .map(({ embeds }) => embeds.length)
      .sort(),
  ).toEqual([0, 1]);
  expect(postsIn(bot, 'general').filter(({ content }) => content.startsWith('It begins'))).toEqual([]);
});

test('a text has several lines, by a form where it is left out, or as it is typed', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const at = { channel: 'random', when: 'every day at 13:00', until: '8 jul' };
  const { modal } = await bot.discord.slash('schedule post', at, moderator);
  if (!modal) throw new Error('no form');
  const written = await bot.discord.submitModal(modal, { text: 'One\n\n- two' }, moderator);
  expect(saidIn(written)).toContain('Post this?');
  const button = /"custom_id":"(schedule\.confirm:[^"]+)"/.exec(JSON.stringify(written.message))?.[1] ?? '';
  await bot.discord.click(written.message ?? '', button, moderator);
  const [kept] = await own.posts();
  expect(kept).toMatchObject({
    ...{ payload: { text: 'One\n\n- two', mentions: false }, channel: bot.discord.channels.random },
    recurrence: { rule: { at: '13:00' }, until: '2027-07-08T23:59:59.000Z' },
  });
  const typed = await own.ask('edit', { which: 'two', text: 'Three\\nfour \\\\n' });
  expect(typed.said).toContain('Three\nfour');
  await typed.confirm();
  expect(await own.posts()).toMatchObject([{ payload: { text: 'Three\nfour \\n' } }]);
});

test('what cannot be taken away is said', async () => {
  await using own = await startAtNoon();
  const { confirm } = await own.ask('post', { channel: 'random', when: 'in 2 hours', text: 'Ferry at five' });
  await confirm();
  const which = 'ferry';
  expect((await own.ask('edit', { which })).said).toContain('Say what to change');
  expect((await own.ask('edit', { which, clear: 'text' })).said).toContain('nothing to post');
  expect((await own.ask('edit', { which, clear: 'repeat' })).said).toContain('comes once');
  expect((await own.ask('edit', { which, until: '31 jul' })).said).toContain('comes once');
  expect(await own.posts()).toMatchObject([{ payload: { text: 'Ferry at five' } }]);
});

test('a post tells those it names where its author may mention everyone, and said so', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { people, roles } = bot.discord;
  await bot.discord.rest('PUT', `/channels/${bot.discord.channels.random}/permissions/${people.moderator}`, {
    as: 'owner',
    body: { type: 1, allow: String(PermissionFlagsBits.MentionEveryone), deny: '0' },
  });
  const text = `@everyone <@${people.member}> <@&${roles.moderator}>`;
  const asked = await own.ask('post', { channel: 'random', when: 'in 1 hour', text, mentions: true });
  expect(asked.said).toContain('are notified');
  await asked.confirm();
  own.moveTo('2027-07-06T13:00:00Z');
  await expect.poll(() => postsIn(bot, 'random')).toHaveLength(1);
  expect(postsIn(bot, 'random')).toMatchObject([
    { mention_everyone: true, mentions: [{ id: people.member }], mention_roles: [roles.moderator] },
  ]);
});

test('many posts are listed a page at a time, and one that shrank meanwhile shows its last', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const add = (at: number) =>
    bot.app.timers.add({
      ...{ kind: 'scheduled-post', owner: discord.people.owner, guild: discord.guildId, zone: 'UTC' },
      ...{ channel: discord.channels.random, payload: { text: `post ${at}.`, mentions: false } },
      due: new Date(NOON.getTime() + at * 3_600_000),
    });
  for (let at = 1; at <= 20; at += 1) await add(at);
  const numbers = (reply: Parameters<typeof saidIn>[0]) =>
    [...saidIn(reply).matchAll(/post (\d+)/g)].map(([, at]) => Number(at));
  const first = await discord.slash('schedule list', {}, moderator);
  expect(saidIn(first)).toContain('20 scheduled posts');
  expect(numbers(first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  const press = (id: string) => discord.click(first.message ?? '', id, moderator);
  expect(numbers(await press('schedule.page:1:1'))).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
  expect(numbers(await press('schedule.page:1:2'))).toEqual([17, 18, 19, 20]);
  expect(numbers(await press('schedule.page:1:1'))).toEqual([9, 10, 11, 12, 13, 14, 15, 16]);
  await bot.db`delete from timers where due_at > ${new Date(NOON.getTime() + 10 * 3_600_000)}`;
  expect(numbers(await press('schedule.page:1:2'))).toEqual([9, 10]);
});
