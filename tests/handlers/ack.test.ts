import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { lateBecause } from '../../src/handlers/failure.ts';
import { fixtureCommands, startFixtureBot } from './fixtures.ts';

const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback';

/** A bot whose clock, and a local Discord whose clock, can be set forward. */
async function startSkewed() {
  const ahead = { bot: 0, discord: 0 };
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off', now: () => Date.now() + ahead.discord }));
  const { commands, letGo } = fixtureCommands();
  const bot = opened.use(await startFixtureBot(commands, { discord, now: () => new Date(Date.now() + ahead.bot) }));
  await discord.slash('refusing'); // the bot learns how far the clocks are apart: not at all
  const owned = opened.move();
  return { bot, discord, ahead, letGo, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test.each([
  ['held', false],
  ['held-private', true],
])('/%s is deferred two seconds after it was made, as the command says', async (name, ephemeral) => {
  await using at = await startSkewed();
  at.ahead.bot = 1_990; // the next interaction looks almost two seconds old
  const deferred = await at.discord.slash(name, {}, { settle: 'ack' });
  expect(deferred.kind).toBe('deferred');
  at.letGo();
  const answered = await deferred.until(({ content }) => content === 'let go');
  expect(answered.ephemeral).toBe(ephemeral);
});

test('a refusal after a public deferral is still for one person only', async () => {
  await using at = await startSkewed();
  at.ahead.bot = 1_990;
  const deferred = await at.discord.slash('held-refusing', {}, { settle: 'ack' });
  at.letGo();
  const answered = await deferred.until(({ followUps }) => followUps.length > 0);
  expect(answered.message?.id).toBe(answered.followUps[0]?.id);
  expect(answered.ephemeral).toBe(true);
});

test('a form is never preceded by a deferral', async () => {
  await using at = await startSkewed();
  at.ahead.bot = 2_500;
  expect((await at.discord.slash('form')).kind).toBe('modal');
});

test('a host clock that is ahead by an hour defers nothing', async () => {
  const { commands } = fixtureCommands();
  await using bot = await startFixtureBot(commands, { now: () => new Date(Date.now() + 3_600_000) });
  expect((await bot.discord.slash('components')).kind).toBe('message');
});

test('a command that says nothing after it was deferred is still answered', async () => {
  await using at = await startSkewed();
  at.ahead.bot = 1_990;
  const deferred = await at.discord.slash('held-mute', {}, { settle: 'ack' });
  expect(deferred.kind).toBe('deferred');
  await at.discord.slash('refusing'); // by now the bot knows that it was deferred
  at.letGo();
  const answered = await deferred.until(({ followUps }) => followUps.length > 0);
  expect(answered.message?.id).toBe(answered.followUps[0]?.id);
});

test('a deferral that comes too late is logged with what delayed it, and counts as no answer', async () => {
  await using at = await startSkewed();
  at.ahead.bot = 2_500; // deferred at once
  const asked = at.discord.slash('held', {}, { deadlineMs: 300 }).catch(() => 'never answered');
  at.ahead.discord = 10_000; // Discord waits no longer
  const line = await at.bot.logged(({ msg }) => msg === 'an interaction was answered too late');
  expect(line).toMatchObject({ what: '/held', error: { name: 'LateAnswerError' } });
  at.letGo();
  expect(await asked).toBe('never answered');
  expect(await at.bot.app.metrics.registry.metrics()).not.toMatch(
    /interactions_total\{command="\/held",outcome="answered"/,
  );
});

test('an answer that comes too late is logged with what delayed it', async () => {
  await using at = await startSkewed();
  const asked = at.discord.slash('components', {}, { deadlineMs: 300 }).catch(() => 'never answered');
  at.ahead.discord = 10_000; // Discord waits no longer
  const line = await at.bot.logged(({ msg }) => msg === 'an interaction was answered too late');
  expect(line.cause).toMatch(/network|loop/);
  expect(line.error).toMatchObject({ name: 'LateAnswerError', cause: { code: 10_062 } });
  expect(await asked).toBe('never answered');
});

test('an interaction answered by somebody else is blamed on a second instance', async () => {
  await using at = await startSkewed();
  at.discord.faults.rest(
    CALLBACK,
    { kind: 'status', status: 400, body: { code: 40_060, message: 'already' } },
    { times: 1 },
  );
  const asked = at.discord.slash('components', {}, { deadlineMs: 300 }).catch(() => 'never answered');
  const line = await at.bot.logged(({ msg }) => msg === 'an interaction was answered too late');
  expect(line.cause).toBe('second instance');
  expect(await asked).toBe('never answered');
});

test.each([
  ['answers 503', { kind: 'status', status: 503 }],
  ['answers 500', { kind: 'status', status: 500 }],
  ['cuts the line', { kind: 'reset' }],
] as const)('a first answer is tried again while Discord %s', async (_, fault) => {
  await using at = await startSkewed();
  at.discord.faults.rest(CALLBACK, fault, { times: 3 });
  expect((await at.discord.slash('components')).content).toContain('pressed 0 times');
});

test('an answer that was carried out but lost on the way back counts as given', async () => {
  await using at = await startSkewed();
  at.discord.faults.rest(CALLBACK, { kind: 'lose-answer' }, { times: 1 });
  const { message } = await at.discord.slash('components');
  expect(message).toBeDefined();
  if (message) expect((await at.discord.click(message, 'test.press:2:0')).content).toContain('pressed 1 times');
  expect(at.bot.log.filter(({ msg }) => msg.includes('too late'))).toEqual([]);
});

test('a hundred interactions at once are all answered', async () => {
  await using at = await startSkewed();
  const replies = await Promise.all(Array.from({ length: 100 }, () => at.discord.slash('refusing')));
  expect(replies.every(({ content }) => content.length > 0)).toBe(true);
});

test.each([
  [{ arrivedAfterMs: 10, queuedMs: 10, loopMaxMs: 2_000 }, 'loop lag'],
  [{ arrivedAfterMs: 2_900, queuedMs: 10, loopMaxMs: 20 }, 'network: it arrived late'],
  [{ arrivedAfterMs: 10, queuedMs: 2_900, loopMaxMs: 20 }, 'queueing'],
  [{ arrivedAfterMs: 10, queuedMs: 10, loopMaxMs: 20 }, 'network: the answer took too long'],
])('%j is blamed on %s', (delays, cause) => {
  expect(lateBecause(delays)).toBe(cause);
});
