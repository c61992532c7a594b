import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import type { NewAction } from '../../../src/services/moderation/moderation.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { auditOf, bannedIn, casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const PATIENCE = { timeout: 60_000 };
const BAN = '/guilds/{guild_id}/bans/{user_id}';
const MEMBER = '/guilds/{guild_id}/members/{user_id}';
const AWAY = { kind: 'status', status: 503 } as const;
const FORBIDDEN = { kind: 'status', status: 403, body: { code: 50_013, message: 'Missing Permissions' } } as const;
const TRIED_AGAIN = 'a timer could not be delivered and is tried again';
const ADMINISTRATOR = '8';

/** A bot and a Discord whose clock the test moves. */
async function startAtNoon() {
  const clock = { now: NOON };
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now }));
  const bot = opened.use(await startBot({ discord, now: () => new Date(clock.now) }));
  const advance = (ms: number) => {
    clock.now += ms;
    bot.app.timers.wake();
  };
  /** What is so when the clock has moved on. */
  const meanwhile = <T>(ms: number, look: () => T): T => {
    advance(ms);
    return look();
  };
  const owned = opened.move();
  return { bot, discord, clock, advance, meanwhile, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

/** Orders an action as the moderator's command would, and waits for nothing. */
async function ordered({ app, discord }: TestBot, type: string, more: Partial<NewAction> = {}) {
  const actor = { id: discord.people.owner ?? '', name: 'adelie' };
  const about = { guild: discord.guildId, target: discord.people.newcomer ?? '', targetName: 'newcomer' };
  await app.moderation.order({ ...about, type, actor, source: 'command', ...more });
}

async function ends(bot: TestBot) {
  return (await casesOf(bot)).map(({ type, state, voidReason }) => [type, state, voidReason?.key ?? null]);
}

test('a ban whose time ran out before it could be done is not told of', async () => {
  await using own = await startAtNoon();
  const { bot, discord, advance } = own;
  const lift = discord.faults.rest(MEMBER, AWAY);
  await ordered(bot, 'ban', { until: new Date(NOON + 60_000) });
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  lift();
  advance(120_000);
  await expect.poll(() => ends(bot), PATIENCE).toEqual([['ban', 'void', 'moderation.refused.tooLate']]);
  expect(lettersTo(bot, 'newcomer')).toEqual([]);
});

test('who was told of a ban that Discord then refuses is told that it was not done', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  discord.faults.rest(BAN, FORBIDDEN, { method: 'PUT' });
  await ordered(bot, 'ban');
  await expect
    .poll(() => lettersTo(bot, 'newcomer'), PATIENCE)
    .toEqual([expect.stringContaining('You are banned from'), expect.stringContaining('was not done')]);
  expect(await ends(bot)).toEqual([['ban', 'void', 'moderation.refused.permissions']]);
});

test('a letter names the server also where this process does not have it', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  const name = bot.app.discord.guilds.cache.get(discord.guildId)?.name ?? '?';
  bot.app.discord.guilds.cache.delete(discord.guildId);
  await ordered(bot, 'ban');
  await expect.poll(() => lettersTo(bot, 'newcomer'), PATIENCE).toEqual([expect.stringContaining(name)]);
});

