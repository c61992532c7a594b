import { expect, test } from 'vitest';
import { castVote } from '../../../src/db/poll-votes.ts';
import { endPoll } from '../../../src/db/polls.ts';
import { Polls } from '../../../src/services/polls/polls.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { freshDatabase, type TestDatabase } from '../../database.ts';

const GUILD = '100000000000000001';
const NOON = new Date('2027-07-06T12:00:00Z');

async function openPoll(database: TestDatabase) {
  const polls = new Polls({ database, now: () => NOON });
  const ids = { guild: GUILD, channel: '100000000000000002', author: '100000000000000003' };
  const endsAt = new Date('2027-07-07T12:00:00Z');
  const words = { question: 'Tea?', answers: ['Yes', 'No'], many: false, anonymous: false, endsAt };
  const timers = await openTimerService({ database, now: () => NOON });
  const { id, timer } = await polls.create({ ...ids, ...words }, 'UTC', timers);
  return {
    polls,
    id,
    timer,
    timers,
    [Symbol.dispose]: () => timers[Symbol.dispose](),
    vote: { poll: id, guild: GUILD, user: '5', answer: 0 },
  };
}

/** Resolves when somebody waits for a row that another holds. */
async function waiting({ db }: TestDatabase): Promise<void> {
  const held = () => db`
    select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
  await expect.poll(held).toHaveLength(1);
}

test('the end waits for a vote that has begun, and counts it', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, id, vote } = opened;
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const voting = database.db.begin(async (tx) => {
    begun.resolve(void (await castVote(tx, vote, NOON)));
    await held.promise;
  });
  await begun.promise;
  const ending = polls.end(id);
  await Promise.race([ending, waiting(database)]);
  held.resolve();
  await voting;
  expect(await ending).toMatchObject({ voters: 1, counts: [1, 0] });
});

test('an end before its time and the word of it come together, or neither does', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, id, timers, timer } = opened;
  await polls.place(id, '6');
  const failing = Object.assign(Object.create(timers), { moveWithin: () => Promise.reject(new Error('died here')) });
  await expect(polls.endEarly(id, '5', failing)).rejects.toThrow('died here');
  expect(await polls.get(id)).toMatchObject({ endedAt: null });
  expect(await polls.endEarly(id, '5', timers)).toMatchObject({ endedAt: NOON, endedBy: '5' });
  const word = await timers.get({ id: timer, kind: 'poll-end' });
  expect(word).toMatchObject({ dueAt: NOON, doneAt: null });
  expect(await polls.endEarly(id, '7', timers)).toBeUndefined();
  expect(await timers.get({ id: timer, kind: 'poll-end' })).toEqual(word);
});

test('a vote that comes while the poll ends waits for the end, and does not count', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, id, vote } = opened;
  const [begun, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const ending = database.db.begin(async (tx) => {
    begun.resolve(void (await endPoll(tx, id, { at: NOON, by: null })));
    await held.promise;
  });
  await begun.promise;
  const voting = polls.vote(vote);
  await Promise.race([voting, waiting(database)]);
  held.resolve();
  await ending;
  expect(await voting).toBe(false);
  expect(await database.db`select user_id from poll_votes`).toEqual([]);
});

test('a poll of another server takes no vote, nor does an answer that is not there', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, vote } = opened;
  expect(await polls.vote({ ...vote, guild: '100000000000000009' })).toBe(false);
  expect(await polls.vote({ ...vote, answer: 2 })).toBe(false);
  expect(await polls.vote({ ...vote, answer: -1 })).toBe(false);
  expect(await polls.vote(vote)).toBe(true);
});

test('ten polls that are opened at once by one person are five', async () => {
  await using database = await freshDatabase();
  using opening = await openPoll(database);
  const { polls, id, timers } = opening;
  const again = await polls.get(id);
  if (!again) throw new Error('the poll is gone');
  const opened = await Promise.allSettled(Array.from({ length: 10 }, () => polls.create(again, 'UTC', timers)));
  expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(4); // one was there
});

test('a poll and what ends it are kept together, or neither is', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, id, timer, timers } = opened;
  const poll = await polls.get(id);
  if (!poll) throw new Error('the poll is gone');
  expect(poll).toMatchObject({ timer, posting: true });
  expect(await timers.get({ id: timer, kind: 'poll-end' })).toMatchObject({
    dueAt: poll.endsAt,
    payload: { poll: id },
  });
  const failing = { addWithin: () => Promise.reject(new Error('died here')) };
  await expect(polls.create(poll, 'UTC', failing)).rejects.toThrow('died here');
  expect(await database.db`select id::text from polls`).toEqual([{ id }]);
});

test('polls that were never posted keep nobody from another for longer than some minutes', async () => {
  await using database = await freshDatabase();
  using opened = await openPoll(database);
  const { polls, id, timers } = opened;
  const again = await polls.get(id);
  if (!again) throw new Error('the poll is gone');
  for (let more = 0; more < 4; more += 1) await polls.create(again, 'UTC', timers);
  await expect(polls.create(again, 'UTC', timers)).rejects.toThrow('poll.tooManyOfYou');
  await database.db`update polls set created_at = created_at - interval '11 minutes'`;
  await polls.create(again, 'UTC', timers);
  expect(await polls.get(id)).toMatchObject({ posting: false });
});
