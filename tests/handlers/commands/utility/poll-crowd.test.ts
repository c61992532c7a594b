import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { type Poll, Polls } from '../../../../src/services/polls/polls.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';
import { customId, messageOf, NOON, press, shownVotes, startAtNoon, startPoll } from './polls.ts';

vi.setConfig({ testTimeout: 240_000 });

const PEOPLE = 200;
/** Answering hundreds at once takes a busy machine a while. */
const PATIENT = { deadlineMs: 60_000 } as const;

test('two hundred people vote at once through two processes that share a database, and each vote counts once', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  await using one = await startBot(options);
  const [single, many] = [await startPoll(one), await startPoll(one, { many: true }, { as: 'owner' })];
  await using two = await startBot(options);
  const people = await discord.join(PEOPLE);
  // Each event reaches both processes. Half of the people press two answers of the first poll at the same time.
  await Promise.allSettled(
    people.flatMap((as, at) => [
      press(discord, single.id, 0, as),
      ...(at % 2 === 0 ? [press(discord, single.id, 1, as)] : []),
      ...(at < 60 ? [0, 1].map((more) => press(discord, many.id, (at + more) % 3, as)) : []),
    ]),
  );
  // A busy machine answers some of them too late for Discord; their votes count all the same.
  const voters = async () => [(await storedPoll(one, single.id)).voters, (await storedPoll(one, many.id)).voters];
  await expect.poll(voters, { timeout: 60_000 }).toEqual([PEOPLE, 60]);
  for (const { app } of [one, two]) await app.inFlight.idle({ deadlineMs: 60_000 });
  const [first, second] = await Promise.all([storedPoll(one, single.id), storedPoll(one, many.id)]);
  expect(first.voters).toBe(PEOPLE);
  expect(first.counts.reduce((sum, count) => sum + count, 0)).toBe(PEOPLE);
  expect(first.counts[0]).toBeGreaterThanOrEqual(PEOPLE / 2);
  expect(second).toMatchObject({ voters: 60, counts: [40, 40, 40] });
  for (const { id, counts } of [
    { id: single.id, counts: first.counts },
    { id: many.id, counts: second.counts },
  ]) {
    await expect.poll(() => shownVotes(messageOf(discord, id))).toEqual(counts);
  }
});

async function storedPoll({ app }: Pick<TestBot, 'app'>, message: string): Promise<Poll> {
  const [row] = await app.db<{ id: string }[]>`select id from polls where message_id = ${message}`;
  const poll = await app.polls.get(row?.id ?? '0');
  if (!poll) throw new Error(`there is no poll in the message ${message}`);
  return poll;
}

test('who voted is shown a page at a time', async () => {
  await using own = await startAtNoon();
  const { discord } = own.bot;
  const poll = await startPoll(own.bot);
  const people = await discord.join(50);
  await Promise.all(people.map((as, at) => press(discord, poll.id, at < 45 ? 0 : 1, as, PATIENT)));
  const first = await discord.click(poll.message(), customId(poll.message(), 'poll.voters'));
  const pages = [first.content];
  expect(pages[0]?.match(/<@\d+>/g)).toHaveLength(40);
  expect(pages[0]).toContain('**Harbour** (45)');
  const second = await discord.click(first.message ?? '', customId(first.message, 'poll.page', 1));
  expect(second.content).toContain('**Market** (5)');
  pages.push(second.content);
  const shown = pages.flatMap((content) => content.match(/(?<=<@)\d+(?=>)/g) ?? []);
  expect(shown.toSorted()).toEqual(people.toSorted());
});

test('votes are there after a restart, and what a process that died had yet to show is shown by the next', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  let poll: Awaited<ReturnType<typeof startPoll>>;
  {
    await using before = await startBot(options);
    poll = await startPoll(before);
    await press(discord, poll.id, 0, 'owner');
    await press(discord, poll.id, 1, 'newcomer');
  }
  expect(shownVotes(poll.message())).toEqual([1, 1, 0]); // what waited was written on the way out
  await database.db`
    insert into poll_votes (poll_id, user_id, slot, answer)
    select id, ${discord.people.moderator ?? ''}::bigint, 0, 2 from polls`;
  await using after = await startBot(options);
  await expect.poll(() => shownVotes(poll.message())).toEqual([1, 1, 1]);
  const own = await discord.click(poll.message(), customId(poll.message(), 'poll.own'), { as: 'newcomer' });
  expect(own.content).toContain('You vote for Market');
  await press(discord, poll.id, 2, 'newcomer');
  await expect.poll(() => shownVotes(poll.message())).toEqual([1, 0, 2]);
  expect(await after.app.db`select user_id from poll_votes`).toHaveLength(3);
});

test('a vote at the moment of the end is either in the result or refused', async () => {
  await using database = await freshDatabase();
  await using own = await startAtNoon({ env: { DATABASE_URL: database.url } });
  const { discord } = own.bot;
  const poll = await startPoll(own.bot, { anonymous: true });
  const { id } = await storedPoll(own.bot, poll.id);
  const elsewhere = new Polls({ database, now: () => NOON });
  const people = await discord.join(100);
  const some = Promise.withResolvers<void>();
  const replies = people.map((as, at) => press(discord, poll.id, at % 2, as, PATIENT));
  replies[5]?.then(() => some.resolve(), some.reject);
  await some.promise;
  const ended = await elsewhere.end(id);
  const said = (await Promise.all(replies)).map(({ content }) => content);
  const counted = said.filter((content) => content.includes('You vote for'));
  expect(counted).toHaveLength(ended?.voters ?? -1);
  expect(counted.length).toBeGreaterThan(5);
  expect(said.filter((content) => content.includes('This poll has ended'))).toHaveLength(100 - counted.length);
  expect(ended?.counts.reduce((sum, count) => sum + count, 0)).toBe(counted.length);
  expect(await database.db`select user_id from poll_votes`).toEqual([]); // of an anonymous one only sums are kept
});

test('from its time on a poll takes no votes, also while what ends it has yet to come', async () => {
  const clock = { now: NOON };
  await using bot = await startBot({ now: () => clock.now, timers: {} });
  const poll = await startPoll(bot, { ends: 'in 1 hour' });
  clock.now = new Date('2027-07-06T12:59:59Z');
  const voted = await press(bot.discord, poll.id, 0, 'owner');
  expect(voted.content).toContain('You vote for');
  clock.now = new Date('2027-07-06T13:00:00Z');
  expect(saidIn(await press(bot.discord, poll.id, 1, 'owner'))).toContain('This poll has ended');
  const back = customId(voted.message, 'poll.back');
  expect(saidIn(await bot.discord.click(voted.message ?? '', back, { as: 'owner' }))).toContain('This poll has ended');
  expect(await bot.db`select answer from poll_votes`).toEqual([{ answer: 0 }]);
});
