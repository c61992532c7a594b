import { Routes } from 'discord.js';
import { expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { PollBoards } from '../../../src/services/polls/boards.ts';
import { type Poll, Polls } from '../../../src/services/polls/polls.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { freshDatabase, silent } from '../../database.ts';
import { FakeTime } from '../../scheduler/fake-time.ts';
import { Inbox } from '../../scheduler/inbox.ts';

const PAUSE_MS = 3_000;
const GUILD = '100000000000000001';
const IDS = { guild: GUILD, channel: '100000000000000002', author: '100000000000000003' };
const MESSAGE = '100000000000000004';

/** The boards with a clock that the test moves, and a Discord that takes an edit when it is let. */
async function startBoards() {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await freshDatabase());
  const settings = opened.use(await openSettings({ database, log: silent }));
  const time = new FakeTime('2027-07-06T12:00:00Z');
  const timers = opened.use(await openTimerService({ database, now: time.now }));
  const polls = new Polls({ database, now: time.now });
  const edits = new Inbox<string>();
  let count = 0;
  const discord: { patch: () => Promise<void> } = { patch: () => Promise.resolve() };
  const patch = async (route: string, { body }: { body?: unknown } = {}) => {
    expect(route).toBe(Routes.channelMessage(IDS.channel, MESSAGE));
    await discord.patch();
    count += 1;
    edits.put(JSON.stringify(body));
  };
  const boards = opened.use(
    new PollBoards({
      ...{ db: database.db, settings, log: silent, i18n: createI18n(), pauseMs: PAUSE_MS, sleep: time.sleep },
      discord: { rest: { patch } },
      lanes: { within: (_, work) => work() },
      workers: { offload: () => Promise.reject(new Error('nothing is drawn here')) },
    }),
  );
  const open = async (): Promise<Poll> => {
    const endsAt = new Date('2027-07-07T12:00:00Z');
    const words = { question: 'Tea?', answers: ['Yes', 'No'], many: false, anonymous: false, endsAt };
    const poll = await polls.create({ ...IDS, ...words }, 'UTC', timers);
    await polls.place(poll.id, MESSAGE);
    return poll;
  };
  const vote = async (poll: Poll, user: number, answer = 0) => {
    await polls.vote({ poll: poll.id, guild: GUILD, user: String(user), answer });
    boards.touch(poll.id);
  };
  const owned = opened.move();
  const written = () => count;
  return {
    written,
    time,
    polls,
    boards,
    edits,
    discord,
    open,
    vote,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

test('the first vote is shown at once, those that follow together after a pause, and then nothing more is written', async () => {
  await using at = await startBoards();
  const poll = await at.open();
  await at.vote(poll, 1);
  expect(await at.edits.take()).toContain('One person has voted');
  await at.time.sleeping(1);
  for (let user = 2; user <= 60; user += 1) await at.vote(poll, user);
  at.time.advance(PAUSE_MS - 1);
  expect(at.written()).toBe(1);
  at.time.advance(1);
  expect(await at.edits.take()).toContain('60 people have voted');
  await at.time.sleeping(1);
  at.time.advance(PAUSE_MS);
  await at.vote(poll, 61);
  expect(await at.edits.take()).toContain('61 people have voted');
  expect(at.written()).toBe(3);
});

test('what Discord does not take at the moment is written later, and what waits is written before the bot stops', async () => {
  await using at = await startBoards();
  const poll = await at.open();
  at.discord.patch = () => {
    at.discord.patch = () => Promise.resolve();
    return Promise.reject(new Error('the connection broke'));
  };
  await at.vote(poll, 1);
  await at.time.sleeping(1);
  expect(at.written()).toBe(0);
  at.time.advance(2 * PAUSE_MS);
  expect(await at.edits.take()).toContain('One person has voted');
  await at.time.sleeping(1);
  await at.vote(poll, 2);
  await at.boards[Symbol.asyncDispose]();
  expect(at.written()).toBe(2);
  expect(await at.edits.take()).toContain('2 people have voted');
});

test('an edit that another process overtook is followed by what is true; after its end by the result', async () => {
  await using at = await startBoards();
  const poll = await at.open();
  at.discord.patch = async () => {
    at.discord.patch = () => Promise.resolve();
    await at.polls.vote({ poll: poll.id, guild: GUILD, user: '2', answer: 1 }); // taken elsewhere
  };
  await at.vote(poll, 1);
  expect(await at.edits.take()).toContain('One person has voted');
  await at.time.sleeping(1);
  at.discord.patch = async () => {
    at.discord.patch = () => Promise.resolve();
    await at.polls.end(poll.id);
  };
  at.time.advance(PAUSE_MS);
  expect(await at.edits.take()).not.toContain('A tie');
  expect(await at.edits.take()).toContain('A tie, with one vote each');
});
