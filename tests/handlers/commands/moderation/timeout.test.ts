import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../bot.ts';
import { auditOf, casesOf, lettersTo, order } from './moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** A bot and a Discord whose clock the test moves. */
async function startAtNoon() {
  const clock = { now: NOON };
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now }));
  const bot = opened.use(await startBot({ discord, now: () => new Date(clock.now) }));
  const after = (ms: number) => {
    clock.now = NOON + ms;
    bot.app.timers.wake();
  };
  const until = () => {
    const member = discord.state.guilds.get(discord.guildId)?.members.get(discord.people.member);
    const at = member?.communication_disabled_until;
    return at ? Date.parse(at) - NOON : undefined;
  };
  const owned = opened.move();
  return { bot, discord, after, until, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

test('a timeout can be extended and shortened, and ended', async () => {
  await using own = await startAtNoon();
  const { bot, until } = own;
  const to = (duration: string) => order(bot, 'timeout', { member: 'member', duration });
  expect(await to('1h30m')).toContain('**Case 1** · timeout of');
  expect(until()).toBe(1.5 * HOUR);
  await to('3 days');
  expect(until()).toBe(3 * DAY);
  await to('10 minutes');
  expect(until()).toBe(HOUR / 6);
  expect(lettersTo(bot, 'member')).toHaveLength(3);
  expect(await order(bot, 'untimeout', { member: 'member', reason: 'enough' })).toContain(
    '**Case 4** · end of timeout',
  );
  expect(until()).toBeUndefined();
  expect(await order(bot, 'untimeout', { member: 'member' })).toContain('They are not in timeout');
  expect((await casesOf(bot)).map(({ endedAt }) => endedAt !== null)).toEqual([true, true, true, false]);
});

test('over 28 days a timeout is renewed by the bot until its end', async () => {
  await using own = await startAtNoon();
  const { bot, discord, after, until } = own;
  await order(bot, 'timeout', { member: 'member', duration: '60 days' });
  expect(until()).toBeGreaterThan(27.9 * DAY);
  expect(until()).toBeLessThanOrEqual(28 * DAY);
  after(27 * DAY);
  await expect.poll(until).toBeGreaterThan(54.9 * DAY);
  after(54 * DAY);
  await expect.poll(until).toBe(60 * DAY);
  const open = () => bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId });
  await expect.poll(async () => (await open())[0]?.dueAt.getTime()).toBe(NOON + 60 * DAY);
  after(60 * DAY);
  await expect.poll(async () => (await casesOf(bot))[0]?.endedAt?.getTime()).toBe(NOON + 60 * DAY);
  expect(await open()).toEqual([]);
  expect(auditOf(bot)).toHaveLength(3);
});

test('what a moderator has lifted in Discord is not renewed; who is away for a while is asked for again', async () => {
  await using own = await startAtNoon();
  const { bot, discord, after, until } = own;
  const path = `/guilds/${discord.guildId}/members/${discord.people.member}`;
  await order(bot, 'timeout', { member: 'member', duration: '60 days' });
  await discord.leave('member');
  after(27 * DAY);
  const next = async () =>
    (await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId }))[0]?.dueAt.getTime();
  await expect.poll(next).toBe(NOON + 28 * DAY);
  await discord.join('member');
  after(28 * DAY);
  await expect.poll(until).toBeGreaterThan(55 * DAY);
  await discord.rest('PATCH', path, { as: 'owner', body: { communication_disabled_until: null } });
  after(55 * DAY);
  await expect.poll(async () => (await casesOf(bot))[0]?.endedAt).not.toBeNull();
  expect(until()).toBeUndefined();
});

test('administrators, oneself, the owner, who is not here, spans that are none, and who may not', async () => {
  await using own = await startAtNoon();
  const { bot, discord } = own;
  const say = (member: string, duration = '1h', as = 'moderator') => order(bot, 'timeout', { member, duration }, as);
  expect(await say('moderator')).toContain('That would be you');
  expect(await say('owner')).toContain('owns this server');
  expect(await say('member', '10')).toContain('10 of what?');
  expect(await say('member', '5 s')).toContain('or more');
  expect(await say('member', '3 years')).toContain('or less');
  expect(await say('newcomer', '1h', 'member')).toContain('Timeout Members');
  const admin = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, {
    as: 'owner',
    body: { name: 'a', permissions: '8' },
  });
  const { id } = admin as { id: string };
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${discord.people.member}/roles/${id}`, { as: 'owner' });
  expect(await say('member')).toContain('nobody put administrators in timeout');
  await discord.leave('newcomer');
  expect(await say('newcomer')).toContain('is not in this server');
  expect(await casesOf(bot)).toEqual([]);
});
