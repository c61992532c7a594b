import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { Context } from '../../../src/context.ts';
import cleanup from '../../../src/scheduler/jobs/cleanup.ts';
import { freshDatabase, type TestDatabase } from '../../database.ts';

const NOW = new Date('2026-06-01T00:00:00Z');
const never = new AbortController().signal;

/** The part of the context that this job touches. */
function contextOf({ db }: TestDatabase): Context {
  return { db, log: pino({ level: 'silent' }), now: () => NOW } as unknown as Context;
}

test('old rows go, a chunk at a time, and young ones stay', async () => {
  await using database = await freshDatabase();
  const { db } = database;
  await db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts)
    select 'tick', 'me', at, at, at, 'done', 1
    from generate_series(1, 2500) n, lateral (select ${NOW}::timestamptz - interval '31 days' - n * interval '1 minute' as at) old`;
  await db`
    insert into job_runs (job, owner, due_at, started_at, ended_at, outcome, attempts)
    values ('tick', 'me', ${NOW}, ${NOW}, ${NOW}, 'done', 1)`;
  await db`
    insert into settings_history (guild_id, area, version, value, changed_at)
    values (1, 'general', 1, '{}', '2025-05-01'), (1, 'general', 2, '{}', '2026-05-01')`;
  await db`
    insert into afk (guild_id, user_id, reason, since, set_at, until) values
      (1, 1, '', '2025-05-01', '2025-05-01', null), (1, 2, '', '2025-05-01', '2025-05-01', '2025-12-01'),
      (1, 3, '', '2025-01-01', '2026-05-01', null)`;
  await cleanup.run(contextOf(database), never);
  expect(await db`select ended_at from job_runs`).toEqual([{ ended_at: NOW }]);
  expect(await db`select version from settings_history`).toMatchObject([{ version: 2 }]);
  expect(await db`select user_id::int as user from afk order by 1`).toEqual([{ user: 2 }, { user: 3 }]);
});

test('it stops between two chunks when it is told to', async () => {
  await using database = await freshDatabase();
  const stopped = AbortSignal.abort(new Error('enough'));
  await expect(cleanup.run(contextOf(database), stopped)).rejects.toThrow('enough');
});
