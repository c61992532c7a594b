import { PermissionFlagsBits } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import type { Timer } from '../../../../src/services/timers/timers.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { saidIn } from '../files/inspected.ts';

/** A Tuesday. */
const NOON = new Date('2027-07-06T12:00:00Z');
const DAY_MS = 86_400_000;
const PATIENT = { timeout: 60_000 } as const;

/** A bot whose clock the test moves. */
async function startAtNoon() {
  const clock = { now: NOON };
  const bot = await startBot({ now: () => clock.now });
  const moveTo = (at: Date) => {
    clock.now = at;
    bot.app.timers.wake();
  };
  return { bot, moveTo, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

function reminders({ app, discord }: TestBot, who: 'member' | 'owner' = 'member'): Promise<readonly Timer[]> {
  return app.timers.list({ kind: 'reminder', owner: discord.people[who] });
}

function stamp(iso: string): string {
  return `<t:${Date.parse(iso) / 1_000}:f>`;
}

function buttonIn(message: unknown, name: string): string {
  return new RegExp(`"custom_id":"(${name}:[^"]+)"`).exec(JSON.stringify(message))?.[1] ?? '';
}

/** The reminders that have been delivered to a channel, the latest first. */
function delivered({ discord }: TestBot, channel = discord.channels.general): APIMessage[] {
  return discord.state.messages
    .list(channel, { limit: 50 })
    .filter((message) => JSON.stringify(message.components).includes('reminder.done'));
}

test('a plain reminder is stored at once, in the zone of the person, and can be taken back', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.app.zones.set(bot.discord.people.member, 'Europe/Berlin');
  const reply = await bot.discord.slash('remind me', { when: 'tomorrow 9am', about: 'water the *plants*' });
  const said = saidIn(reply);
  expect(said).toContain('I will remind you');
  expect(said).toContain('water the \\*plants\\*');
  expect(said).toContain(stamp('2027-07-07T07:00:00Z'));
  expect(said).toContain('by direct message');
  expect(await reminders(bot)).toMatchObject([
    { dueAt: new Date('2027-07-07T07:00:00Z'), zone: 'Europe/Berlin', recurrence: null, payload: { where: 'dm' } },
  ]);
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'remind.undo'));
  expect(await reminders(bot)).toEqual([]);
});

test('a repetition is shown in words and as timestamps first, and stored by one press, once', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const reply = await bot.discord.slash('remind me', { when: 'every weekday at 9', about: 'stand up', where: 'here' });
  const said = saidIn(reply);
  expect(said).toContain('Is this what you mean?');
  expect(said).toContain('every weekday at 09:00 (UTC)');
  for (const day of ['07', '08', '09']) expect(said).toContain(stamp(`2027-07-${day}T09:00:00Z`));
  expect(await reminders(bot)).toEqual([]);
  const button = buttonIn(reply.message, 'remind.confirm');
  const presses = await Promise.all([1, 2].map(() => bot.discord.click(reply.message ?? '', button)));
  const answers = presses.map((press) => saidIn(press)).join(' ');
  expect(answers).toContain('I will remind you');
  expect(answers).toContain('confirmed or dropped already');
  expect(await reminders(bot)).toMatchObject([
    { channel: bot.discord.channels.general, payload: { text: 'stand up', where: 'channel' } },
  ]);
});

test('what some read in another way is shown before it is stored', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  for (const when of ['10.11', '5.12', '0100 hours']) {
    expect
      .soft(saidIn(await bot.discord.slash('remind me', { when, about: 'x' })), when)
      .toContain('Is this what you mean?');
  }
  expect(await reminders(bot)).toEqual([]);
  for (const when of ['at 10.11', '13.45', '10:11', 'in 100 hours']) {
    expect
      .soft(saidIn(await bot.discord.slash('remind me', { when, about: 'y' }, { as: 'owner' })), when)
      .toContain('I will remind you');
  }
});

test('a reminder is put off to what some read in another way once that is confirmed', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.discord.slash('remind me', { when: 'in 1 hour', about: 'tea' });
  const [before] = await reminders(bot);
  const reply = await bot.discord.slash('remind snooze', { which: 'tea', until: '5.12' });
  expect(saidIn(reply)).toContain('Is this what you mean?');
  expect(await reminders(bot)).toEqual([before]);
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'snooze.confirm'));
  const [after] = await reminders(bot);
  expect(after).not.toEqual(before);
});

