import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import type { TimerKind } from '../../../src/scheduler/timer.ts';
import { TIMERS } from '../../../src/scheduler/timers.ts';
import { type StartBotOptions, startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { confirmed, messageOf, runOf } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000 };
const BAN = '/guilds/{guild_id}/bans/{user_id}';
const SILENT = { kind: 'silent' } as const;
const AWAY = { kind: 'status', status: 503 } as const;
const TRIED_AGAIN = 'a timer could not be delivered and is tried again';

/** Does not wait long for a Discord that does not answer. */
const IMPATIENT = { ...TIMERS, moderation: { ...(TIMERS.moderation as TimerKind), deadlineMs: 400 } };

/** A bot whose clock the test moves. */
async function startMovable(options: StartBotOptions = {}) {
  const clock = { ahead: 0 };
  const bot = await startBot({ now: () => new Date(Date.now() + clock.ahead), ...options });
  const advance = (seconds: number) => {
    clock.ahead += seconds * 1_000;
    bot.app.timers.wake();
  };
  /** What is so when the clock has moved on. */
  const meanwhile = <T>(seconds: number, look: () => T): T => {
    advance(seconds);
    return look();
  };
  return { bot, advance, meanwhile, [Symbol.asyncDispose]: () => bot[Symbol.asyncDispose]() };
}

/** Orders an action as the moderator's command would, and waits for nothing. */
async function ordered({ app, discord }: TestBot, type: string, until?: Date) {
  const target = discord.people.newcomer ?? '';
  const actor = { id: discord.people.owner ?? '', name: 'adelie' };
  const about = { guild: discord.guildId, type, target, targetName: 'newcomer', actor, until };
  await app.moderation.order({ ...about, source: 'command' });
}

/** As if the open timers of a kind had been tried so often. */
async function triedBefore({ db, app }: TestBot, kind: string, attempts: number) {
  await db`update timers set attempts = ${attempts}, wake_at = now() - interval '1 year' where kind = ${kind} and done_at is null`;
  app.timers.wake();
}

async function states(bot: TestBot) {
  return (await casesOf(bot)).map(({ type, state, voidReason }) => [type, state, voidReason?.key ?? null]);
}

const GIVEN_UP = ['ban', 'void', 'moderation.refused.tooOften'];

test('Discord that takes everything and never answers: the case is void when the tries are used up, the moderator hears of it, and the person can be acted against', async () => {
  await using own = await startMovable({ timers: IMPATIENT });
  const { bot, meanwhile } = own;
  const lift = bot.discord.faults.rest(BAN, SILENT);
  await ordered(bot, 'ban');
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  await triedBefore(bot, 'moderation', 33);
  await expect.poll(() => meanwhile(300, () => states(bot)), { ...PATIENCE, interval: 600 }).toEqual([GIVEN_UP]);
  lift();
  await expect
    .poll(() => meanwhile(20, () => lettersTo(bot, 'owner')), PATIENCE)
    .toEqual([expect.stringContaining('See whether it was done all the same')]);
  expect(await order(bot, 'kick', { member: 'newcomer' })).toContain('kick of');
  expect((await states(bot)).at(-1)).toEqual(['kick', 'done', null]);
});

test('at the limit of tries nothing more is asked of Discord', async () => {
  const stands = new Date(); // so that nothing is tried again by itself
  await using own = await startMovable({ now: () => stands, database: 'embedded' });
  const { bot } = own;
  bot.discord.faults.rest(BAN, AWAY);
  await ordered(bot, 'ban');
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  const asked = () => bot.discord.requests().filter(({ path }) => path.includes('/bans/')).length;
  const before = asked();
  await triedBefore(bot, 'moderation', 35);
  await expect.poll(() => states(bot), PATIENCE).toEqual([GIVEN_UP]);
  expect(asked()).toBe(before);
});

test('what waits for a limit of Discord uses up no tries', async () => {
  await using own = await startMovable();
  const { bot, meanwhile } = own;
  const lift = bot.discord.faults.rest(BAN, { kind: 'rate-limit', retryAfterMs: 5_000 }, { method: 'PUT' });
  await ordered(bot, 'ban');
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  await triedBefore(bot, 'moderation', 34);
  await expect
    .poll(() => meanwhile(10, () => bot.log.filter(({ msg }) => msg === TRIED_AGAIN).length), PATIENCE)
    .toBeGreaterThan(3);
  expect(await states(bot)).toEqual([['ban', 'pending', null]]);
  lift();
  await expect.poll(() => meanwhile(10, () => states(bot)), PATIENCE).toEqual([['ban', 'done', null]]);
});

test('what waits for its turn does not use up its tries before what it waits for does', async () => {
  await using own = await startMovable();
  const { bot, meanwhile } = own;
  bot.discord.faults.rest(BAN, AWAY);
  await ordered(bot, 'ban');
  await ordered(bot, 'kick');
  await bot.db`update timers set attempts = 34 where kind = 'moderation' and payload = '{"case": 2}'`;
  const waited = ({ msg, error }: { msg: string; error?: { name: string } }) =>
    msg === TRIED_AGAIN && error?.name === 'NotItsTurnError';
  await bot.logged(waited);
  await bot.db`update timers set attempts = 35 where kind = 'moderation' and payload = '{"case": 1}'`;
  await expect
    .poll(() => meanwhile(300, () => states(bot)), { ...PATIENCE, interval: 600 })
    .toEqual([GIVEN_UP, ['kick', 'done', null]]);
});

