import { PermissionFlagsBits } from 'discord.js';
import type { APIMessage } from 'discord-api-types/v10';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';

const NOON = new Date('2027-07-06T12:00:00Z');
const moderator = { as: 'moderator' } as const;
const PATIENT = { timeout: 60_000 } as const;

/** A bot whose clock the test moves. */
async function startAtNoon() {
  const clock = { now: NOON };
  const bot = await startBot({ now: () => clock.now });
  const moveTo = (iso: string) => {
    clock.now = new Date(iso);
  };
  return { bot, moveTo, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

/** What the bot has written in a channel, oldest first. */
function wordsIn({ discord }: TestBot, channel = 'general'): readonly string[] {
  return messagesIn(discord, channel).map((message) => JSON.stringify(message.components));
}

function messagesIn({ state, channels }: TestBot['discord'], channel: string): readonly APIMessage[] {
  return state.messages
    .list(channels[channel] ?? '', { limit: 100 })
    .filter(({ author }) => author.id === state.bot.id)
    .reverse();
}

/** A message like another, under an id of its own: the bot takes none twice. */
function arrives({ discord }: TestBot, like: APIMessage, at: number, changes: object = {}): void {
  const id = String(BigInt(like.id) + BigInt(at));
  discord.raw('MESSAGE_CREATE', { ...like, id, guild_id: discord.guildId, ...changes });
}

/** Somebody mentions the member. */
function call({ discord }: TestBot, channel = 'general', as = 'owner') {
  return discord.message({ as, channel, content: `<@${discord.people.member}> are you there?` });
}

/** Ids tell times to the millisecond, and of one millisecond nothing is later than the rest. */
async function nextMillisecond(): Promise<void> {
  const now = Date.now();
  while (Date.now() === now) await new Promise((resolve) => setImmediate(resolve));
}

test('an end that some read in another way is shown before anybody is away until then', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord, db } = bot;
  const reply = await discord.slash('afk', { reason: 'tea', until: '5.12' });
  expect(saidIn(reply)).toContain('Are you away until then?');
  expect(await db`select 1 from afk`).toEqual([]);
  const button = /"custom_id":"(afk\.confirm:[^"]+)"/.exec(JSON.stringify(reply.message))?.[1] ?? '';
  expect(saidIn(await discord.click(reply.message ?? '', button))).toContain('You are away');
  expect(await db`select reason, until from afk`).toEqual([{ reason: 'tea', until: new Date('2027-07-07T05:12:00Z') }]);
});

test('whoever mentions somebody who is away hears why and since when, once a channel for some minutes', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const { member = '', owner = '' } = discord.people;
  expect(saidIn(await discord.slash('afk', { reason: `*tea* with <@${owner}>` }))).toContain('You are away');
  const first = await call(bot);
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  const [notice] = messagesIn(discord, 'general');
  expect(wordsIn(bot)[0]).toMatch(/<@\d+> has been away since <t:\d+:R>: /);
  expect(wordsIn(bot)[0]).toContain(`\\\\*tea\\\\* with \\\\<@${owner}\\\\>`);
  expect(notice).toMatchObject({ mentions: [], message_reference: { message_id: first.id } });
  await call(bot);
  await discord.message({ as: 'owner', channel: 'general', content: 'never mind' });
  await call(bot, 'random');
  await expect.poll(() => wordsIn(bot, 'random'), PATIENT).toHaveLength(1);
  expect(wordsIn(bot)).toHaveLength(1);
  own.moveTo('2027-07-06T12:05:00Z');
  await call(bot);
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(2);
  await discord.message({ as: 'member', channel: 'general', content: 'back' });
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(3);
  const back = wordsIn(bot)[2];
  expect(back).toContain(`Welcome back, <@${member}>. You were mentioned 4 times`);
  expect(back?.match(/discord\.com\/channels\/\d+\/\d+\/\d+/g)).toHaveLength(3);
  expect(back).not.toContain(first.id); // the last three alone
  own.moveTo('2027-07-06T12:30:00Z');
  await call(bot);
  await discord.message({ as: 'member', channel: 'general', content: 'yes' });
  await expect.poll(() => bot.db`select user_id from afk`, PATIENT).toEqual([]);
  expect(wordsIn(bot)).toHaveLength(3);
});

test('a reply counts as a mention, also one that notifies nobody; bots, webhooks and notices of Discord do not', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const written = await discord.message({ as: 'member', channel: 'general', content: 'hello' });
  await nextMillisecond();
  await discord.slash('afk', {});
  const called = await call(bot, 'random');
  await expect.poll(() => wordsIn(bot, 'random'), PATIENT).toHaveLength(1);
  const inGeneral = { ...called, channel_id: written.channel_id };
  arrives(bot, inGeneral, 1, { author: { ...called.author, id: '123456789012345679', bot: true } });
  arrives(bot, inGeneral, 2, { webhook_id: '123456789012345678' });
  arrives(bot, inGeneral, 3, { type: 6 }); // somebody pinned a message
  arrives(bot, inGeneral, 4, { author: written.author, type: 7 }); // "just joined"
  const reply = await discord.message({ as: 'owner', channel: 'general', content: 'hi', replyTo: written });
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  expect(messagesIn(discord, 'general')).toMatchObject([{ message_reference: { message_id: reply.id } }]);
  await expect.poll(() => bot.db`select mentions from afk`, PATIENT).toEqual([{ mentions: 2 }]);
});