test('what is not confirmed is not stored, nor what somebody else confirms', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const reply = await bot.discord.slash('remind me', { when: 'in 40 days', about: 'far away' });
  const confirm = buttonIn(reply.message, 'remind.confirm');
  const other = await bot.discord.click(reply.message ?? '', confirm, { as: 'owner', unchecked: true });
  expect(saidIn(other)).toContain('confirmed or dropped already');
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'remind.drop'));
  const late = await bot.discord.click(reply.message ?? '', confirm, { unchecked: true });
  expect(saidIn(late)).toContain('confirmed or dropped already');
  expect([...(await reminders(bot)), ...(await reminders(bot, 'owner'))]).toEqual([]);
});

test('what is no time is answered with what to write instead', async () => {
  await using own = await startAtNoon();
  const wrong = [
    ['in -3 days', 'goes forward', 'member'],
    ['yesterday', 'is over', 'member'],
    ['31 feb', 'There is no', 'member'],
    ['5 jan 99999', 'Write', 'newcomer'],
    ['whenever', 'I do not understand', 'newcomer'],
    ['9am Mars/Olympus', 'no time zone', 'newcomer'],
  ] as const;
  for (const [when, says, as] of wrong) {
    expect.soft(saidIn(await own.bot.discord.slash('remind me', { when, about: 'x' }, { as })), when).toContain(says);
  }
  expect(await own.bot.db`select * from timers`).toEqual([]);
});

test('autocomplete shows how a time is read, and what is wrong with it', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  expect(await discord.autocomplete('remind me', { when: 'fri 18:00' }, 'when')).toEqual([
    { name: 'Friday 9 July 2027 at 18:00 (UTC)', value: 'fri 18:00' },
  ]);
  const [wrong] = await discord.autocomplete('remind me', { when: '31 feb' }, 'when');
  expect(wrong?.name).toContain('There is no');
  expect(await discord.autocomplete('remind me', { when: '' }, 'when')).toHaveLength(5);
});

test('nobody has more than a hundred, and is told so', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await fill(bot);
  const refused = await bot.discord.slash('remind me', { when: 'in 1 hour', about: 'one more' });
  expect(saidIn(refused)).toContain('You have 100 of these');
  const first = await bot.discord.slash('remind list');
  expect(saidIn(first)).toContain('Your 100 reminders');
  const last = await bot.discord.click(first.message ?? '', 'remind.page:1:1');
  expect(saidIn(last).match(/<t:\d+:f>/g)).toHaveLength(8);
});

test('reminders are listed, changed, put off and deleted by a part of their text', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  expect(saidIn(await discord.slash('remind list'))).toContain('You have no reminders');
  await discord.slash('remind me', { when: 'in 2 hours', about: 'call Ann' });
  await discord.slash('remind me', { when: 'in 3 hours', about: 'call Bob' });
  const list = saidIn(await discord.slash('remind list'));
  expect(list.indexOf('call Ann')).toBeLessThan(list.indexOf('call Bob'));
  const [offered] = await discord.autocomplete('remind delete', { which: 'bob' }, 'which');
  expect(offered?.name).toBe('2027-07-06 15:00 · call Bob');
  expect(saidIn(await discord.slash('remind edit', { which: 'ann' }))).toContain('Say what to change');
  own.moveTo(new Date(NOON.getTime() + 20_000)); // nobody may ask so often in ten seconds
  const several = await discord.slash('remind delete', { which: 'call' });
  expect(saidIn(several)).toContain('Several of your reminders');
  await discord.slash('remind edit', { which: 'ann', about: 'call Ann, really', when: 'in 5 hours' });
  await discord.slash('remind snooze', { which: 'bob', until: 'tomorrow 8:00' });
  expect(await reminders(bot)).toMatchObject([
    { dueAt: new Date('2027-07-06T17:00:20Z'), payload: { text: 'call Ann, really' } },
    { dueAt: new Date('2027-07-07T08:00:00Z'), payload: { text: 'call Bob' } },
  ]);
  const foreign = await discord.slash('remind delete', { which: offered?.value ?? '' }, { as: 'owner' });
  expect(saidIn(foreign)).toContain('no such reminder');
  expect(saidIn(await discord.slash('remind delete', { which: offered?.value ?? '' }))).toContain('is deleted');
  expect(await reminders(bot)).toHaveLength(1);
});

