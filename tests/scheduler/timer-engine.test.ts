import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { connect } from '../../src/db/connect.ts';
import { SharedClock } from '../../src/lib/shared-clock.ts';
import { defineTimer } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { freshDatabase, silent } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';
import { MINUTE, START } from './bot.ts';
import { FakeTime } from './fake-time.ts';
import { note, said, startTimerBot, type TimerBot } from './timer-bot.ts';

const HOUR = 60 * MINUTE;

function sandbox(): Promise<Sandbox> {
  return startSandbox({ port: 0, rateLimits: 'off' });
}

/** A note in the general channel, due after so many milliseconds. */
function addNote({ timers, context }: TimerBot, discord: Sandbox, text: string, afterMs: number, channel = 'general') {
  return timers.add({
    kind: 'note',
    owner: discord.people.member ?? '',
    guild: discord.guildId,
    channel: discord.channels[channel] ?? channel,
    payload: { text },
    due: new Date(context.now().getTime() + afterMs),
    zone: 'UTC',
    limit: 10_000,
  });
}

for (const [kind, open] of [
  ['a server', freshDatabase],
  ['the embedded database', embeddedDatabase],
] as const) {
  test(`on ${kind} a timer is delivered when it is due, once, and not before`, async () => {
    await using database = await open();
    await using discord = await sandbox();
    await using bot = await startTimerBot(database, discord);
    const { id } = await addNote(bot, discord, 'tea', 10 * MINUTE);
    await bot.time.sleeping(2);
    bot.time.advance(10 * MINUTE - 1);
    await bot.time.sleeping(2);
    expect(said(discord)).toEqual([]);
    bot.time.advance(1);
    expect(await bot.tried.take()).toMatchObject({ kind: 'settled', outcome: 'done', timer: { id, attempts: 1 } });
    expect(said(discord)).toEqual(['tea']);
    const [row] = await database.db`select outcome, done_at is not null as done, claimed_by from timers`;
    expect(row).toEqual({ outcome: 'done', done: true, claimed_by: null });
    expect(await bot.timers.list({ kind: 'note' })).toEqual([]);
  });
}

test('one that is added shortly before it is due, by another process, needs no poll', async () => {
  await using database = await freshDatabase();
  await using other = await connect({ url: database.url, dataDir: '', log: silent });
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await using stranger = await startTimerBot(other, discord, { kinds: {} });
  await bot.time.sleeping(2);
  await addNote(stranger, discord, 'now', 0);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  expect(said(discord)).toEqual(['now']);
});

test.each([
  ['late', ['x late', 'x late', 'x late', 'x']],
  ['skip', ['x']],
  ['collapse', ['x late +2', 'x']],
] as const)(
  'what was missed while no bot was there (%s) is made up for as its kind says, and goes on',
  async (missed, then) => {
    await using database = await freshDatabase();
    await using discord = await sandbox();
    const kinds = { note: note(missed) };
    {
      await using bot = await startTimerBot(database, discord, { kinds });
      await bot.timers.add({
        kind: 'note',
        owner: discord.people.member ?? '',
        guild: discord.guildId,
        channel: discord.channels.general,
        payload: { text: 'x' },
        zone: 'UTC',
        recurrence: { rule: { kind: 'interval', minutes: 60 }, zone: 'UTC', start: '2026-01-01T01:00:00' },
      });
    }
    const time = new FakeTime('2026-01-01T03:30:00Z');
    await using bot = await startTimerBot(database, discord, { kinds, time });
    for (let before = then.length - 1; before > 0; before -= 1) await bot.tried.take();
    if (missed === 'skip') expect(await bot.tried.take()).toMatchObject({ outcome: 'skipped' });
    await time.sleeping(2);
    expect(await bot.timers.list({ kind: 'note' })).toMatchObject([{ dueAt: new Date('2026-01-01T04:00:00Z') }]);
    time.advance(HOUR / 2);
    expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
    expect(said(discord)).toEqual(then);
  },
);

test('two processes that share a database deliver each timer once', async () => {
  await using database = await freshDatabase();
  await using second = await connect({ url: database.url, dataDir: '', log: silent });
  await using discord = await sandbox();
  const time = new FakeTime(START);
  await using one = await startTimerBot(database, discord, { time, concurrency: 8 });
  await using two = await startTimerBot(second, discord, { time, concurrency: 8 });
  await Promise.all(Array.from({ length: 120 }, (_, at) => addNote(one, discord, `n${at}`, HOUR)));
  time.advance(HOUR);
  // One that finds what is due in the other's hands looks again a moment later.
  const left = async () => {
    time.advance(1_000);
    return (await one.timers.list({ kind: 'note' })).length;
  };
  await expect.poll(left).toBe(0);
  expect(said(discord).toSorted()).toEqual(Array.from({ length: 120 }, (_, at) => `n${at}`).toSorted());
  expect(one.timers.stats().done + two.timers.stats().done).toBe(120);
});

