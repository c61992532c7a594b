import { PermissionFlagsBits } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { expectWithinLimits, saidIn } from '../files/inspected.ts';
import { customId, messageOf, NOON, press, shownVotes, startAtNoon, startPoll, textOf } from './polls.ts';

// Messages are written anew once in three seconds.
vi.setConfig({ testTimeout: 120_000 });

const PATIENT = { timeout: 60_000 } as const;
const moderator = { as: 'moderator' } as const;

test('a poll is shown first, posted by one press, and shows the votes; each sees their own alone', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const asked = await discord.slash('poll create', { question: 'Tea?', answer1: 'Yes', answer2: 'No' });
  expect(saidIn(asked)).toContain('Post this poll here?');
  expect(saidIn(asked)).toContain(`<t:${NOON.getTime() / 1_000 + 86_400}:f>`); // a day, unless said
  expect(await bot.db`select id from polls`).toEqual([]);
  const poll = await startPoll(bot, { ends: 'in 3 hours' });
  expect(shownVotes(poll.message())).toEqual([0, 0, 0]);
  expect(textOf(poll.message())).toContain('\\\\*Home\\\\*');
  const voted = await press(discord, poll.id, 1, 'owner');
  expect(voted.content).toContain('You vote for Market');
  await voted.until(({ ephemeral }) => ephemeral);
  await press(discord, poll.id, 1, 'newcomer');
  await press(discord, poll.id, 0, 'newcomer'); // instead
  await expect.poll(() => shownVotes(poll.message()), PATIENT).toEqual([1, 1, 0]);
  const voters = await discord.click(poll.message(), customId(poll.message(), 'poll.voters'));
  expect(saidIn(voted)).not.toContain('Harbour');
  expect(saidIn(voters)).toContain(`**Market** (1): <@${discord.people.owner}>`);
  const back = await discord.click(voted.message ?? '', customId(voted.message, 'poll.back'), { as: 'owner' });
  expect(saidIn(back)).toContain('You have not voted');
  const mine = await discord.click(poll.message(), customId(poll.message(), 'poll.own'), { as: 'newcomer' });
  expect(saidIn(mine)).toContain('You vote for Harbour');
  await expect.poll(() => shownVotes(poll.message()), PATIENT).toEqual([1, 0, 0]);
});

test('where many may be chosen each answer counts, and a second press of the same takes nothing away', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const poll = await startPoll(own.bot, { many: true, anonymous: true });
  expect(customId(poll.message(), 'poll.voters')).toBe('');
  await press(discord, poll.id, 0, 'owner');
  await press(discord, poll.id, 2, 'owner');
  const both = await press(discord, poll.id, 2, 'owner');
  expect(saidIn(both)).toContain('You vote for Harbour, \\*Home\\*');
  await discord.click(both.message ?? '', customId(both.message, 'poll.back', 0), { as: 'owner' });
  await press(discord, poll.id, 2, 'newcomer');
  await expect.poll(() => shownVotes(poll.message()), PATIENT).toEqual([0, 0, 2]);
  const voters = { custom: customId(poll.message(), 'poll.own').replace('poll.own', 'poll.voters') };
  expect(saidIn(await discord.click(poll.message(), voters.custom, { unchecked: true }))).toContain('Nobody is shown');
  own.moveTo('2027-07-07T12:00:00Z');
  await expect.poll(() => textOf(poll.message()), PATIENT).toContain('2 people of 2 chose it');
  expect(await own.bot.db`select user_id from poll_votes`).toEqual([]);
  expect(shownVotes(poll.message())).toEqual([0, 0, 2]);
});