test('the text of a repetition is changed without another question, and its times stay', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const reply = await bot.discord.slash('remind me', { when: 'every day at 18:00', about: 'tea' });
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'remind.confirm'));
  const [before] = await reminders(bot);
  const changed = await bot.discord.slash('remind edit', { which: 'tea', about: 'coffee' });
  expect(saidIn(changed)).toContain('Changed');
  expect(await reminders(bot)).toMatchObject([
    { id: before?.id, recurrence: before?.recurrence, dueAt: before?.dueAt, payload: { text: 'coffee' } },
  ]);
});

test('a message is remembered from its menu, with what it says and the way to it', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const message = await bot.discord.message({ as: 'owner', content: 'read this' });
  const { modal } = await bot.discord.messageMenu('Remind me about this', message.id);
  if (!modal) throw new Error('no form');
  const wrong = await bot.discord.submitModal(modal, { when: 'soonish' });
  expect(saidIn(wrong)).toContain('I do not understand');
  const asked = await bot.discord.submitModal(modal, { when: 'in 2 hours' });
  expect(saidIn(asked)).toContain(stamp('2027-07-06T14:00:00Z'));
  expect(await reminders(bot)).toEqual([]); // a form suggests nothing, so how it is read is shown first
  const kept = await bot.discord.click(asked.message ?? '', buttonIn(asked.message, 'remind.confirm'));
  expect(saidIn(kept)).toContain('I will remind you');
  const link = `https://discord.com/channels/${bot.discord.guildId}/${message.channel_id}/${message.id}`;
  expect(await reminders(bot)).toMatchObject([{ payload: { text: 'read this', link } }]);
});

test('the buttons under a reminder are for the person who was reminded', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.discord.slash('remind me', { when: 'in 1 hour', about: 'tea', where: 'here' });
  own.moveTo(new Date(NOON.getTime() + 3_600_000));
  await expect.poll(() => delivered(bot)).toHaveLength(1);
  const [message] = delivered(bot);
  if (!message) throw new Error('nothing delivered');
  const later = buttonIn(message, 'reminder.snooze');
  const stranger = await bot.discord.click(message, later, { as: 'owner' });
  expect(saidIn(stranger)).toContain(`This reminder is for <@${bot.discord.people.member}>`);
  expect(await reminders(bot)).toEqual([]);
  own.moveTo(new Date(NOON.getTime() + 3 * DAY_MS)); // days later
  const put = await bot.discord.click(message, later);
  expect(put.content).toContain('Put off until');
  expect(await reminders(bot)).toMatchObject([{ dueAt: new Date(NOON.getTime() + 3 * DAY_MS + 600_000) }]);
  expect(delivered(bot)).toEqual([]);
});

test('a repetition that is put off comes once more, however often the button is pressed, and goes on', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const reply = await bot.discord.slash('remind me', { when: 'every day at 13:00', about: 'tea', where: 'here' });
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'remind.confirm'));
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => delivered(bot)).toHaveLength(1);
  const [message] = delivered(bot);
  if (!message) throw new Error('nothing delivered');
  const unchecked = { unchecked: true };
  await Promise.all([1, 2].map(() => bot.discord.click(message, buttonIn(message, 'reminder.snooze'), unchecked)));
  const open = await reminders(bot);
  expect(open.filter(({ recurrence }) => recurrence !== null)).toHaveLength(1);
  expect(open.filter(({ recurrence }) => recurrence === null)).toHaveLength(1);
  const done = await bot.discord.click(message, buttonIn(message, 'reminder.done'), unchecked);
  expect(done.content).toContain(`Done. It comes again ${stamp('2027-07-07T13:00:00Z')}`);
  await bot.app.timers.remove({ id: open.find(({ recurrence }) => recurrence !== null)?.id ?? '', kind: 'reminder' });
  const gone = await bot.discord.click(message, buttonIn(message, 'reminder.done'), unchecked);
  expect(saidIn(gone)).toContain('I no longer keep this reminder');
});

