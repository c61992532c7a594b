import { MessageFlags } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { startBot } from '../bot.ts';
import { fixtureCommands, startFixtureBot } from './fixtures.ts';

test('every type of option arrives as it was given', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { people, channels, roles } = bot.discord;
  const reply = await bot.discord.slash('every', {
    text: 'hello',
    integer: 7,
    number: 1.25,
    boolean: true,
    user: people.owner,
    member: people.member,
    channel: channels.general,
    role: roles.member,
    mentionable: roles.moderator,
    attachment: { name: 'a.txt', bytes: new Uint8Array([1]), contentType: 'text/plain' },
    choice: 'green',
    suggested: 'x',
  });
  const seen = JSON.parse(reply.content.replaceAll('```', ''));
  expect(seen).toEqual({
    text: 'hello',
    integer: 7,
    number: 1.25,
    boolean: true,
    user: people.owner,
    member: people.member,
    channel: channels.general,
    role: roles.member,
    mentionable: roles.moderator,
    attachment: 'a.txt',
    choice: 'green',
    suggested: 'x',
  });
});

test.each([
  ['a text too long', { text: 'x'.repeat(10_000), integer: 1 }, 'text must have at least 2 and at most 10 characters'],
  ['a text too short', { text: 'x', integer: 1 }, 'text must have at least 2'],
  ['a number out of range', { text: 'ab', integer: 99 }, 'integer must be a number from 1 to 9'],
  ['a value that is no choice', { text: 'ab', integer: 1, choice: 'blue' }, 'choice must be one of the choices'],
  ['a missing option', { text: 'ab' }, 'The option integer is missing'],
  ['a number that is none', { text: 'ab', integer: 'seven' }, 'integer must be a number'],
])('%s is answered with a clear sentence, to that person only', async (_, options, sentence) => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const reply = await bot.discord.slash('every', options, { unchecked: true });
  expect(reply.content).toContain(sentence);
  expect(reply.ephemeral).toBe(true);
});

test('a lone surrogate does no harm', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const reply = await bot.discord.slash('every', { text: 'a\ud800b', integer: 1 }, { unchecked: true });
  expect(reply.content).toContain('a�b');
});

test('somebody who left is named in the answer', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  await bot.discord.leave('newcomer');
  const reply = await bot.discord.slash(
    'every',
    { text: 'ab', integer: 1, member: bot.discord.people.newcomer },
    { unchecked: true },
  );
  expect(reply.content).toContain('fiordland is not in this server');
});

test('suggestions are at most 25, and a failing one offers none', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const suggest = (typed: string) =>
    bot.discord.autocomplete('every', { text: 'ab', integer: 1, suggested: typed }, 'suggested');
  expect(await suggest('x')).toHaveLength(25);
  expect(await suggest('break')).toHaveLength(0);
});

test.each([
  ['refusing', '\\*x\\* is not in this server'],
  ['away', 'The database is away, try again in a moment.'],
  ['busy', 'There is too much to do right now'],
  ['slow', 'That took too long and was given up'],
  ['mute', 'Something went wrong on my side'],
])('/%s is answered privately, in plain words', async (name, sentence) => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const reply = await bot.discord.slash(name);
  expect(reply.content).toContain(sentence);
  expect(reply.ephemeral).toBe(true);
  expect(reply.content).not.toMatch(/Error|\.ts|stack/);
});

test('an unexpected failure is shown under an error id, and logged under it with the whole cause chain', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const reply = await bot.discord.slash('broken');
  const id = /`([0-9a-f]{8})`/.exec(reply.content)?.[1];
  expect(reply.ephemeral).toBe(true);
  const line = await bot.logged(({ errorId }) => errorId === id);
  expect(line.error).toMatchObject({
    message: 'outer',
    cause: { name: 'TypeError', message: 'inner', cause: { message: 'innermost' } },
  });
});

test('a command may be used so often and no more, and says when again', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  expect((await bot.discord.slash('rare', {}, { as: 'member' })).content).toBe('once');
  expect((await bot.discord.slash('rare', {}, { as: 'member' })).content).toMatch(/Try again in \d+ seconds/);
  expect((await bot.discord.slash('rare', {}, { as: 'owner' })).content).toBe('once');
});