test('at its time a poll ends: the result in words and as bars, no more votes, and a word in the channel', async () => {
  await using own = await startAtNoon();
  const { discord, db } = own.bot;
  const poll = await startPoll(own.bot, { ends: '15:00' });
  for (const [as, answer] of [
    ['owner', 0],
    ['newcomer', 0],
    ['member', 1],
  ] as const) {
    await press(discord, poll.id, answer, as);
  }
  const before = poll.message();
  own.moveTo('2027-07-06T15:00:00Z');
  await expect.poll(() => db`select id from timers where done_at is null`, PATIENT).toEqual([]);
  const after = poll.message();
  expect(textOf(after)).toContain('**Harbour** came first, with 2 votes of 3.');
  expect(shownVotes(after)).toEqual([2, 1, 0]);
  expect(textOf(after)).toContain('Harbour: 2 (67 %)\\nMarket: 1 (33 %)\\n*Home*: 0 (0 %)');
  expect(after.attachments).toMatchObject([{ filename: 'result.png', content_type: 'image/png', width: 900 }]);
  expect(textOf(after).match(/"disabled":true/g)).toHaveLength(4); // three answers, and "Your vote"
  const [word] = discord.state.messages.list(after.channel_id, { limit: 1 });
  expect(word).toMatchObject({ message_reference: { message_id: poll.id }, mentions: [] });
  expect(textOf(word)).toContain(`https://discord.com/channels/${discord.guildId}/${after.channel_id}/${poll.id}`);
  const late = await discord.click(before, customId(before, 'poll.vote', 1), { as: 'owner', unchecked: true });
  expect(saidIn(late)).toContain('This poll has ended');
  expect(await db`select counts, voters from polls`).toEqual([{ counts: [2, 1, 0], voters: 3 }]);
  const voters = await discord.click(after, customId(after, 'poll.voters'));
  expect(saidIn(voters)).toContain(`**Market** (1): <@${discord.people.member}>`);
});

test('where the bot may not read the history the end of a poll is told all the same, only not as a reply', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const poll = await startPoll(own.bot, { ends: '15:00' });
  const { channel_id: channel } = poll.message();
  const deny = { type: 1, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' };
  await discord.rest('PUT', `/channels/${channel}/permissions/${discord.state.bot.id}`, { as: 'owner', body: deny });
  own.moveTo('2027-07-06T15:00:00Z');
  await expect.poll(() => own.bot.db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'done' }]);
  const [word] = discord.state.messages.list(channel, { limit: 1 });
  expect(word?.id).not.toBe(poll.id);
  expect(word?.message_reference).toBeUndefined();
});

test('a tie and a poll without votes are said as such', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const empty = await startPoll(own.bot, { ends: 'in 1 hour' });
  const tied = await startPoll(own.bot, { ends: 'in 2 hours' }, { as: 'owner' });
  await press(discord, tied.id, 0, 'owner');
  await press(discord, tied.id, 2, 'newcomer');
  own.moveTo('2027-07-06T14:00:00Z');
  await expect.poll(() => textOf(empty.message()), PATIENT).toContain('Nobody has voted.');
  await expect
    .poll(() => textOf(tied.message()), PATIENT)
    .toContain('A tie, with one vote each: Harbour, \\\\*Home\\\\*');
});

test('whoever started it and who may manage messages there end and delete a poll; nobody else does', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const first = await startPoll(bot);
  await press(discord, first.id, 0, 'owner');
  const second = await startPoll(bot, { question: 'Another?' });
  const offered = await discord.autocomplete('poll end', { which: 'an' }, 'which');
  expect(offered).toMatchObject([{ name: 'Another?' }]);
  expect(await discord.autocomplete('poll end', { which: '' }, 'which', { as: 'newcomer' })).toEqual([]);
  expect(saidIn(await discord.slash('poll end', { which: 'eat' }, { as: 'newcomer' }))).toContain('Only whoever');
  expect(saidIn(await discord.slash('poll end', { which: 'no such' }))).toContain('no such poll');
  expect(saidIn(await discord.slash('poll list', {}, { as: 'newcomer' }))).toContain('2 running polls');
  expect(saidIn(await discord.slash('poll end', { which: 'eat' }, moderator))).toContain('**Harbour** came first');
  await expect
    .poll(() => textOf(first.message()), PATIENT)
    .toContain(`by <@${discord.people.moderator}>, before its time`);
  expect(saidIn(await discord.slash('poll delete', { which: offered[0]?.value ?? '' }))).toContain('are deleted');
  expect(discord.state.messages.get(second.id)).toBeUndefined();
  expect(saidIn(await discord.slash('poll list', {}, { as: 'newcomer' }))).toContain('No poll is running');
  await expect.poll(() => bot.db`select kind from timers where done_at is null`, PATIENT).toEqual([]);
});

test('a poll in a channel that somebody cannot see is not shown to them', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  await startPoll(own.bot, { question: 'Ban them?' }, { ...moderator, channel: 'mod-log' });
  expect(saidIn(await discord.slash('poll list', {}, moderator))).toContain('Ban them?');
  expect(saidIn(await discord.slash('poll list'))).toContain('No poll is running here that you can see');
  expect(saidIn(await discord.slash('poll end', { which: 'ban' }))).toContain('no such poll');
});