test('who may not write in a channel has no reminder there', async () => {
  await using own = await startAtNoon();
  const { discord, app } = own.bot;
  await discord.rest('PUT', `/channels/${discord.channels.random}/permissions/${discord.guildId}`, {
    as: 'owner',
    body: { type: 0, deny: '2048', allow: '0' },
  });
  const ask = { when: 'in 1 hour', about: 'tea' };
  const refused = await discord.slash('remind me', { ...ask, where: 'here' }, { channel: 'random' });
  expect(saidIn(refused)).toContain('You may not write in this channel');
  await discord.slash('remind me', ask, { channel: 'random' });
  const [stored] = await app.timers.list({ kind: 'reminder', owner: discord.people.member });
  expect(stored).toMatchObject({ channel: null, payload: { where: 'dm' } });
});

test('a reminder that is moved to a channel belongs to its server, which is not reminded of what somebody wanted who has left', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  await discord.slash('remind me', { when: 'in 1 hour', about: 'tea' }, { channel: 'dm' });
  await discord.slash('remind me', { when: 'in 2 hours', about: 'cake' }, { channel: 'dm' });
  await discord.slash('remind edit', { which: 'tea', where: 'here' });
  await discord.slash('remind edit', { which: 'cake', where: 'here', when: 'in 1 hour' });
  const here = { guild: discord.guildId, channel: discord.channels.general, payload: { where: 'channel' } };
  expect(await reminders(bot)).toMatchObject([here, here]);
  await discord.leave('member');
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => reminders(bot), PATIENT).toEqual([]);
  expect(delivered(bot)).toEqual([]);
});

test('a hundred that wait are the most there are, also when one that has come is put off', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.discord.slash('remind me', { when: 'in 1 hour', about: 'tea', where: 'here' });
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => delivered(bot), PATIENT).toHaveLength(1);
  const [message] = delivered(bot);
  if (!message) throw new Error('nothing delivered');
  await fill(bot);
  const refused = await bot.discord.click(message, buttonIn(message, 'reminder.snooze'));
  expect(saidIn(refused)).toContain('You have 100 of these');
  expect(await reminders(bot)).toHaveLength(100);
  await bot.db`delete from timers where id = (select max(id) from timers)`;
  expect((await bot.discord.click(message, buttonIn(message, 'reminder.snooze'))).content).toContain('Put off until');
});

test('nobody has a channel reminded more than once an hour, also not by a change or where direct messages are turned off', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const often = { when: 'every 59 minutes', about: 'tea' };
  expect(saidIn(await discord.slash('remind me', { ...often, where: 'here' }))).toContain('once an hour at most');
  const hourly = await discord.slash('remind me', { when: 'every 60 minutes', about: 'cake', where: 'here' });
  expect(saidIn(hourly)).toContain('Is this what you mean?');
  const mine = await discord.slash('remind me', often);
  await discord.click(mine.message ?? '', buttonIn(mine.message, 'remind.confirm'));
  expect(await reminders(bot)).toMatchObject([{ channel: null, payload: { where: 'dm' } }]);
  expect(saidIn(await discord.slash('remind edit', { which: 'tea', where: 'here' }))).toContain('once an hour at most');
  await discord.slash('remind me', { when: 'in 1 hour', about: 'rice', where: 'here' });
  const edit = await discord.slash('remind edit', { which: 'rice', when: 'every 5 minutes' });
  expect(saidIn(edit)).toContain('once an hour at most');
  expect(await reminders(bot)).toMatchObject([{ channel: null }, { recurrence: null }]);
});

test('a repetition in a channel is ended by who moderates there, and by nobody else but its owner', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const reply = await bot.discord.slash('remind me', { when: 'every day at 13:00', about: 'tea', where: 'here' });
  await bot.discord.click(reply.message ?? '', buttonIn(reply.message, 'remind.confirm'));
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => delivered(bot), PATIENT).toHaveLength(1);
  const [message] = delivered(bot);
  if (!message) throw new Error('nothing delivered');
  const end = buttonIn(message, 'reminder.end');
  const stranger = await bot.discord.click(message, end, { as: 'newcomer' });
  expect(saidIn(stranger)).toContain('who may manage messages in its channel can end it');
  expect(await reminders(bot)).toHaveLength(1);
  const ended = await bot.discord.click(message, end, { as: 'moderator' });
  expect(ended.content).toContain(`<@${bot.discord.people.moderator}> has ended this`);
  expect(await reminders(bot)).toEqual([]);
  expect(delivered(bot)).toEqual([]);
});