test('a ban whose end could not be seen to for hours is lifted when Discord is back, and the log has said so', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const log = await withLog(bot);
  await order(bot, 'ban', { who: 'newcomer', duration: '1 minute' });
  await triedBefore(bot, 'moderation-end', 100);
  await expect.poll(log, PATIENCE).toContainEqual(expect.stringContaining('I go on trying every hour'));
  expect(bannedIn(bot)).toEqual([bot.discord.people.newcomer]);
  advance(3_700);
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
  expect((await states(bot)).map(([type]) => type)).toEqual(['ban', 'unban']);
});

test('that an end cannot be seen to is said once, however long it goes on', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const log = await withLog(bot);
  const said = () => log().filter((text) => text.includes('I go on trying every hour')).length;
  const ends = async () =>
    (await bot.db`select id::text as id from timers where kind = 'moderation-end' and done_at is null`)[0]?.id;
  await order(bot, 'ban', { who: 'newcomer', duration: '1 minute' });
  for (const _ of [1, 2]) {
    const before = await ends();
    await triedBefore(bot, 'moderation-end', 100);
    await expect.poll(ends, PATIENCE).not.toBe(before);
  }
  advance(3_700);
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
  await expect
    .poll(() => bot.db`select 1 from timers where kind like 'moderation-%' and done_at is null`, PATIENCE)
    .toEqual([]);
  expect(said()).toBe(1);
});

test('a run that was tried in vain is closed, with its list', async () => {
  await using own = await startMovable();
  const { bot, advance } = own;
  const lift = bot.discord.faults.rest(/bulk-ban$/, AWAY);
  await confirmed(bot, 'massban', { ids: (await bot.discord.join(3)).join(' ') });
  await bot.logged(({ msg, kind }) => msg === TRIED_AGAIN && kind === 'mass-run');
  await triedBefore(bot, 'mass-run', 100);
  const open = async () =>
    (await bot.db`select payload from timers where kind = 'mass-run' and done_at is null`).map(
      ({ payload }) => payload,
    );
  await expect.poll(open, PATIENCE).toEqual([expect.objectContaining({ over: true })]);
  lift();
  advance(400);
  await expect
    .poll(async () => (await runOf(bot)).run, PATIENCE)
    .toMatchObject({
      ...{ state: 'stopped', why: { key: 'mass.givenUp' } },
    });
  expect(await messageOf(bot)).toContain('run the command again for the rest');
  expect(bannedIn(bot)).toEqual([]);
});

test('a purge that cannot even say so is closed all the same, and so is its case', async () => {
  await using own = await startMovable({ database: 'embedded' });
  const { bot } = own;
  await bot.discord.message({ as: 'member', channel: 'general', content: 'one' });
  await bot.discord.message({ as: 'member', channel: 'general', content: 'two' });
  bot.discord.faults.rest(/bulk-delete$/, AWAY);
  await order(bot, 'purge', { count: 2 }, 'owner');
  await bot.logged(({ msg, kind }) => msg === TRIED_AGAIN && kind === 'mass-run');
  await bot.db`update timers set payload = payload || '{"over": true}' where kind = 'mass-run'`;
  await triedBefore(bot, 'mass-run', 100);
  await expect.poll(async () => (await runOf(bot)).run?.state, PATIENCE).toBe('stopped');
  expect((await states(bot)).map(([type, state]) => [type, state === 'pending'])).toEqual([['purge', false]]);
});

test('what nothing goes on with any more is ended and told of at the next start', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  {
    await using before = await startMovable({ discord, env });
    const { bot } = before;
    await order(bot, 'ban', { who: 'member', duration: '1 minute' }, 'owner');
    const lift = discord.faults.rest(BAN, AWAY);
    discord.faults.rest(/bulk-ban$/, AWAY);
    await ordered(bot, 'ban');
    await confirmed(bot, 'massban', { ids: (await discord.join(3)).join(' ') });
    await bot.logged(({ msg, kind }) => msg === TRIED_AGAIN && kind === 'mass-run');
    lift();
  }
  const kinds = ['moderation', 'moderation-end', 'mass-run'];
  await database.db`update timers set done_at = now(), outcome = 'failed' where kind = any(${kinds}) and done_at is null`;
  expect((await database.db`select state from cases order by number`).map(({ state }) => state)).toContain('pending');
  await using own = await startMovable({ discord, env });
  const { bot, advance } = own;
  const all = async () => {
    advance(300);
    const [run] = await database.db`select state from mass_runs`;
    return [
      ...(await database.db`select type, state from cases order by number`).map((one) => Object.values(one).join(' ')),
      run?.state,
    ];
  };
  const ofTheRun = Array.from({ length: 3 }, () => 'ban void');
  await expect
    .poll(all, { ...PATIENCE, interval: 600 })
    .toEqual(['ban done', 'ban void', ...ofTheRun, 'unban done', 'stopped']);
  await bot.logged(({ msg }) => msg === 'something was left that nothing went on with');
});