test('what makes no poll is refused with what to do instead', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const ask = async (options: object, as = 'member') =>
    saidIn(await discord.slash('poll create', { question: 'Q?', answer1: 'a', answer2: 'b', ...options }, { as }));
  expect(await ask({ answer2: ' ' })).toContain('two answers at least');
  expect(await ask({ answer3: ' A' })).toContain('stands there twice');
  expect(await ask({ ends: 'every day at 9' })).toContain('only one moment');
  expect(await ask({ ends: 'in 1 year' })).toContain('too far ahead');
  expect(await ask({ ends: 'in 30 seconds' }, 'owner')).toContain('a minute at least');
  expect(await ask({ question: '  ' }, 'owner')).toContain('There is no question');
  await discord.rest('PUT', `/channels/${discord.channels.general}/permissions/${discord.people.newcomer}`, {
    as: 'owner',
    body: { type: 1, deny: String(PermissionFlagsBits.SendMessages), allow: '0' },
  });
  expect(await ask({}, 'newcomer')).toContain('You may not write in');
  for (let polls = 0; polls < 5; polls += 1) {
    own.moveTo(`2027-07-06T12:0${polls + 1}:00Z`); // nobody may ask so often in ten seconds
    await startPoll(own.bot, {}, moderator);
  }
  expect(saidIn((await startPoll(own.bot, {}, moderator)).confirmed)).toContain('You have 5 polls running');
  expect(await own.bot.db`select id from polls`).toHaveLength(5);
});

test('where the bot may not attach files the result of a poll is shown without its picture', async () => {
  await using own = await startAtNoon();
  const { discord, db } = own.bot;
  const poll = await startPoll(own.bot, { ends: '15:00' });
  await press(discord, poll.id, 0, 'owner');
  const deny = { type: 1, deny: String(PermissionFlagsBits.AttachFiles), allow: '0' };
  const { channel_id: channel } = poll.message();
  await discord.rest('PUT', `/channels/${channel}/permissions/${discord.state.bot.id}`, { as: 'owner', body: deny });
  own.moveTo('2027-07-06T15:00:00Z');
  await expect.poll(() => db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'done' }]);
  expect(textOf(poll.message())).toContain('**Harbour** came first, with one vote of 1.');
  expect(textOf(poll.message()).match(/"disabled":true/g)).toHaveLength(4);
  expect(poll.message().attachments).toEqual([]);
  const [word] = discord.state.messages.list(channel, { limit: 1 });
  expect(textOf(word)).toContain('A poll has ended');
});

test('a poll whose message is gone is told with its result in the channel; one whose channel is gone in the log', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const log = { logChannel: discord.channels['mod-log'] };
  await bot.set('logs', log);
  const one = await startPoll(bot, { ends: 'in 1 hour' }, { ...moderator, channel: 'general' });
  await startPoll(bot, { ends: 'in 1 hour' }, { ...moderator, channel: 'random' });
  await press(discord, one.id, 1, 'owner');
  await discord.delete(one.id, { as: 'moderator' });
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'owner' });
  own.moveTo('2027-07-06T13:00:00Z');
  const told = () => JSON.stringify(discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 10 }));
  await expect.poll(told, PATIENT).toContain('Its channel is gone');
  const inGeneral = () => textOf(discord.state.messages.list(discord.channels.general ?? '', { limit: 1 })[0]);
  await expect.poll(inGeneral, PATIENT).toContain('Its message was deleted');
  expect(inGeneral()).toContain('**Market** came first');
  expect(inGeneral()).toMatch(/Market.*1 \(100 %\)/);
  await expect
    .poll(() => bot.db`select outcome from timers order by outcome`, PATIENT)
    .toMatchObject([{ outcome: 'done' }, { outcome: 'failed' }]);
  expect(await bot.db`select id from polls where ended_at is null`).toEqual([]);
});

test('the longest poll fits, while it runs and when it has ended', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const long = (at: number) => `${at}${'*'.repeat(79)}`.slice(0, 80);
  const answers = Object.fromEntries(Array.from({ length: 10 }, (_, at) => [`answer${at + 1}`, long(at)]));
  const poll = await startPoll(own.bot, { question: '*'.repeat(200), ...answers, many: true });
  for (let answer = 0; answer < 9; answer += 1) await press(discord, poll.id, answer, 'owner');
  const whole = await press(discord, poll.id, 9, 'owner');
  expectWithinLimits(whole.message?.components, 'ten votes');
  expect(customId(whole.message, 'poll.back', 9)).toMatch(/:9$/);
  expectWithinLimits(poll.message().components, 'while it runs');
  own.moveTo('2027-07-07T12:00:00Z');
  await expect.poll(() => textOf(poll.message()), PATIENT).toContain('A tie, with one vote each');
  expectWithinLimits(poll.message().components, 'when it has ended');
  expect(shownVotes(poll.message())).toEqual(Array(10).fill(1));
});

