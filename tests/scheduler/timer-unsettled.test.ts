import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { defineTimer } from '../../src/scheduler/timer.ts';
import type { TimerNeeds } from '../../src/scheduler/timer-engine.ts';
import { NONCE_HONOURED_MS } from '../../src/services/timers/send-once.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { START } from './bot.ts';
import { type Kinds, note, said, startTimerBot } from './timer-bot.ts';

/** A process has sent the message of a timer and died before it could say so; `agoMs` later another finds its claim. */
async function foundUnsettled(
  database: TestDatabase,
  discord: Sandbox,
  clock: { moveTo(ms: number): void },
  {
    agoMs,
    kinds = { note: note() },
    sent = true,
    every,
  }: { agoMs: number; kinds?: Kinds; sent?: boolean; every?: number },
) {
  {
    await using bot = await startTimerBot(database, discord, { kinds });
    const owner = discord.people.member ?? '';
    const channel = discord.channels.general;
    if (!sent) await bot.engine[Symbol.asyncDispose]();
    const due = bot.time.now();
    const start = due.toISOString().slice(0, 19);
    const when = every
      ? { due, recurrence: { rule: { kind: 'interval', minutes: every }, zone: 'UTC', start } as const, zone: 'UTC' }
      : { due, zone: 'UTC' };
    await bot.timers.add({ kind: 'note', owner, channel, payload: { text: 'x' }, ...when });
    if (sent) expect(await bot.tried.take()).toMatchObject({ outcome: 'done' });
  }
  await database.db`
    update timers set
      due_at = ${START}, wake_at = ${START}, done_at = null, outcome = null, occurrence = 0, claimed_by = 'dead', claimed_until = now() - interval '1 second',
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

/** The bot may write in the channel and not read what was written there. */
async function denyHistory(discord: Sandbox) {
  const path = `/channels/${discord.channels.general}/permissions/${discord.state.bot.id}`;
  const body = { type: 1, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' };
  await discord.rest('PUT', path, { as: 'owner', body });
}

test('where the bot may not look whether it is there it is not sent a second time, sent or not', async () => {
  for (const sent of [true, false]) {
    await using database = await freshDatabase();
    const { discord, clock } = await movableDiscord(BEYOND);
    await using _discord = discord;
    await denyHistory(discord);
    await using bot = await foundUnsettled(database, discord, clock, { agoMs: BEYOND, sent });
    const ending = await bot.tried.take();
    expect(ending).toMatchObject({ kind: 'settled', outcome: 'failed', tell: { key: 'timers.failed.unreadable' } });
    expect(said(discord)).toEqual(sent ? ['x'] : []);
  }
});

test('under a thousand other messages it is not looked for, and not sent a second time either; the next time it comes', async () => {
  await using database = await freshDatabase();
  const { discord, clock } = await movableDiscord(BEYOND);
  await using _discord = discord;
  for (let at = 0; at < 1_000; at += 1) await discord.message({ as: 'member', content: `talk ${at}` });
  await using bot = await foundUnsettled(database, discord, clock, { agoMs: BEYOND, every: 60 });
  const ending = await bot.tried.take();
  expect(ending).toMatchObject({ kind: 'settled', outcome: 'failed', tell: { key: 'timers.failed.buried' } });
  expect(said(discord)).toEqual(['x']);
  expect(await bot.timers.list({ kind: 'note' })).toHaveLength(1);
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
