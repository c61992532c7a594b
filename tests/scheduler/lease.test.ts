import { expect, test } from 'vitest';
import { defineJob } from '../../src/scheduler/job.ts';
import type { Needs } from '../../src/scheduler/scheduler.ts';
import { freshDatabase } from '../database.ts';
import { MINUTE, START, startBot } from './bot.ts';
import { FakeTime } from './fake-time.ts';

test('of several processes that share a database exactly one makes each run', async () => {
  await using database = await freshDatabase();
  const time = new FakeTime(START);
  const started: string[] = [];
  const bots = Array.from({ length: 5 }, (_, at) => {
    const run = async () => void started.push(`process ${at}`);
    return startBot(database, { tick: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, run }) }, { time });
  });
  for (let run = 1; run <= 4; run += 1) {
    await time.sleeping(bots.length);
    time.advance(5 * MINUTE);
    await Promise.race(bots.map(({ runs }) => runs.take()));
    // The others have lost the claim and look again a little later.
    await time.sleeping(bots.length);
    time.advance(MINUTE);
    await time.sleeping(bots.length);
    time.advance(-MINUTE);
    expect(started).toHaveLength(run);
  }
  for (const bot of bots) await bot[Symbol.asyncDispose]();
  expect(await database.db`select 1 from job_runs`).toHaveLength(4);
});

test('the job of a process that died in the middle is taken over once its lease has ended', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const time = new FakeTime(START);
  await db`
    insert into jobs (name, next_at, lease_owner, lease_token, lease_expires_at)
    values ('tick', ${new Date(START)}, 'dead process', 7, now() + interval '1 hour')`;
  let started = 0;
  const run = async () => {
    started += 1;
  };
  const jobs = { tick: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, run }) };
  await using bot = startBot(database, jobs, { time });
  await time.sleeping(1);
  expect(await db`select lease_owner from jobs`).toMatchObject([{ lease_owner: 'dead process' }]);
  expect(started).toBe(0);
  await db`update jobs set lease_expires_at = now() - interval '1 second'`;
  time.advance(MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'done' });
  expect(await db`select lease_token::int as token from jobs`).toMatchObject([{ token: 8 }]);
});

test('a process whose lease was taken over is stopped and cannot write over its successor', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const running = Promise.withResolvers<AbortSignal>();
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 3_600_000,
    run: (_context, signal) => {
      running.resolve(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    },
  });
  await using bot = startBot(database, { tick: job }, { leaseMs: 30_000 });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  const signal = await running.promise;
  const successor = new Date('2026-01-01T01:00:00Z');
  await db`update jobs set lease_owner = 'successor', lease_token = lease_token + 1, next_at = ${successor}`;
  await bot.time.sleeping(1);
  bot.time.advance(10_000);
  expect(await bot.runs.take()).toMatchObject({ ending: 'cancelled' });
  expect(String(signal.reason)).toContain('taken over');
  expect(await db`select lease_owner, next_at from jobs`).toMatchObject([
    { lease_owner: 'successor', next_at: successor },
  ]);
  expect(await db`select 1 from job_runs`).toHaveLength(0);
});

test('a long job keeps its lease', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  const finish = Promise.withResolvers<void>();
  const running = Promise.withResolvers<void>();
  const run = () => {
    running.resolve();
    return finish.promise;
  };
  await using bot = startBot(
    database,
    { tick: defineJob<Needs>({ every: '5m', deadlineMs: 3_600_000, run }) },
    { leaseMs: 30_000 },
  );
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  await running.promise;
  await db`update jobs set lease_expires_at = now() + interval '1 second'`;
  await bot.time.sleeping(1);
  bot.time.advance(10_000);
  await bot.time.sleeping(1);
  const [lease] = await db`select lease_expires_at > now() + interval '20 seconds' as renewed from jobs`;
  expect(lease).toEqual({ renewed: true });
  finish.resolve();
  expect(await bot.runs.take()).toMatchObject({ ending: 'done' });
});