test('a thread that was archived meanwhile is told, too', async () => {
  await using own = await startAtNoon();
  const { bot } = own;
  const { discord } = bot;
  const thread = (await discord.rest('POST', `/channels/${discord.channels.general}/threads`, {
    as: 'owner',
    body: { name: 'lunch', type: 11 },
  })) as { readonly id: string };
  const poll = await startPoll(bot, { ends: 'in 1 hour' }, { as: 'owner', channel: thread.id });
  await discord.rest('PATCH', `/channels/${thread.id}`, { as: 'owner', body: { archived: true } });
  own.moveTo('2027-07-06T13:00:00Z');
  await expect.poll(() => textOf(poll.message()), PATIENT).toContain('Ended');
  expect(textOf(poll.message())).toContain('Nobody has voted.');
  expect(discord.state.messages.list(thread.id, { limit: 10 })[0]).toMatchObject({
    message_reference: { message_id: poll.id },
  });
});

test('a poll of which the answer of Discord is lost is there once, however often it is sent', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { times: 1, method: 'POST' });
  const poll = await startPoll(own.bot);
  expect(saidIn(poll.confirmed)).toContain('The poll is posted');
  const written = discord.state.messages.list(discord.channels.general ?? '', { limit: 10 });
  expect(written.filter((message) => textOf(message).includes('Where do we eat?'))).toHaveLength(1);
});

test('a poll of which nobody heard that it was posted is kept, and its first vote shows where it stands', async () => {
  await using own = await startAtNoon();
  const { discord, db } = own.bot;
  const lift = discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { method: 'POST' });
  const { asked, confirmed } = await startPoll(own.bot);
  expect(saidIn(confirmed)).toContain('it is not known whether the poll was posted');
  lift();
  expect(customId(asked.message, 'poll.confirm')).toBe(''); // it is not posted again beside that one
  const polls = discord.state.messages
    .list(discord.channels.general ?? '', { limit: 10 })
    .filter((message) => textOf(message).includes('Where do we eat?'));
  expect(polls).toHaveLength(1);
  const id = polls[0]?.id ?? '';
  await press(discord, id, 1, 'owner');
  await expect.poll(() => shownVotes(messageOf(discord, id)), PATIENT).toEqual([0, 1, 0]);
  expect(await db`select message_id::text as id from polls`).toEqual([{ id }]);
  own.moveTo('2027-07-07T12:00:00Z');
  await expect.poll(() => textOf(messageOf(discord, id)), PATIENT).toContain('**Market** came first');
});

test('a poll of which nobody heard that it was posted, and for which nobody votes, is found and ended at its time', async () => {
  await using own = await startAtNoon();
  const { discord, db } = own.bot;
  await discord.message({ as: 'owner', content: 'before' });
  const lift = discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { method: 'POST' });
  await startPoll(own.bot);
  lift();
  await discord.message({ as: 'owner', content: 'after' });
  await db`update polls set created_at = created_at - interval '11 minutes'`;
  own.moveTo('2027-07-07T12:00:00Z');
  const shown = () =>
    discord.state.messages
      .list(discord.channels.general ?? '', { limit: 10 })
      .filter((message) => customId(message, 'poll.vote') !== '')
      .map(textOf);
  await expect.poll(() => shown()[0], PATIENT).toContain('Nobody has voted.');
  expect(shown()).toHaveLength(1);
  expect(shown()[0]?.match(/"disabled":true/g)).toHaveLength(4);
  await expect.poll(() => db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'done' }]);
});

test('a poll that never was posted is ended at its time without a word', async () => {
  await using own = await startAtNoon();
  const { discord, db } = own.bot;
  const lift = discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { method: 'POST' });
  await startPoll(own.bot);
  lift();
  const written = () => discord.state.messages.list(discord.channels.general ?? '', { limit: 10 });
  for (const { id } of written()) await discord.delete(id, { as: 'moderator' }); // as if it had not been there
  await db`update polls set created_at = created_at - interval '11 minutes'`;
  own.moveTo('2027-07-07T12:00:00Z');
  await expect.poll(() => db`select outcome from timers`, PATIENT).toEqual([{ outcome: 'failed' }]);
  expect(await db`select 1 from polls where ended_at is null`).toEqual([]);
  expect(written()).toEqual([]);
});
