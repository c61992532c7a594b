import { expect, test } from 'vitest';
import { DatabaseAwayError } from '../../src/lib/errors.ts';
import { inSteps } from '../../src/lib/steps.ts';
import { taskGroup } from '../../src/lib/task-group.ts';
import { defineJob } from '../../src/scheduler/job.ts';
import type { Needs } from '../../src/scheduler/scheduler.ts';
import { freshDatabase } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';
import { MINUTE, START, startBot } from './bot.ts';
import { FakeTime } from './fake-time.ts';

const idle = async () => {};

for (const [kind, open] of [
  ['a server', freshDatabase],
  ['the embedded database', embeddedDatabase],
] as const) {
  test(`on ${kind} a job runs each time it is due, and each run is recorded`, async () => {
    await using database = await open();
    await using bot = startBot(database, { tick: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, run: idle }) });
    for (let run = 1; run <= 3; run += 1) {
      await bot.time.sleeping(1);
      bot.time.advance(5 * MINUTE);
      expect(await bot.runs.take()).toEqual({ job: 'tick', ending: 'done', attempts: 1, nothingDue: false });
    }
    const [job] = await database.db`select next_at, last_started_at, last_outcome, lease_owner from jobs`;
    expect(job).toEqual({
      next_at: new Date('2026-01-01T00:20:00Z'),
      last_started_at: new Date('2026-01-01T00:15:00Z'),
      last_outcome: 'done',
      lease_owner: null,
    });
    expect(await database.db`select due_at, outcome, attempts, error from job_runs order by id`).toMatchObject(
      ['00:05', '00:10', '00:15'].map((at) => ({
        due_at: new Date(`2026-01-01T${at}:00Z`),
        outcome: 'done',
        attempts: 1,
        error: null,
      })),
    );
  });
}

test('only the named kinds of error are tried again, and the record says how often', async () => {
  await using database = await freshDatabase();
  const failures = [new DatabaseAwayError('away'), new DatabaseAwayError('away'), new TypeError('a mistake')];
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 3_600_000,
    retryOn: [DatabaseAwayError],
    retries: 5,
    run: async () => {
      throw failures.shift();
    },
  });
  await using bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  for (let wait = 0; wait < 2; wait += 1) {
    // The lease and the retry.
    await bot.time.sleeping(2);
    bot.time.advance(5_000);
  }
  expect(await bot.runs.take()).toMatchObject({ ending: 'failed', attempts: 3 });
  const [run] = await database.db`select outcome, attempts, error from job_runs`;
  expect(run).toEqual({ outcome: 'failed', attempts: 3, error: 'TypeError: a mistake' });
});

test('a job past its deadline is told so, and does not overlap its next run', async () => {
  await using database = await freshDatabase();
  const finish = Promise.withResolvers<void>();
  const signals: AbortSignal[] = [];
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 10,
    run: async (_context, signal) => {
      signals.push(signal);
      // It does not heed its signal.
      if (signals.length === 1) await finish.promise;
    },
  });
  await using bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'deadline' });
  expect(signals[0]?.aborted).toBe(true);
  bot.time.advance(5 * MINUTE);
  expect(bot.context.inFlight.list()).toMatchObject([{ name: 'job tick' }]);
  expect(signals).toHaveLength(1);
  finish.resolve();
  expect(await bot.runs.take()).toMatchObject({ ending: 'done' });
  expect(signals).toHaveLength(2);
});

test('a run that fell due while no bot was there is made up for once, or passed over, as the job says', async () => {
  await using database = await freshDatabase();
  const jobs = {
    daily: defineJob<Needs>({ at: ['09:00'], deadlineMs: 1_000, missed: 'catch-up', run: idle }),
    status: defineJob<Needs>({ at: ['09:00'], deadlineMs: 1_000, missed: 'skip', run: idle }),
  };
  {
    await using bot = startBot(database, jobs);
    await bot.time.sleeping(2);
  }
  await using later = startBot(database, jobs, { time: new FakeTime('2026-01-04T12:00:00Z') });
  expect(await later.runs.take()).toMatchObject({ job: 'daily', ending: 'done' });
  await later.time.sleeping(2);
  expect(await database.db`select job, due_at from job_runs`).toMatchObject([
    { job: 'daily', due_at: new Date('2026-01-01T09:00:00Z') },
  ]);
  const next = new Date('2026-01-05T09:00:00Z');
  expect(await database.db`select next_at from jobs`).toMatchObject([{ next_at: next }, { next_at: next }]);
});

