import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { defineTimer } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { NONCE_HONOURED_MS } from '../../src/services/timers/send-once.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { type Kinds, note, said, startTimerBot } from './timer-bot.ts';

/** A process has sent the message of a timer and died before it could say so; `agoMs` later another finds its claim. */
async function foundUnsettled(
  database: TestDatabase,
  discord: Sandbox,
  clock: { moveTo(ms: number): void },
  { agoMs, kinds = { note: note() }, sent = true }: { agoMs: number; kinds?: Kinds; sent?: boolean },
) {
  {
    await using bot = await startTimerBot(database, discord, { kinds });
    const owner = discord.people.member ?? '';
    const channel = discord.channels.general;
    if (!sent) await bot.engine[Symbol.asyncDispose]();
    await bot.timers.add({ kind: 'note', owner, channel, payload: { text: 'x' }, due: bot.time.now(), zone: 'UTC' });
    if (sent) expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  }
  await database.db`
    update timers set
      done_at = null, outcome = null, occurrence = 0, claimed_by = 'dead', claimed_until = now() - interval '1 second',
      claim_token = 1, attempts = 1, tried_at = now() - ${agoMs}::float8 * interval '1 millisecond'`;
  clock.moveTo(agoMs);
  const bot = await startTimerBot(database, discord, { kinds });
  return bot;
}

/** A local Discord whose clock is behind by what has "passed" since, so that it can be moved to the present. */
async function movableDiscord(agoMs: number) {
  let behindMs = agoMs;
  const discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => Date.now() - behindMs });
  return {
    discord,
    clock: {
      moveTo: (ms: number) => {
        behindMs = agoMs - ms;
      },
    },
  };
}

const WITHIN = NONCE_HONOURED_MS - 30_000;
const BEYOND = 20 * 60_000;

test('what a dead process sent a moment ago is not sent again, because Discord knows the nonce', async () => {
  await using database = await freshDatabase();
  const { discord, clock } = await movableDiscord(WITHIN);
  await using _discord = discord;
  await using bot = await foundUnsettled(database, discord, clock, { agoMs: WITHIN });
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done', timer: { again: true } });
  expect(said(discord)).toEqual(['x']);
  expect(discord.requests().filter(({ method }) => method === 'GET')).toEqual([]);
});

test('what it sent long ago, when Discord has forgotten the nonce, is found in the channel', async () => {
  await using database = await freshDatabase();
  const { discord, clock } = await movableDiscord(BEYOND);
  await using _discord = discord;
  for (let at = 0; at < 150; at += 1) await discord.message({ as: 'member', content: at === 7 ? 'x' : `talk ${at}` });
  await using bot = await foundUnsettled(database, discord, clock, { agoMs: BEYOND });
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  expect(said(discord)).toEqual(['x']);
});

test('a message with buttons is known by them, though its words are others by now', async () => {
  await using database = await freshDatabase();
  const { discord, clock } = await movableDiscord(BEYOND);
  await using _discord = discord;
  let tries = 0;
  const payload = Type.Object({ text: Type.String() });
  const buttons = defineTimer<typeof payload, TimerNeeds>({
    payload,
    missed: 'late',
    deadlineMs: 30_000,
    async deliver({ id, channel = '', send }) {
      tries += 1;
      const button = { type: 2, style: 1, label: `try ${tries}`, custom_id: `done:${id}` };
      await send(channel, { body: { content: `try ${tries}`, components: [{ type: 1, components: [button] }] } });
      return { kind: 'done' };
    },
  });
  await using bot = await foundUnsettled(database, discord, clock, { agoMs: BEYOND, kinds: { note: buttons } });
  expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  expect(tries).toBe(2);
  expect(said(discord)).toEqual(['try 1']);
});

test('what it never came to send is sent', async () => {
  for (const agoMs of [WITHIN, BEYOND]) {
    await using database = await freshDatabase();
    const { discord, clock } = await movableDiscord(agoMs);
    await using _discord = discord;
    await discord.message({ as: 'member', content: 'x' });
    await using bot = await foundUnsettled(database, discord, clock, { agoMs, sent: false });
    expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
    expect(said(discord)).toEqual(['x']);
  }
});

test('the next occurrence says the same again, and is no repetition', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using bot = await startTimerBot(database, discord);
  await bot.timers.add({
    kind: 'note',
    owner: '1',
    channel: discord.channels.general,
    payload: { text: 'x' },
    zone: 'UTC',
    recurrence: { rule: { kind: 'interval', minutes: 1 }, zone: 'UTC', start: '2026-01-01T00:01:00' },
  });
  for (let times = 0; times < 3; times += 1) {
    await bot.time.sleeping(2);
    bot.time.advance(60_000);
    expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  }
  expect(said(discord)).toEqual(['x', 'x', 'x']);
});
