import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { DatabaseAwayError } from '../../src/lib/errors.ts';
import { startBot, type TestBot } from '../bot.ts';
import { freshDatabase } from '../database.ts';
import { saidIn } from './commands/files/inspected.ts';
import { casesOf, lettersTo } from './commands/moderation/moderated.ts';

// Who is gone is known after ten seconds of silence.
vi.setConfig({ testTimeout: 90_000 });

const PATIENT = { deadlineMs: 40_000 } as const;
/** Told so, people would have the member warned twice. */
const AGAIN = /[Pp]lease ask again|[Tt]ry again|ask for it anew/;

/** A warning that is under way, since Discord lets nobody be written to for the next minutes. */
async function warningUnderWay({ discord }: TestBot) {
  const lift = discord.faults.rest('/users/@me/channels', { kind: 'rate-limit', retryAfterMs: 600_000 });
  const options = { member: 'member', reason: 'be kind', points: 3 };
  const reply = await discord.slash('warn', options, { as: 'moderator', settle: 'ack' });
  await reply.until(({ content }) => content.includes('I go on trying'), PATIENT);
  return { reply, lift };
}

test('whose process is killed reads how their order stands, not to ask again', async () => {
  await using bot = await startBot();
  const { reply } = await warningUnderWay(bot);
  const owed = async () => (await bot.db`select 1 from promised_answers`).length;
  await expect.poll(owed).toBe(1);
  await bot.db`update promised_answers set owner = ${crypto.randomUUID()}, held_until = now()`; // as if it were dead
  const told = await reply.until(({ content }) => content.includes('cut off'), PATIENT);
  expect(told.content).toContain('**Case 1** · warning of');
  expect(told.content).toContain('Do not ask again');
  expect(told.content).not.toMatch(AGAIN);
  await expect.poll(owed).toBe(0);
});

test('whose bot stops while their order is under way reads that it will be done, and it is, once', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url, SHUTDOWN_GRACE_MS: '100' };
  await using before = await startBot({ discord, env });
  const { reply, lift } = await warningUnderWay(before);
  await before[Symbol.asyncDispose]();
  const told = saidIn(reply);
  expect(told).toContain('it is noted and will be done: case 1');
  expect(told).not.toMatch(AGAIN);
  lift();
  await using bot = await startBot({ discord, env, now: () => new Date(Date.now() + 1_200_000) });
  const states = async () => (await database.db`select state from cases`).map(({ state }) => state);
  await expect.poll(states, { timeout: 60_000 }).toEqual(['done']);
  expect(lettersTo(bot, 'member')).toHaveLength(1);
});

test('an order whose writing has no answer may stand: they are told to look first', async () => {
  await using bot = await startBot();
  const { database } = bot.app;
  const begin = database.begin.bind(database);
  vi.spyOn(database, 'begin').mockImplementation(async (run) => {
    await begin(run);
    throw new DatabaseAwayError('the answer to a commit was lost');
  });
  const reply = await bot.discord.slash('note', { who: 'member', text: 'seen' }, { as: 'moderator' });
  vi.restoreAllMocks();
  expect(saidIn(reply)).toContain('it may be under way all the same');
  expect(saidIn(reply)).not.toMatch(AGAIN);
  expect(await casesOf(bot)).toHaveLength(1);
});