test('stopping cancels what runs, waits for it, records it, and a catch-up job is due again', async () => {
  await using database = await freshDatabase();
  const running = Promise.withResolvers<void>();
  let cleanedUp = false;
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 3_600_000,
    missed: 'catch-up',
    run: async (_context, signal) => {
      running.resolve();
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await database.db`select 1`;
      cleanedUp = true;
      signal.throwIfAborted();
    },
  });
  const bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  await running.promise;
  await bot[Symbol.asyncDispose]();
  expect(cleanedUp).toBe(true);
  expect(bot.context.inFlight.size).toBe(0);
  const due = new Date('2026-01-01T00:05:00Z');
  expect(await database.db`select outcome from job_runs`).toMatchObject([{ outcome: 'cancelled' }]);
  expect(await database.db`select next_at, lease_owner from jobs`).toMatchObject([{ next_at: due, lease_owner: null }]);
});

test('a bot that takes no new work leaves the run to the next one', async () => {
  await using database = await freshDatabase();
  await using bot = startBot(database, { tick: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, run: idle }) });
  await bot.time.sleeping(1);
  bot.context.inFlight.stop();
  bot.time.advance(5 * MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'cancelled', attempts: 0 });
  expect(await database.db`select next_at from jobs`).toMatchObject([{ next_at: new Date('2026-01-01T00:05:00Z') }]);
});

test('hooks run around the attempts, the last one also when they failed', async () => {
  await using database = await freshDatabase();
  const seen: string[] = [];
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 1_000,
    before: async () => void seen.push('before'),
    run: async () => {
      seen.push('run');
      throw new Error('no');
    },
    after: async (_context, ending) => {
      seen.push(ending);
      throw new Error('the last step fails too');
    },
  });
  await using bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'failed' });
  expect(seen).toEqual(['before', 'run', 'failed']);
});

test('a job of each process runs without the database, in every one of them', async () => {
  const database = await freshDatabase();
  const time = new FakeTime(START);
  const job = defineJob<Needs>({ every: '5m', deadlineMs: 1_000, runs: 'each', run: idle });
  await using one = startBot(database, { health: job }, { time });
  await using two = startBot(database, { health: job }, { time });
  await time.sleeping(2);
  time.advance(5 * MINUTE);
  expect(await one.runs.take()).toMatchObject({ ending: 'done' });
  expect(await two.runs.take()).toMatchObject({ ending: 'done' });
  expect(await database.db`select 1 from job_runs`).toHaveLength(2);
  await time.sleeping(2);
  await database[Symbol.asyncDispose]();
  time.advance(5 * MINUTE);
  expect(await one.runs.take()).toMatchObject({ ending: 'done' });
});

test('a job waits while the database is away and runs once it is back', async () => {
  await using database = await freshDatabase();
  let away = true;
  const sometimes = new Proxy(database, {
    get: (target, key) => {
      if (key === 'db' && away) throw new DatabaseAwayError('away');
      return Reflect.get(target, key);
    },
  });
  await using bot = startBot(sometimes, { tick: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, run: idle }) });
  for (let look = 0; look < 3; look += 1) {
    await bot.time.sleeping(1);
    bot.time.advance(MINUTE);
  }
  await bot.time.sleeping(1);
  away = false;
  bot.time.advance(MINUTE);
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'done' });
});

test('jitter puts a start off, and what is due stays as it was', async () => {
  await using database = await freshDatabase();
  const job = defineJob<Needs>({ every: '5m', jitterMs: 2 * MINUTE, deadlineMs: 1_000, run: idle });
  await using bot = startBot(database, { tick: job }, { random: () => 0.5 });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  await bot.time.sleeping(1);
  bot.time.advance(MINUTE);
  await bot.runs.take();
  expect(await database.db`select due_at, started_at from job_runs`).toMatchObject([
    { due_at: new Date('2026-01-01T00:05:00Z'), started_at: new Date('2026-01-01T00:06:00Z') },
  ]);
});

test('a paused job is passed over in every process, and is due again as before once it is resumed', async () => {
  await using database = await freshDatabase();
  const jobs = {
    shared: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, missed: 'catch-up', run: idle }),
    own: defineJob<Needs>({ every: '5m', deadlineMs: 1_000, runs: 'each', run: idle }),
  };
  await using bot = startBot(database, jobs);
  await bot.time.sleeping(2);
  for (const name of ['shared', 'own']) expect(await bot.context.jobs.pause(name, '77')).toBe(true);
  bot.time.advance(5 * MINUTE);
  await bot.time.sleeping(2);
  expect(await database.db`select 1 from job_runs`).toEqual([]);
  const next = new Date('2026-01-01T00:10:00Z');
  expect(await database.db`select next_at from jobs where name = 'shared'`).toEqual([{ next_at: next }]);
  for (const name of ['shared', 'own']) expect(await bot.context.jobs.resume(name)).toBe(true);
  bot.time.advance(5 * MINUTE);
  expect([(await bot.runs.take()).job, (await bot.runs.take()).job].sort()).toEqual(['own', 'shared']);
});