test('where the bot may not look whether a reminder is there already none is made for the channel', async () => {
  await using own = await startAtNoon();
  const { discord, app } = own.bot;
  await denyBot(own.bot, PermissionFlagsBits.ReadMessageHistory);
  const ask = { when: 'in 1 hour', about: 'tea' };
  const refused = saidIn(await discord.slash('remind me', { ...ask, where: 'here' }));
  expect(refused).toContain('I may not read the message history in this channel');
  await discord.slash('remind me', ask);
  const [stored] = await app.timers.list({ kind: 'reminder', owner: discord.people.member });
  expect(stored).toMatchObject({ channel: null, payload: { where: 'dm' } });
});

test('a reminder comes once in its channel, though the bot may not attach files or read the history there any more', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  await discord.slash('remind me', { when: 'in 1 hour', about: 'tea', where: 'here' });
  await denyBot(own.bot, PermissionFlagsBits.AttachFiles | PermissionFlagsBits.ReadMessageHistory);
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => delivered(own.bot), PATIENT).toHaveLength(1);
  await expect.poll(() => own.bot.db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'done' }]);
});

test('of a reminder that may be in its channel, where the bot cannot look, its owner hears by direct message', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.discord.slash('remind me', { when: 'in 1 hour', about: 'tea', where: 'here' });
  await denyBot(bot, PermissionFlagsBits.ReadMessageHistory);
  // A process that is gone has begun with it twenty minutes ago.
  await bot.db`
    update timers set
      tried_at = now() - interval '20 minutes', claimed_by = 'dead', claimed_until = now() - interval '1 second', attempts = 1`;
  own.moveTo(new Date('2027-07-06T13:00:00Z'));
  await expect.poll(() => bot.db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'done' }]);
  expect(delivered(bot)).toEqual([]);
  const { channels } = bot.discord.state;
  const dm = [...channels.values()].find(({ recipients }) =>
    recipients?.some(({ id }) => id === bot.discord.people.member),
  );
  const [message] = delivered(bot, dm?.id);
  expect(JSON.stringify(message?.components)).toContain('It may be in the channel already');
});

/** What the bot may not do in #general. */
async function denyBot({ discord }: TestBot, bits: bigint): Promise<void> {
  const path = `/channels/${discord.channels.general}/permissions/${discord.state.bot.id}`;
  await discord.rest('PUT', path, { as: 'owner', body: { type: 1, deny: String(bits), allow: '0' } });
}

/** As many reminders for tomorrow as a member may have. */
async function fill({ db, discord }: TestBot): Promise<void> {
  const tomorrow = new Date(NOON.getTime() + DAY_MS);
  await db`
    insert into timers (kind, owner_id, payload, due_at, wake_at, zone)
    select 'reminder', ${discord.people.member}, '{"text":"x","where":"dm"}', ${tomorrow}, ${tomorrow}, 'UTC'
    from generate_series(1, 100)`;
}

test('a reminder whose repetition cannot be read is listed as such, and mended by a new time', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  await bot.discord.slash('remind me', { when: 'in 2 hours', about: 'the ferry' });
  const broken = { rule: { kind: 'daily', every: 1, at: '13:00' }, zone: 'Mars/Olympus', start: '2027-07-06T12:00:00' };
  await bot.db`update timers set recurrence = ${bot.db.json(broken)}, zone = 'Mars/Olympus'`;
  const listed = saidIn(await bot.discord.slash('remind list'));
  expect(listed).toContain('I cannot read any more how it repeats');
  expect(listed).toContain('the ferry');
  await bot.discord.slash('remind edit', { which: 'ferry', when: 'in 5 hours' });
  expect(saidIn(await bot.discord.slash('remind list'))).not.toContain('cannot read');
  expect(await reminders(bot)).toMatchObject([{ dueAt: new Date('2027-07-06T17:00:00Z'), recurrence: null }]);
});