test('where the bot may not read the history it answers all the same, only not as a reply', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  await discord.slash('afk', {});
  const path = `/channels/${discord.channels.general}/permissions/${discord.state.bot.id}`;
  const deny = { type: 1, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' };
  await discord.rest('PUT', path, { as: 'owner', body: deny });
  await call(bot);
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  expect(messagesIn(discord, 'general')[0]?.message_reference).toBeUndefined();
});

test('what was written before the command and comes after it does not end an absence; what comes right after it does', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const before = await discord.message({ as: 'member', channel: 'general', content: 'bye' });
  await nextMillisecond();
  await discord.slash('afk', { reason: 'lunch' });
  arrives(bot, before, -1_000 * 2 ** 22); // written a second before that, and late
  await call(bot);
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  expect(await bot.db`select reason from afk`).toEqual([{ reason: 'lunch' }]);
  const leaving = discord.slash('afk', { reason: 'dinner' }, { as: 'owner' });
  await discord.message({ as: 'owner', channel: 'random', content: 'one more thing' });
  expect(saidIn(await leaving)).toContain('dinner');
  await expect.poll(() => wordsIn(bot, 'random'), PATIENT).toHaveLength(1);
  expect(wordsIn(bot, 'random')[0]).toContain('Welcome back');
  expect(await bot.db`select reason from afk`).toEqual([{ reason: 'lunch' }]);
});

test('the command again changes the reason and keeps since when; it ends by itself at its time', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  await discord.slash('afk', { reason: 'lunch' });
  const [first] = await bot.db`select since from afk`;
  await call(bot, 'random');
  await expect.poll(() => wordsIn(bot, 'random'), PATIENT).toHaveLength(1);
  const changed = saidIn(await discord.slash('afk', { reason: 'nap', until: 'in 2 hours' }));
  expect(changed).toContain('nap');
  expect(changed).toContain(`<t:${Date.parse('2027-07-06T14:00:00Z') / 1_000}:f>`);
  expect(await bot.db`select since, mentions from afk`).toEqual([{ since: first?.since, mentions: 1 }]); // told at once
  await call(bot);
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  expect(wordsIn(bot)[0]).toContain('nap');
  own.moveTo('2027-07-06T14:00:00Z');
  await call(bot);
  await discord.message({ as: 'member', channel: 'general', content: 'back' });
  await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(2);
  expect(wordsIn(bot)[1]).toContain('mentioned 2 times'); // while away, and not after it
});

test('an end that makes no sense is refused, and a moderator ends the absence of another', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  expect(saidIn(await discord.slash('afk', { until: '31 feb' }))).toContain('There is no');
  expect(saidIn(await discord.slash('afk', { until: 'every day at 9' }))).toContain('only one moment');
  expect(saidIn(await discord.slash('afk', { until: 'in 3 years' }))).toContain('too far ahead');
  expect(saidIn(await discord.userMenu('End AFK', 'member', moderator))).toContain('is not away');
  await discord.slash('afk', { reason: 'something rude' });
  const refused = await discord.userMenu('End AFK', 'member', { as: 'newcomer', unchecked: true });
  expect(saidIn(refused)).toContain('Manage Messages');
  expect(saidIn(await discord.userMenu('End AFK', 'member', moderator))).toContain('no longer shown');
  expect(await bot.db`select reason from afk`).toEqual([]);
});

test('a notice and a welcome of which the answer of Discord is lost are there once, however often they are sent', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  await discord.slash('afk', {});
  const lose = () =>
    discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { times: 1, method: 'POST' });
  const written = ['has been away since', 'Welcome back'];
  for (const [at, act] of [() => call(bot), () => discord.message({ as: 'member', content: 'back' })].entries()) {
    lose();
    await act();
    await expect.poll(() => posts(), PATIENT).toBe(2 * (at + 1)); // each is sent again
    await bot.app.inFlight.idle();
    expect(wordsIn(bot)).toHaveLength(at + 1);
    expect(wordsIn(bot)[at]).toContain(written[at]);
  }

  function posts() {
    const path = `/channels/${discord.channels.general}/messages`;
    return discord.requests().filter((one) => one.method === 'POST' && one.path.endsWith(path)).length;
  }
});

test('mentions that were counted are stored when the bot stops', async () => {
  await using database = await freshDatabase();
  {
    await using bot = await startBot({ env: { DATABASE_URL: database.url } });
    await bot.discord.slash('afk', {});
    await call(bot);
    await expect.poll(() => wordsIn(bot), PATIENT).toHaveLength(1);
  }
  expect(await database.db`select mentions from afk`).toEqual([{ mentions: 1 }]);
});

test('of two processes that share a database one welcomes, and each knows what the other was told', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  await using one = await startBot(options);
  await using two = await startBot(options);
  const whose = { guild: discord.guildId, user: discord.people.member ?? '' };
  expect((await two.app.afk.of(whose.guild)).size).toBe(0);
  await one.app.afk.set(whose, new Date(Date.now() - 60_000), async () => ({ reason: 'tea', until: null }));
  await expect.poll(async () => (await two.app.afk.of(whose.guild)).size, PATIENT).toBe(1);
  await discord.message({ as: 'member', channel: 'general', content: 'back' });
  await expect.poll(() => wordsIn(one), PATIENT).toHaveLength(1);
  for (const { app } of [one, two])
    await expect.poll(async () => (await app.afk.of(whose.guild)).size, PATIENT).toBe(0);
  await call(one);
  await discord.message({ as: 'member', channel: 'general', content: 'still here' });
  for (const { app } of [one, two]) await app.inFlight.idle();
  expect(wordsIn(one)).toHaveLength(1);
});