test('buttons and every kind of select menu work, and remember their state', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { people, roles, channels } = bot.discord;
  const { message } = await bot.discord.slash('components');
  if (!message) throw new Error('no message');
  const pressed = await bot.discord.click(message, 'test.press:2:0');
  expect(pressed.content).toContain('pressed 1 times');
  expect(pressed.message?.id).toBe(message.id);
  expect((await bot.discord.click(message, 'test.press:2:1')).content).toContain('pressed 2 times');
  const pick = async (of: string, values: string[]) =>
    (await bot.discord.select(message, `test.pick:1:${of}`, values)).content;
  expect(await pick('user', [people.owner, people.member])).toBe(`user: ${people.owner}, ${people.member}`);
  expect(await pick('role', [roles.member])).toBe(`role: ${roles.member}`);
  expect(await pick('mentionable', [roles.member])).toBe(`mentionable: ${roles.member}`);
  expect(await pick('channel', [channels.general])).toBe(`channel: ${channels.general}`);
  expect((await bot.discord.select(message, 'test.text:1', ['b'])).content).toBe('picked b');
});

test('a failing button answers the presser alone and leaves the message as it was', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { message } = await bot.discord.slash('components');
  if (!message) throw new Error('no message');
  const failed = await bot.discord.click(message, 'test.failing:1');
  expect(failed.content).toContain("belongs to somebody else's answer");
  expect(failed.ephemeral).toBe(true);
  expect(failed.message?.id).not.toBe(message.id);
});

test('a button that only does something is acknowledged', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { message } = await bot.discord.slash('components');
  if (!message) throw new Error('no message');
  const reply = await bot.discord.click(message, 'test.silent:1', { settle: 'ack' });
  expect(reply.kind).toMatch(/update/);
});

test.each([
  ['test.press:1:a:b', 'from an older version of me'],
  ['gone.long.ago:1', 'I do not know what this button or menu is for'],
])('a button of another time (%s) says what to do', async (customId, sentence) => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { message } = await bot.discord.slash('components');
  if (!message) throw new Error('no message');
  const reply = await bot.discord.click(message, customId);
  expect(reply.content).toContain(sentence);
  expect(reply.ephemeral).toBe(true);
});

test('a button still works after a restart of the bot', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const { commands } = fixtureCommands();
  const before = await startFixtureBot(commands, { discord });
  const { message } = await discord.slash('components');
  await before[Symbol.asyncDispose]();
  await using _after = await startFixtureBot(commands, { discord });
  if (!message) throw new Error('no message');
  expect((await discord.click(message, 'test.press:2:0')).content).toContain('pressed 1 times');
});

test('a form opens, and what is sent in it arrives with what it was about', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { modal } = await bot.discord.slash('form');
  if (!modal) throw new Error('no form');
  const reply = await bot.discord.submitModal(modal, { what: 'this' });
  expect(reply.content).toBe('a: b%: this');
});

test('a command that no longer exists says so', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const reply = await bot.discord.slash('vanished', {}, { unchecked: true });
  expect(reply.content).toContain('I no longer have this command');
});

test('what needs a permission is refused without it, and named', async () => {
  await using bot = await startBot();
  const reply = await bot.discord.slash('config general', {}, { as: 'member', unchecked: true });
  expect(reply.content).toContain('You need this permission to use it: Manage Server');
  expect(reply.ephemeral).toBe(true);
});

test('answers ping nobody', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  await bot.discord.slash('broken');
  const answers = bot.discord.requests().filter(({ route }) => route?.includes('callback'));
  expect(answers.length).toBeGreaterThan(0);
  for (const { body } of answers) {
    expect(body).toMatchObject({
      data: { allowed_mentions: { parse: [] }, flags: MessageFlags.IsComponentsV2 | MessageFlags.Ephemeral },
    });
  }
});

test('a menu on a message gets the message', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const message = await bot.discord.message({ as: 'owner', content: 'to be quoted' });
  const reply = await bot.discord.messageMenu('Quote', message.id, { as: 'member' });
  expect(reply.content).toBe('said: to be quoted');
  expect(reply.ephemeral).toBe(true);
});

test('a permission that the bot lacks is named, with who can give it', async () => {
  await using bot = await startFixtureBot(fixtureCommands().commands);
  const { channels, roles } = bot.discord;
  const deny = { type: 0, deny: String(1n << 2n), allow: '0' };
  await bot.discord.rest('PUT', `/channels/${channels.general}/permissions/${roles.bot}`, { as: 'owner', body: deny });
  const reply = await bot.discord.slash('needy', {}, { as: 'owner' });
  expect(reply.content).toContain('I lack this permission here: Ban Members');
});

test('whoever may not use a command is offered no values for its options', async () => {
  await using bot = await startBot();
  const suggest = (as: string) =>
    bot.discord.autocomplete('config general', { 'time-zone': 'europe' }, 'time-zone', { as, unchecked: true });
  expect(await suggest('owner')).not.toHaveLength(0);
  expect(await suggest('member')).toHaveLength(0);
});