test('a process that was overtaken cannot settle, and what it does then is not done twice', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  const stuck = Promise.withResolvers<void>();
  const begun = Promise.withResolvers<void>();
  const slow = defineTimer<ReturnType<typeof payloadSchema>, TimerNeeds>({
    payload: payloadSchema(),
    missed: 'late',
    deadlineMs: HOUR,
    async deliver({ payload, channel = '', send }) {
      begun.resolve();
      await stuck.promise;
      await send(channel, { body: { content: payload.text } });
      return { kind: 'done' };
    },
  });
  await using first = await startTimerBot(database, discord, { kinds: { note: slow } });
  await addNote(first, discord, 'once', 0);
  await begun.promise;
  await database.db`update timers set claimed_until = now() - interval '1 second'`;
  await using second = await startTimerBot(database, discord);
  expect(await second.tried.take()).toMatchObject({ outcome: 'done', timer: { again: true } });
  stuck.resolve();
  expect(await first.tried.take()).toMatchObject({ kind: 'lost' });
  expect(said(discord)).toEqual(['once']);
  expect(await database.db`select occurrence, outcome from timers`).toEqual([{ occurrence: 1, outcome: 'done' }]);
});

test('a process that hears at its next renewal that it was overtaken is told to stop', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  const signals: AbortSignal[] = [];
  const slow = defineTimer<ReturnType<typeof payloadSchema>, TimerNeeds>({
    payload: payloadSchema(),
    missed: 'late',
    deadlineMs: HOUR,
    deliver: (_delivery, _context, signal) => {
      signals.push(signal);
      return new Promise(() => {});
    },
  });
  await using bot = await startTimerBot(database, discord, { kinds: { note: slow } });
  await addNote(bot, discord, 'x', 0);
  await expect.poll(() => signals.length).toBe(1);
  await database.db`update timers set claim_token = claim_token + 1`;
  bot.time.advance(MINUTE);
  expect(await bot.tried.take()).toMatchObject({ kind: 'lost' });
  expect(signals[0]?.aborted).toBe(true);
});

test('what a dead process held is taken when its claim runs out, and no sooner', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await bot.engine[Symbol.asyncDispose]();
  await addNote(bot, discord, 'left', 0);
  await database.db`
    update timers set claimed_by = 'dead', claim_token = 7, attempts = 1, tried_at = now(),
      claimed_until = now() + interval '1 hour'`;
  await using next = await startTimerBot(database, discord);
  await next.time.sleeping(2);
  expect(said(discord)).toEqual([]);
  await database.db`update timers set claimed_until = now() - interval '1 second'`;
  next.timers.wake();
  expect(await next.tried.take()).toMatchObject({ outcome: 'done', timer: { token: '8', again: true } });
});

test('while Discord fails, a timer is tried again with growing pauses', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  discord.faults.rest('/channels/{channel_id}/messages', { kind: 'status', status: 503 }, { times: 2 });
  await using bot = await startTimerBot(database, discord);
  await addNote(bot, discord, 'x', 0);
  const pauses: number[] = [];
  for (let tries = 0; tries < 2; tries += 1) {
    const tried = await bot.tried.take();
    if (tried.kind !== 'again') throw new Error(`it was ${tried.kind}`);
    pauses.push(tried.wakeAt.getTime() - bot.time.now().getTime());
    await bot.time.sleeping(2);
    bot.time.advance(pauses.at(-1) ?? 0);
  }
  expect(pauses).toEqual([2_250, 4_250]);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', timer: { attempts: 3 } });
  expect(said(discord)).toEqual(['x']);
});

test('an answer that was lost on the way is not sent for again', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  discord.faults.rest('/channels/{channel_id}/messages', { kind: 'lose-answer' }, { times: 1 });
  await using bot = await startTimerBot(database, discord);
  await addNote(bot, discord, 'x', 0);
  expect(await bot.tried.take()).toMatchObject({ kind: 'again' });
  expect(said(discord)).toEqual(['x']);
  await bot.time.sleeping(2);
  bot.time.advance(MINUTE - 1);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  expect(said(discord)).toEqual(['x']);
});

test('a rate limit is waited for', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  discord.faults.rest('/channels/{channel_id}/messages', { kind: 'rate-limit', retryAfterMs: 20 }, { times: 2 });
  await using bot = await startTimerBot(database, discord);
  await addNote(bot, discord, 'x', 0);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', timer: { attempts: 1 } });
});

test('what Discord refuses for good is settled as failed, and the server is told', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await database.db`
    insert into settings (guild_id, area, value)
    values (${discord.guildId}, 'logs', ${database.db.json({ logChannel: discord.channels.general ?? '' })})`;
  await addNote(bot, discord, 'x', 0, '123456789012345678');
  expect(await bot.tried.take()).toMatchObject({ kind: 'settled', outcome: 'failed', nextAt: null });
  const [row] = await database.db`select outcome, last_error, done_at is not null as done from timers`;
  expect(row).toEqual({ outcome: 'failed', last_error: 'DiscordAPIError[10003]: Unknown Channel', done: true });
  expect(JSON.stringify(discord.state.messages.list(discord.channels.general ?? '', { limit: 1 }))).toContain(
    'Could not be delivered',
  );
});

