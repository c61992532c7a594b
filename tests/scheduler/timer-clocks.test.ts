import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { connect } from '../../src/db/connect.ts';
import { SharedClock } from '../../src/lib/shared-clock.ts';
import { freshDatabase, silent } from '../database.ts';
import { embeddedDatabase } from '../embedded-database.ts';
import { MINUTE } from './bot.ts';
import { note, said, startTimerBot, type TimerBot } from './timer-bot.ts';

const HOUR = 60 * MINUTE;

function sandbox(): Promise<Sandbox> {
  return startSandbox({ port: 0, rateLimits: 'off' });
}

function addHourly({ timers }: TimerBot, discord: Sandbox) {
  return timers.add({
    ...{ kind: 'note', owner: discord.people.member ?? '', channel: discord.channels.general },
    ...{ payload: { text: 'x' }, zone: 'UTC' },
    recurrence: { rule: { kind: 'interval', minutes: 60 }, zone: 'UTC', start: '2026-01-01T01:00:00' },
  });
}

test('a clock that is set back brings nothing again, and the next comes at its time', async () => {
  await using database = await embeddedDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await addHourly(bot, discord);
  bot.time.advance(HOUR);
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', nextAt: new Date('2026-01-01T02:00:00Z') });
  await bot.time.sleeping(2);
  bot.time.advance(-12 * HOUR);
  bot.timers.wake();
  await expect.poll(() => bot.timers.stats().nextAt).toEqual(new Date('2026-01-01T02:00:00Z'));
  expect(said(discord)).toEqual(['x']);
  bot.time.advance(13 * HOUR);
  bot.timers.wake();
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', nextAt: new Date('2026-01-01T03:00:00Z') });
  expect(said(discord)).toEqual(['x', 'x']);
});

test('a clock that is set forward brings what it passed over once, and no more', async () => {
  await using database = await embeddedDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord, { kinds: { note: note('collapse') } });
  await addHourly(bot, discord);
  await bot.time.sleeping(2);
  bot.time.advance(24.5 * HOUR);
  bot.timers.wake();
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', nextAt: new Date('2026-01-02T01:00:00Z') });
  await bot.time.sleeping(2);
  expect(said(discord)).toEqual(['x late +23']);
});

test('two processes whose clocks are hours apart agree on what is due, and deliver it once', async () => {
  await using database = await freshDatabase();
  await using second = await connect({ url: database.url, dataDir: '', log: silent });
  await using discord = await sandbox();
  const clockOff = (ms: number) => new SharedClock({ machineNow: () => new Date(Date.now() + ms) });
  await using ahead = await startTimerBot(database, discord, { clock: clockOff(3 * HOUR) });
  await using behind = await startTimerBot(second, discord, { clock: clockOff(-3 * HOUR) });
  const bots = [ahead, behind];
  for (const bot of bots) await bot.time.sleeping(2);
  const due = (inMs: number) => new Date(Date.now() + inMs);
  const common = { kind: 'note', owner: '1', channel: discord.channels.general, zone: 'UTC' };
  await ahead.timers.add({ ...common, payload: { text: 'in an hour' }, due: due(HOUR) });
  await behind.timers.add({ ...common, payload: { text: 'now' }, due: due(0) });
  await expect.poll(() => said(discord)).toEqual(['now']);
  for (const bot of bots) {
    bot.time.advance(MINUTE);
    bot.timers.wake();
    await bot.time.sleeping(2);
  }
  expect(said(discord)).toEqual(['now']);
  await database.db`update timers set due_at = now(), wake_at = now() where done_at is null`;
  for (const bot of bots) bot.timers.wake();
  await expect.poll(() => said(discord)).toEqual(['now', 'in an hour']);
  await expect.poll(() => database.db`select outcome from timers`).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
});