test('a run by hand and one that is due never overlap, whichever comes first', async () => {
  await using database = await freshDatabase();
  let running = 0;
  let most = 0;
  const gates = [Promise.withResolvers<void>(), Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let runs = 0;
  const run = async () => {
    running += 1;
    most = Math.max(most, running);
    await gates[runs++]?.promise;
    running -= 1;
  };
  const jobs = { own: defineJob<Needs>({ every: '5m', deadlineMs: 3_600_000, runs: 'each', run }) };
  await using bot = startBot(database, jobs);
  await bot.time.sleeping(1);
  const begun = await bot.context.jobs.run('own', '77');
  bot.time.advance(5 * MINUTE);
  expect(await bot.context.jobs.run('own', '77')).toMatchObject({ kind: 'busy', here: true });
  for (const gate of gates) gate.resolve();
  await bot.runs.take();
  await bot.runs.take();
  if (begun.kind === 'begun') expect(await begun.ended).toMatchObject({ ending: 'done' });
  expect(most).toBe(1);
  expect(await database.db`select asked_by::text as by from job_runs order by id`).toEqual([
    { by: '77' },
    { by: null },
  ]);
});

test('stopping cancels a run by hand, and waits for it', async () => {
  await using database = await freshDatabase();
  let cleanedUp = false;
  const job = defineJob<Needs>({
    every: '1d',
    deadlineMs: 3_600_000,
    run: async (_context, signal) => {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      cleanedUp = true;
      signal.throwIfAborted();
    },
  });
  const bot = startBot(database, { long: job });
  await bot.time.sleeping(1);
  const begun = await bot.context.jobs.run('long', '77');
  await bot[Symbol.asyncDispose]();
  expect(cleanedUp).toBe(true);
  if (begun.kind === 'begun') expect(await begun.ended).toMatchObject({ ending: 'cancelled' });
  expect(await database.db`select outcome from job_runs`).toEqual([{ outcome: 'cancelled' }]);
});

test('a run of which some steps failed names them, and is tried again when one failed with a named kind of error', async () => {
  await using database = await freshDatabase();
  const taken: string[] = [];
  class PassingError extends Error {}
  const failures: readonly (Error | undefined)[] = [new PassingError('not now'), new TypeError('a mistake')];
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 3_600_000,
    retryOn: [PassingError],
    run: async () => {
      const error = failures[taken.filter((step) => step === 'timers').length];
      const step = (name: string, failure?: Error) => async () => {
        taken.push(name);
        if (failure) throw failure;
      };
      await inSteps({ timers: step('timers', error), drafts: step('drafts') });
    },
  });
  await using bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  // The lease and the retry.
  await bot.time.sleeping(2);
  bot.time.advance(5_000);
  expect(await bot.runs.take()).toMatchObject({ ending: 'failed', attempts: 2 });
  expect(taken).toEqual(['timers', 'drafts', 'timers', 'drafts']);
  const [run] = await database.db`select error from job_runs`;
  expect(run).toEqual({ error: 'AggregateError: 1 of 2 failed: timers (a mistake)' });
});

test('the tasks of a job are one group: the first that fails stops its siblings, and the run ends when all have', async () => {
  await using database = await freshDatabase();
  const cleaned: string[] = [];
  const job = defineJob<Needs>({
    every: '5m',
    deadlineMs: 3_600_000,
    run: (_context, signal) =>
      taskGroup(
        async (group) => {
          for (const name of ['one', 'two']) {
            group.run(name, async (inner) => {
              await new Promise((resolve) => inner.addEventListener('abort', resolve));
              await database.db`select 1`;
              cleaned.push(name);
            });
          }
          group.run('three', () => Promise.reject(new RangeError('three failed')));
        },
        { signal },
      ),
  });
  await using bot = startBot(database, { tick: job });
  await bot.time.sleeping(1);
  bot.time.advance(5 * MINUTE);
  expect(await bot.runs.take()).toMatchObject({ ending: 'failed', error: new RangeError('three failed') });
  expect(cleaned.toSorted()).toEqual(['one', 'two']);
});

test('a run by hand that is past its deadline and goes on all the same is not overlapped by one that is due', async () => {
  for (const runs of ['each', 'once'] as const) {
    await using database = await freshDatabase();
    const finish = Promise.withResolvers<void>();
    let begun = 0;
    const run = async () => {
      begun += 1;
      if (begun === 1) await finish.promise;
    };
    await using bot = startBot(database, { tick: defineJob<Needs>({ every: '5m', deadlineMs: 10, runs, run }) });
    await bot.time.sleeping(1);
    const byHand = await bot.context.jobs.run('tick', '77');
    if (byHand.kind === 'begun') expect(await byHand.ended).toMatchObject({ ending: 'deadline' });
    expect(await bot.runs.take()).toMatchObject({ ending: 'deadline' });
    bot.time.advance(5 * MINUTE);
    expect(await bot.context.jobs.run('tick', '77')).toMatchObject({ kind: 'busy', here: true });
    expect(begun).toBe(1);
    finish.resolve();
    expect(await bot.runs.take()).toMatchObject({ ending: 'done' });
    expect(begun).toBe(2);
  }
});