test('a timeout that Discord does not let the bot renew is told of once, and renewed when it does', async () => {
  await using own = await startAtNoon();
  const { bot, discord, advance, meanwhile } = own;
  const entries = await withLog(bot);
  const { guildId, people } = discord;
  const until = () => discord.state.guild(guildId).members.get(people.newcomer ?? '')?.communication_disabled_until;
  await order(bot, 'timeout', { member: 'newcomer', duration: '60 days' });
  const first = Date.parse(until() ?? '');
  const role = await discord.rest('POST', `/guilds/${guildId}/roles`, {
    ...{ as: 'owner', body: { name: 'chief', permissions: ADMINISTRATOR } },
  });
  const { id } = role as { id: string }; // what Discord answers
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.newcomer}/roles/${id}`, { as: 'owner' });
  advance(27 * DAY);
  const troubles = () => entries().filter((text) => text.includes('I try again every six hours'));
  await expect.poll(troubles, PATIENCE).toEqual([expect.stringContaining('Case 1')]);
  const looks = async () =>
    (await bot.db`select due_at from timers where kind = 'moderation-end' and done_at is null`)[0]?.due_at;
  const next = await looks();
  await expect.poll(async () => meanwhile(6 * HOUR, looks), { ...PATIENCE, interval: 500 }).not.toEqual(next);
  expect(troubles()).toHaveLength(1);
  expect(await casesOf(bot)).toMatchObject([{ state: 'done', endedAt: null }]);
  await discord.rest('DELETE', `/guilds/${guildId}/members/${people.newcomer}/roles/${id}`, { as: 'owner' });
  const renewed = () => Date.parse(until() ?? '') > first;
  await expect.poll(() => meanwhile(6 * HOUR, renewed), { ...PATIENCE, interval: 500 }).toBe(true);
});

test("a timeout that somebody asks for themselves does not shorten a moderator's that was under way", async () => {
  await using own = await startAtNoon();
  const { bot, discord, meanwhile } = own;
  const lift = discord.faults.rest(MEMBER, AWAY, { method: 'PATCH' });
  await ordered(bot, 'timeout', { until: new Date(NOON + 3 * DAY) });
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  await ordered(bot, 'self-timeout', { until: new Date(NOON + HOUR) });
  lift();
  const all = () => meanwhile(30_000, () => ends(bot));
  await expect.poll(all, { ...PATIENCE, interval: 500 }).toEqual([
    ['timeout', 'done', null],
    ['self-timeout', 'void', 'moderation.already.timeoutUntil'],
  ]);
  const { newcomer = '' } = discord.people;
  const until = discord.state.guild(discord.guildId).members.get(newcomer)?.communication_disabled_until;
  expect(Date.parse(until ?? '')).toBe(NOON + 3 * DAY);
  expect((await casesOf(bot))[0]?.endedAt).toBeNull();
});

test('a role that was given for good a moment before is not given for a time, and so not taken at its end', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  const data = { role: discord.roles.member ?? '' };
  await ordered(bot, 'role-add', { data });
  await ordered(bot, 'role-add', { data, until: new Date(NOON + HOUR) });
  await expect.poll(async () => (await ends(bot)).map(([, state]) => state), PATIENCE).toEqual(['done', 'void']);
  expect(await ends(bot)).toContainEqual(['role-add', 'void', 'moderation.already.hasRole']);
});

test('a ban is done also where an earlier one, lifted unseen, still counts as lasting, and the answer to it was lost', async () => {
  await using own = await startAtNoon();
  const { bot, discord, meanwhile } = own;
  await ordered(bot, 'ban');
  await expect.poll(() => bannedIn(bot).length, PATIENCE).toBe(1);
  await expect.poll(async () => (await ends(bot))[0]?.[1], PATIENCE).toBe('done');
  discord.state.guild(discord.guildId).bans.clear(); // and the bot has not heard of it
  const lift = discord.faults.rest(BAN, { kind: 'lose-answer' }, { method: 'PUT' });
  await ordered(bot, 'ban');
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  lift();
  const last = () => meanwhile(30_000, async () => (await ends(bot)).at(-1));
  await expect.poll(last, { ...PATIENCE, interval: 500 }).toEqual(['ban', 'done', null]);
});

test('a softban whose ban can not be lifted again says that it stands', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  discord.faults.rest(BAN, FORBIDDEN, { method: 'DELETE' });
  await ordered(bot, 'softban', { data: { deleteDays: 1 } });
  await expect.poll(() => ends(bot), PATIENCE).toEqual([['softban', 'void', 'moderation.refused.banStands']]);
  expect(bannedIn(bot)).toHaveLength(1);
});

test('a softban that is given up says that its ban may stand', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  discord.faults.rest(BAN, AWAY, { method: 'DELETE' });
  await ordered(bot, 'softban', { data: { deleteDays: 1 } });
  await bot.logged(({ msg }) => msg === TRIED_AGAIN);
  await bot.db`update timers set attempts = 35, wake_at = due_at where kind = 'moderation' and done_at is null`;
  bot.app.timers.wake();
  await expect.poll(() => ends(bot), PATIENCE).toEqual([['softban', 'void', 'moderation.refused.halfDone']]);
  const [one] = await casesOf(bot);
  expect(one?.voidReason.params.left.key).toBe('moderation.refused.banMayStand');
});

test('a kick is found in an audit log that is written a moment later', async () => {
  await using own = await startAtNoon();
  const { bot, discord, meanwhile } = own;
  discord.faults.rest(MEMBER, { kind: 'lose-answer' }, { method: 'DELETE', times: 1 });
  const lift = discord.faults.rest('/guilds/{guild_id}/audit-logs', {
    kind: 'status',
    status: 200,
    body: { audit_log_entries: [] },
  });
  await ordered(bot, 'kick');
  await bot.logged(({ msg, error }) => msg === TRIED_AGAIN && error?.name === 'LogBehindError');
  lift();
  await expect
    .poll(() => meanwhile(3_000, () => ends(bot)), { ...PATIENCE, interval: 500 })
    .toEqual([['kick', 'done', null]]);
  expect(auditOf(bot)).toHaveLength(1);
});

test('an order that Discord sends again is one order', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  const again = Promise.withResolvers<void>();
  const { listeners } = discord.state;
  const listener = (happening: Parameters<typeof discord.state.emit>[0]) => {
    if (happening.t !== 'INTERACTION_CREATE') return;
    listeners.delete(listener);
    discord.state.emit(happening);
    again.resolve();
  };
  listeners.add(listener);
  await order(bot, 'warn', { member: 'newcomer', reason: 'be kind', points: 3 });
  await again.promise;
  await bot.app.inFlight.idle({ deadlineMs: 20_000 });
  expect(await ends(bot)).toEqual([['warn', 'done', null]]);
  expect(lettersTo(bot, 'newcomer')).toHaveLength(1);
});

test('what was done last while the bot was away becomes a case, however much was done before', async () => {
  await using bot = await startBot();
  const { guildId, people, state } = bot.discord;
  const guild = bot.app.discord.guilds.cache.get(guildId);
  if (!guild) throw new Error('the server is not known');
  const { audit } = state.guild(guildId);
  const PIN = 74;
  const from = Date.now() + 1_000;
  for (let at = 0; at < 5_100; at += 1) {
    audit.push({
      id: snowflakeAt(from + at),
      user_id: people.owner ?? '',
      action_type: PIN,
      target_id: people.member ?? '',
    });
  }
  const KICK = 20;
  audit.push({
    id: snowflakeAt(from + 6_000),
    user_id: people.owner ?? '',
    action_type: KICK,
    target_id: people.newcomer ?? '',
  });
  await bot.app.foreignActions.catchUp(guild, AbortSignal.timeout(60_000));
  expect(await ends(bot)).toEqual([['kick', 'done', null]]);
});
