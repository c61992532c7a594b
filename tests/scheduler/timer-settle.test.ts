import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { defineTimer, type Outcome } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { startTimerBot, type TimerBot } from './timer-bot.ts';

type Also = NonNullable<Outcome['also']>;

/** A bot that delivers one timer of a kind that does `meanwhile`, and writes `also` with its outcome. */
async function delivered(
  database: TestDatabase,
  also: Also,
  meanwhile: (bot: TimerNeeds, id: string) => Promise<void>,
) {
  const payload = Type.Object({});
  const kind = defineTimer<typeof payload, TimerNeeds>({
    payload,
    missed: 'late',
    deadlineMs: 30_000,
    async deliver({ id }, context) {
      await meanwhile(context, id);
      return { kind: 'done', also };
    },
  });
  const discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const bot = await startTimerBot(database, discord, { kinds: { note: kind } });
  await bot.timers.add({ kind: 'note', owner: '1', payload: {}, due: bot.time.now(), zone: 'UTC' });
  return {
    bot: bot satisfies TimerBot,
    async [Symbol.asyncDispose]() {
      await bot[Symbol.asyncDispose]();
      await discord[Symbol.asyncDispose]();
    },
  };
}

test('what a delivery has to write is written together with its outcome', async () => {
  await using database = await freshDatabase();
  const seen: unknown[] = [];
  const outcome = async (db: typeof database.db) => (await db`select outcome from timers`)[0]?.outcome;
  const also: Also = async ({ tx }) => {
    seen.push((await tx`select outcome from timers`)[0]?.outcome, await outcome(database.db));
    await tx`update timers set last_error = 'also'`;
  };
  await using own = await delivered(database, also, async () => {});
  expect(await own.bot.tried.take()).toMatchObject({ kind: 'settled', outcome: 'done' });
  expect(seen).toEqual(['done', null]); // nobody else sees it yet
  expect(await database.db`select outcome, last_error from timers`).toEqual([{ outcome: 'done', last_error: 'also' }]);
});

test('nothing of it is written when the timer was changed meanwhile', async () => {
  await using database = await freshDatabase();
  let written = 0;
  const also: Also = async () => {
    written += 1;
  };
  const later = { due: new Date('2027-01-01T00:00:00Z'), zone: 'UTC' };
  await using own = await delivered(database, also, async ({ timers }, id) => {
    await timers.edit({ id, kind: 'note' }, { when: later });
  });
  expect(await own.bot.tried.take()).toMatchObject({ kind: 'lost' });
  expect(written).toBe(0);
});

test('what cannot be written with an outcome is tried again, and when it is given up that is written without it', async () => {
  await using database = await freshDatabase();
  const said: string[] = [];
  const payload = Type.Object({});
  const kind = defineTimer<typeof payload, TimerNeeds>({
    payload,
    missed: 'late',
    deadlineMs: 30_000,
    mostTries: 2,
    async deliver() {
      const also = async () => {
        said.push('also');
        throw new Error('cannot be written');
      };
      return { kind: 'done', also };
    },
    async givenUp({ owner }) {
      said.push(`given up by ${owner}`);
      throw new Error('cannot be written either');
    },
  });
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using bot = await startTimerBot(database, discord, { kinds: { note: kind } });
  await bot.timers.add({ kind: 'note', owner: '1', payload: {}, due: bot.time.now(), zone: 'UTC' });
  const first = await bot.tried.take();
  expect(first).toMatchObject({ kind: 'again' });
  bot.time.advance(10_000);
  expect(await bot.tried.take()).toMatchObject({ kind: 'settled', outcome: 'failed', givenUp: true });
  expect(said).toEqual(['also', 'also', 'given up by 1']);
  expect(await database.db`select outcome, done_at is not null as done from timers`).toEqual([
    { outcome: 'failed', done: true },
  ]);
});
