import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { connect } from '../../src/db/connect.ts';
import { defineTimer } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { freshDatabase, silent } from '../database.ts';
import { Bridge } from '../db/bridge.ts';
import { note, said, startTimerBot, type TimerBot } from './timer-bot.ts';

/** On a busy machine. */
const PATIENCE = { timeout: 60_000 };
const payload = Type.Object({ text: Type.String() });

function sandbox(): Promise<Sandbox> {
  return startSandbox({ port: 0, rateLimits: 'off' });
}

function addNote({ timers, context }: TimerBot, discord: Sandbox, text: string) {
  const [owner, channel] = [discord.people.member, discord.channels.general];
  return timers.add({ kind: 'note', owner, channel, payload: { text }, due: context.now(), zone: 'UTC' });
}

/** A note during whose delivery the test does something; `before` the message is sent, or after it. */
function interrupted(when: 'before' | 'after', happens: () => Promise<void>) {
  return defineTimer<typeof payload, TimerNeeds>({
    payload,
    missed: 'late',
    deadlineMs: 30_000,
    async deliver({ payload: { text }, channel = '', send }) {
      if (when === 'before') await happens();
      await send(channel, { body: { content: text } });
      if (when === 'after') await happens();
      return { kind: 'done' };
    },
  });
}

test.each(['before', 'after'] as const)(
  'the database goes away in the middle of a delivery, %s the message is sent: it is there once, and written once the database is back',
  async (when) => {
    await using database = await freshDatabase();
    await using bridge = await Bridge.open(database.url);
    await using far = await connect({ url: bridge.url, dataDir: '', log: silent });
    await using discord = await sandbox();
    const gone = Promise.withResolvers<void>();
    let tries = 0;
    const kind = interrupted(when, async () => {
      tries += 1;
      if (tries > 1) return;
      await bridge.down();
      gone.resolve();
    });
    await using bot = await startTimerBot(far, discord, { kinds: { note: kind } });
    await addNote(bot, discord, 'x');
    await gone.promise;
    await expect.poll(() => said(discord), PATIENCE).toEqual(['x']);
    expect(await database.db`select outcome from timers`).toEqual([{ outcome: null }]);
    await bridge.up();
    const written = async () => {
      bot.time.advance(60_000);
      return await database.db`select outcome, claimed_by from timers`;
    };
    await expect.poll(written, PATIENCE).toEqual([{ outcome: 'done', claimed_by: null }]);
    expect(await bot.tried.take()).toMatchObject({ outcome: 'done', timer: { attempts: 1 } });
    expect(said(discord)).toEqual(['x']);
  },
);

test('one whose claim ran out while the database was away is delivered by another process, and once', async () => {
  await using database = await freshDatabase();
  await using bridge = await Bridge.open(database.url);
  await using far = await connect({ url: bridge.url, dataDir: '', log: silent });
  await using discord = await sandbox();
  const kind = interrupted('after', () => bridge.down());
  await using first = await startTimerBot(far, discord, { kinds: { note: kind } });
  await addNote(first, discord, 'x');
  await expect.poll(() => said(discord), PATIENCE).toEqual(['x']);
  await database.db`update timers set claimed_until = now() - interval '1 second'`;
  await using second = await startTimerBot(database, discord);
  expect(await second.tried.take()).toMatchObject({ outcome: 'done', timer: { again: true } });
  await bridge.up();
  first.time.advance(60_000);
  expect(await first.tried.take()).toMatchObject({ kind: 'lost' });
  expect(said(discord)).toEqual(['x']);
});

test('after a hundred tries it is given up, the server is told, and what comes again goes on', async () => {
  await using database = await freshDatabase();
  await using discord = await sandbox();
  await using bot = await startTimerBot(database, discord);
  await bot.engine[Symbol.asyncDispose]();
  const logChannel = discord.channels['mod-log'] ?? '';
  await database.db`
    insert into settings (guild_id, area, value)
    values (${discord.guildId}, 'logs', ${database.db.json({ logChannel })})`;
  const hourly = { rule: { kind: 'interval', minutes: 60 }, zone: 'UTC', start: '2026-01-01T01:00:00' } as const;
  const owner = discord.people.member;
  const channel = discord.channels.general;
  const common = { kind: 'note', owner, channel, guild: discord.guildId, payload: { text: 'x' }, zone: 'UTC' };
  await bot.timers.add({ ...common, due: bot.time.now() });
  await bot.timers.add({ ...common, recurrence: hourly });
  await database.db`update timers set attempts = 98, tried_at = now(), wake_at = ${bot.time.now()}`;
  discord.faults.rest('/channels/{channel_id}/messages', { kind: 'status', status: 503 }, { times: 4 });
  await using next = await startTimerBot(database, discord, { kinds: { note: note() } });
  for (const attempts of [99, 99, 100, 100]) {
    if (attempts === 100) {
      await next.time.sleeping(2);
      next.time.advance(600_000);
    }
    const kind = attempts === 99 ? 'again' : 'settled';
    expect(await next.tried.take()).toMatchObject({ kind, timer: { attempts } });
  }
  expect(said(discord)).toEqual([]);
  const rows = await database.db`
    select outcome, done_at is not null as done, attempts, recurrence is not null as repeats from timers order by id`;
  expect(rows).toEqual([
    { outcome: 'failed', done: true, attempts: 0, repeats: false },
    { outcome: 'failed', done: false, attempts: 0, repeats: true },
  ]);
  await expect.poll(() => said(discord, logChannel), PATIENCE).toHaveLength(2);
});
