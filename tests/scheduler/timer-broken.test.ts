import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { freshDatabase } from '../database.ts';
import { said, startTimerBot } from './timer-bot.ts';

const HOURLY = { rule: { kind: 'interval', minutes: 60 }, zone: 'UTC', start: '2026-01-01T01:00:00' } as const;

test.each([
  ['a zone that this runtime does not know', { ...HOURLY, zone: 'Mars/Olympus' }, 0],
  ['such a zone, after a hundred tries', { ...HOURLY, zone: 'Mars/Olympus' }, 100],
  ['a start on a day that is none', { ...HOURLY, start: '2026-02-31T01:00:00' }, 100],
  ['what is no rule', { every: 'day' }, 0],
])('a timer with %s is ended and told of, and not claimed again', async (_, recurrence, attempts) => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using bot = await startTimerBot(database, discord);
  const owner = discord.people.member ?? '';
  await bot.timers.add({ kind: 'note', owner, payload: { text: 'x' }, zone: 'UTC', recurrence: HOURLY });
  await database.db`
    update timers set recurrence = ${database.db.json(recurrence)}, attempts = ${attempts}, due_at = ${bot.time.now()},
      wake_at = ${bot.time.now()}`;
  bot.timers.wake();
  expect(await bot.tried.take()).toMatchObject({
    ...{ kind: 'settled', outcome: 'failed', nextAt: null },
    tell: { key: 'timers.failed.broken' },
  });
  expect(said(discord)).toEqual([]);
  const [row] = await database.db`select outcome, done_at is not null as done, claimed_by from timers`;
  expect(row).toEqual({ outcome: 'failed', done: true, claimed_by: null });
});