test('a payload that does not fit its kind any more fails for good, and nobody else is held up', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await bot.timers.add({ kind: 'note', owner: '1', payload: { words: 1 }, due: bot.time.now(), zone: 'UTC' });
  expect(await bot.tried.take()).toMatchObject({ outcome: 'failed' });
  await addNote(bot, discord, 'x', 0);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
});

test('a kind that this version does not know is left to one that does', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await bot.timers.add({ kind: 'later', owner: '1', payload: {}, due: bot.time.now(), zone: 'UTC' });
  await addNote(bot, discord, 'x', 0);
  expect(await bot.tried.take()).toMatchObject({ timer: { kind: 'note' } });
  expect(await database.db`select claim_token::int as token from timers where kind = 'later'`).toEqual([{ token: 0 }]);
});

test('many timers of one channel hold up no other', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  const stuck = Promise.withResolvers<void>();
  const slow = defineTimer<ReturnType<typeof payloadSchema>, TimerNeeds>({
    payload: payloadSchema(),
    missed: 'late',
    deadlineMs: HOUR,
    async deliver({ payload }) {
      if (payload.text === 'many') await stuck.promise;
      return { kind: 'done' };
    },
  });
  await using bot = await startTimerBot(database, discord, { kinds: { note: slow }, concurrency: 8 });
  await Promise.all(Array.from({ length: 40 }, () => addNote(bot, discord, 'many', HOUR)));
  await addNote(bot, discord, 'one', HOUR + 1, 'random');
  bot.time.advance(HOUR + 1);
  expect(await bot.tried.take()).toMatchObject({ timer: { payload: { text: 'one' } } });
  expect(bot.timers.stats().underWay).toBe(5);
  stuck.resolve();
  await expect.poll(() => bot.timers.stats().done).toBe(41);
});

test('stopping gives back what was not delivered, and the next process goes on with the same message', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  const nonces: string[] = [];
  const begun = Promise.withResolvers<void>();
  const waiting = defineTimer<ReturnType<typeof payloadSchema>, TimerNeeds>({
    payload: payloadSchema(),
    missed: 'late',
    deadlineMs: HOUR,
    async deliver({ nonce, payload, channel = '', send }, _context, signal) {
      nonces.push(nonce);
      await send(channel, { body: { content: payload.text } });
      if (nonces.length > 1) return { kind: 'done' };
      begun.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      throw signal.reason;
    },
  });
  const kinds = { note: waiting };
  const first = await startTimerBot(database, discord, { kinds });
  await addNote(first, discord, 'x', 0);
  await begun.promise;
  await first[Symbol.asyncDispose]();
  expect(await first.tried.take()).toMatchObject({ kind: 'released' });
  expect(await database.db`select claimed_by, attempts, tried_at is not null as tried from timers`).toEqual([
    { claimed_by: null, attempts: 0, tried: true },
  ]);
  await using next = await startTimerBot(database, discord, { kinds });
  expect(await next.tried.take()).toMatchObject({ outcome: 'done' });
  expect(new Set(nonces).size).toBe(1);
  expect(said(discord)).toEqual(['x']);
});

test('a bot that takes no new work gives a claim back as if it had never been taken', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  bot.context.inFlight.stop();
  await addNote(bot, discord, 'x', 0);
  expect(await bot.tried.take()).toMatchObject({ kind: 'released' });
  bot.engine.stop();
  await expect
    .poll(() => database.db`select claimed_by, attempts, tried_at from timers`)
    .toEqual([{ claimed_by: null, attempts: 0, tried_at: null }]);
});

test("a clock that is ahead or is set makes nothing due: the database's counts", async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  const time = new FakeTime(START);
  let aheadMs = 90_000;
  const clock = new SharedClock({ machineNow: () => new Date(Date.now() + aheadMs) });
  await using bot = await startTimerBot(database, discord, { time, clock });
  await bot.time.sleeping(2);
  await addNote(bot, discord, 'x', HOUR);
  for (const ahead of [90_000, 48 * HOUR, -48 * HOUR]) {
    aheadMs = ahead;
    time.advance(MINUTE);
    await bot.time.sleeping(2);
    expect(Math.abs(clock.offsetMs + ahead)).toBeLessThan(MINUTE);
    expect(said(discord)).toEqual([]);
  }
  await database.db`update timers set due_at = now(), wake_at = now()`;
  bot.timers.wake();
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  expect(said(discord)).toEqual(['x']);
});

function payloadSchema() {
  return Type.Object({ text: Type.String() });
}
