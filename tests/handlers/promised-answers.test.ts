import { expect, test, vi } from 'vitest';
import type { TestBot } from '../bot.ts';
import { fixtureCommands, startFixtureBot } from './fixtures.ts';

// Who is gone is known after ten seconds of silence.
vi.setConfig({ testTimeout: 60_000 });

const CUT_OFF = 'I was cut off before I could finish this';

/** A bot that holds /held until it is let go, and one interaction with it that has been deferred. */
async function startHeld() {
  await using opened = new AsyncDisposableStack();
  const ahead = { bot: 0 };
  const { commands, letGo } = fixtureCommands();
  const bot = opened.use(await startFixtureBot(commands, { now: () => new Date(Date.now() + ahead.bot) }));
  opened.defer(letGo);
  await bot.discord.slash('refusing'); // the bot learns how far the clocks are apart: not at all
  ahead.bot = 1_990;
  const deferred = await bot.discord.slash('held', {}, { settle: 'ack' });
  const owned = opened.move();
  return { bot, deferred, letGo, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

const owed = (bot: TestBot) => bot.db`select label, locale, updates from promised_answers`;

/** What a process that died would have left behind for this interaction. */
async function leftBehind(bot: TestBot, interactionId: string, more: Readonly<Record<string, unknown>> = {}) {
  const token = bot.discord.state.interactions.get(interactionId)?.token ?? '';
  const row = {
    interaction_id: interactionId,
    application_id: bot.discord.state.application.id,
    token,
    label: 'held',
    locale: 'en-US',
    updates: false,
    owner: crypto.randomUUID(),
    held_until: new Date(0),
    ends_at: new Date(Date.now() + 600_000),
    ...more,
  };
  await bot.db`
    insert into promised_answers ${bot.db(row)}
    on conflict (interaction_id) do update set owner = excluded.owner, held_until = excluded.held_until`;
}

test('a promised answer is noted until it is given', async () => {
  await using at = await startHeld();
  await expect.poll(() => owed(at.bot)).toEqual([{ label: '/held', locale: 'en-US', updates: false }]);
  at.letGo();
  await at.deferred.until(({ content }) => content === 'let go');
  await expect.poll(() => owed(at.bot)).toEqual([]);
});

test('an answer that comes at once is not noted', async () => {
  const { commands } = fixtureCommands();
  await using bot = await startFixtureBot(commands);
  await bot.db`alter table promised_answers add column refused int not null`; // no row fits it
  const { message } = await bot.discord.slash('components');
  await bot.discord.click(message ?? '', 'test.silent:1', { settle: 'ack' });
  await bot.app.inFlight.idle();
  expect(bot.log.filter(({ msg }) => msg.includes('could not be noted'))).toEqual([]);
});

test('an answer does not wait for a database that does not answer', async () => {
  await using at = await startHeld();
  await expect.poll(() => owed(at.bot)).toHaveLength(1);
  await at.bot.db.begin(async (tx) => {
    await tx`lock table promised_answers`;
    at.letGo();
    await at.deferred.until(({ content }) => content === 'let go');
  });
  await expect.poll(() => owed(at.bot)).toEqual([]);
});

test('who waits for a process that is gone is told so once, and what is over is let be', async () => {
  await using at = await startHeld();
  const { bot, deferred } = at;
  await expect.poll(() => owed(bot)).toHaveLength(1);
  const since = bot.discord.mark();
  await leftBehind(bot, deferred.interactionId);
  expect((await deferred.until(({ content }) => content !== '', { deadlineMs: 20_000 })).content).toContain(CUT_OFF);
  await expect.poll(() => owed(bot)).toEqual([]);
  const edits = bot.discord
    .requests(since)
    .filter(({ method, path }) => method === 'PATCH' && path.endsWith('/messages/%40original'));
  expect(edits).toHaveLength(1);
});

test('an answer that was given is not replaced, though its note was left', async () => {
  await using at = await startHeld();
  at.letGo();
  await at.deferred.until(({ content }) => content === 'let go');
  await expect.poll(() => owed(at.bot)).toEqual([]);
  await leftBehind(at.bot, at.deferred.interactionId);
  await expect.poll(() => owed(at.bot)).toEqual([]);
  expect(at.deferred.content).toBe('let go');
});

test('whoever pressed a button is told in private, and the message stays', async () => {
  const { commands } = fixtureCommands();
  await using bot = await startFixtureBot(commands);
  const { message } = await bot.discord.slash('components');
  const pressed = await bot.discord.click(message ?? '', 'test.silent:1', { settle: 'ack' });
  await leftBehind(bot, pressed.interactionId, { updates: true });
  const told = await pressed.until(({ followUps }) => followUps.length > 0, { deadlineMs: 20_000 });
  expect(JSON.stringify(told.followUps[0]?.components)).toContain(CUT_OFF);
  expect((told.followUps[0]?.flags ?? 0) & 64).toBe(64);
  expect(pressed.message?.id).toBe(message?.id);
});

test('while Discord cannot be reached it is kept for another try, and what Discord no longer takes is dropped', async () => {
  await using at = await startHeld();
  const { bot, deferred } = at;
  await expect.poll(() => owed(bot)).toHaveLength(1);
  bot.discord.faults.rest(/%40original$/, { kind: 'status', status: 500 });
  await leftBehind(bot, deferred.interactionId);
  await leftBehind(bot, '100000000000000001', { token: 'of-nobody' });
  await bot.logged(({ msg }) => msg.includes('could not be told yet'));
  bot.discord.faults.clear();
  await bot.db`update promised_answers set held_until = now()`; // as it is a minute later
  expect((await deferred.until(({ content }) => content !== '', { deadlineMs: 20_000 })).content).toContain(CUT_OFF);
  await expect.poll(() => owed(bot)).toEqual([]);
});
