import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { connect } from '../../../src/db/connect.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { openModeration } from '../../../src/services/moderation/moderation.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase, silent } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { confirmed } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';
import { alertTo, frozenIn, PATIENCE, untilFrozen } from './braked.ts';

vi.setConfig({ testTimeout: 120_000 });

/** The cases in a database that several bots share. */
function casesIn(bot: TestBot) {
  return casesOf({ ...bot, db: bot.app.db });
}

test('one ban too many is not done: the rank is frozen, log and owner are told, and only the owner gives it back', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await bot.set('moderation', { brakeBans: 2 });
  const [one = '', two = '', three = ''] = await bot.discord.join(3);
  for (const who of [one, two]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: three })).toContain('Your rank is frozen');
  expect(bannedIn(bot).toSorted()).toEqual([one, two].toSorted());
  expect((await casesOf(bot)).map(({ state }) => state)).toEqual(['done', 'done', 'void']);
  await untilFrozen(bot);
  expect(await order(bot, 'warn', { member: 'member', reason: 'a' })).toContain('Your rank is frozen here');
  expect(await order(bot, 'permissions explain', { command: 'ban' })).toContain('theirs is frozen');
  expect(await order(bot, 'permissions unfreeze', { member: 'moderator' })).toContain('Your rank is frozen here');
  await alertTo(bot);
  const disarming = () => bot.db`select 1 from timers where kind = 'brake-disarm' and done_at is null`;
  await expect.poll(async () => (await disarming()).length, PATIENCE).toBe(0);
  expect((await casesOf(bot)).map(({ type }) => type)).not.toContain('disarm'); // it is off by default
  expect(lettersTo(bot, 'owner').join()).toContain('A rank is frozen');
  await expect.poll(() => entries().filter((text) => text.includes('A rank is frozen')).length, PATIENCE).toBe(1);
  expect(await order(bot, 'permissions show', {}, 'owner')).toContain('Members whose rank is frozen');
  expect(await order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner')).toContain('has their rank again');
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([]);
  expect(await order(bot, 'ban', { who: three })).toContain('done');
  expect(await order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner')).toContain('is not frozen');
});

test('of what two processes are asked at once exactly as much is let through as may be', async () => {
  await using database = await freshDatabase();
  const [guild, actor] = ['1170000000000000001', '1170000000000000002'];
  await using opened = new AsyncDisposableStack();
  const processes = await Promise.all(
    [1, 2].map(async () => {
      const own = opened.use(await connect({ url: database.url, dataDir: '', log: silent }));
      const settings = opened.use(await openSettings({ database: own, log: silent }));
      const now = () => new Date();
      const timers = opened.use(await openTimerService({ database: own, now }));
      return { settings, moderation: opened.use(await openModeration({ database: own, timers, settings, now })) };
    }),
  );
  await processes[0]?.settings.set(guild, 'moderation', { brakeKicks: 5 }, { by: null });
  const kick = {
    guild,
    type: 'kick',
    targetName: 'x',
    actor: { id: actor, name: 'gentoo' },
    source: 'command',
  } as const;
  await Promise.all(
    Array.from({ length: 20 }, (_, at) =>
      processes[at % 2]?.moderation.order({ ...kick, target: String(1_180_000_000_000_000_000n + BigInt(at)) }),
    ),
  );
  const warning = { guild, type: 'warn', targetName: 'x', actor: kick.actor, source: 'command' } as const;
  await processes[0]?.moderation.order({ ...warning, target: '1180000000000000099' }); // nothing else of theirs is done either
  const states = await database.db`select state, count(*)::int as count from cases group by state order by state`;
  expect(states).toEqual([
    { state: 'pending', count: 5 },
    { state: 'void', count: 16 },
  ]);
  const [counts] = await database.db`
    select (select count(*)::int from brakes) as brakes,
      (select count(*)::int from timers where kind = 'brake-alert') as alerts,
      (select count(*)::int from timers where kind = 'moderation') as acts`;
  expect(counts).toEqual({ brakes: 1, alerts: 1, acts: 5 });
});

test('what was done while the bot was away counts, and whoever was frozen before a restart is so after it', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const raid = await discord.join(4);
  const ban = (id: string | undefined) =>
    discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: 'moderator' });
  {
    await using bot = await startBot(options);
    await bot.set('moderation', { brakeBans: 2 });
    await ban(raid[0]);
    await expect.poll(async () => (await casesIn(bot)).length, PATIENCE).toBe(1);
  }
  for (const id of raid.slice(1)) await ban(id);
  let pressed: Awaited<ReturnType<typeof alertTo>> | undefined;
  {
    // Hours later it counts all the same by when it was done.
    await using bot = await startBot({ ...options, now: () => new Date(Date.now() + 3 * 3_600_000) });
    await untilFrozen(bot);
    pressed = await alertTo(bot);
  }
  await using bot = await startBot(options);
  expect(await order(bot, 'ban', { who: 'newcomer' })).toContain('Your rank is frozen here');
  expect(saidIn(await discord.click(pressed.message, pressed.undo, { as: 'owner' }))).toContain('4 cases');
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
  expect(saidIn(await discord.click(pressed.message, pressed.lift, { as: 'owner' }))).toContain('has their rank again');
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([]);
  expect(await order(bot, 'ban', { who: 'newcomer' })).toContain('done');
});

test('roles that let people moderate and what is deleted count by the audit log; other roles do not', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles, people } = discord;
  await bot.set('moderation', { brakeRoles: 1, brakeDeletions: 1, brakeMessages: 3 });
  const [helper = ''] = await discord.join(1);
  const give = (who: string, role: string, as: string) =>
    discord.rest('PUT', `/guilds/${guildId}/members/${who}/roles/${role}`, { as });
  const roleOf = async (name: string, permissions: bigint) => {
    const made = await discord.rest('POST', `/guilds/${guildId}/roles`, {
      as: 'owner',
      body: { name, permissions: String(permissions) },
    });
    return (made as { readonly id: string }).id;
  };
  const [kicker, banner] = [await roleOf('kicker', 2n), await roleOf('banner', 4n)];
  await give(people.newcomer, roles.owner, 'owner');
  await give(people.member, kicker, 'newcomer');
  await give(helper, roles.member, 'newcomer');
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(1);
  expect(await frozenIn(bot)).toEqual([]);
  const both = { as: 'newcomer', body: { roles: [roles.member, kicker, banner] } };
  await discord.rest('PATCH', `/guilds/${guildId}/members/${helper}`, both);
  await untilFrozen(bot, 'newcomer');
  const { message, undo } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain('gave more roles');
  await discord.click(message, undo, { as: 'owner' });
  const rolesOf = (who: string) => discord.state.guilds.get(guildId)?.members.get(who)?.roles;
  await expect.poll(() => rolesOf(helper), PATIENCE).toEqual([roles.member]);
  await expect.poll(() => rolesOf(people.member), PATIENCE).not.toContain(kicker);
  const again = async () => {
    await order(bot, 'permissions unfreeze', { member: 'newcomer' }, 'owner');
    await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([]);
  };
  await again();
  await discord.rest('DELETE', `/channels/${discord.channels.random}`, { as: 'newcomer' });
  await discord.rest('DELETE', `/guilds/${guildId}/roles/${banner}`, { as: 'newcomer' });
  await untilFrozen(bot, 'newcomer');
  const deleted = (await casesOf(bot)).filter(({ type }) => type.endsWith('-delete'));
  expect(deleted.map(({ type }) => type)).toEqual(['channel-delete', 'role-delete']);
  expect(await order(bot, 'case view', { number: deleted[0]?.number }, 'owner')).toContain('#random');
  await again();
  const spam = await Promise.all([1, 2, 3, 4].map(() => discord.message({ as: 'member', content: 'spam' })));
  const messages = { as: 'newcomer', body: { messages: spam.map(({ id }) => id) } };
  await discord.rest('POST', `/channels/${discord.channels.general}/messages/bulk-delete`, messages);
  await untilFrozen(bot, 'newcomer');
  expect(await order(bot, 'case view', { number: 9 }, 'owner')).toContain('4 messages');
});

test('roles that let nobody moderate count for nothing, also where a server has cases made of them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles } = discord;
  await bot.set('moderation', { brakeRoles: 1, recorded: ['roles'] });
  const giver = discord.people.newcomer;
  await discord.rest('PUT', `/guilds/${guildId}/members/${giver}/roles/${roles.owner}`, { as: 'owner' });
  const make = async (name: string, permissions: string) => {
    const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name, permissions } });
    return (made as { readonly id: string }).id;
  };
  const [kicker, event] = [await make('kicker', '2'), await make('event', '0')];
  const crowd = await discord.join(4);
  const give = (who: string | undefined, role: string) =>
    discord.rest('PUT', `/guilds/${guildId}/members/${who}/roles/${role}`, { as: giver });
  for (const who of crowd) await give(who, event);
  await give(crowd[0], kicker);
  const given = async () =>
    (await casesOf(bot)).filter(({ type, actor }) => type === 'role-add' && actor === giver).length;
  await expect.poll(given, PATIENCE).toBe(5);
  expect(await frozenIn(bot)).toEqual([]);
  await give(crowd[1], kicker);
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([giver]);
  const { message, undo } = await alertTo(bot);
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
});

test('members who are removed by one entry of the audit log count each', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 2 });
  const guild = bot.app.discord.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error('the bot knows no server');
  const entry = {
    id: '1182000000000000001',
    action: 21,
    target: null,
    executor: discord.people.moderator,
    reason: null,
  };
  await bot.app.foreignActions.heard(guild, { ...entry, id: snowflakeAt(Date.now()), changes: [], count: 3 });
  await untilFrozen(bot);
  expect(await order(bot, 'case view', { number: 1 }, 'owner')).toContain('3 members');
});

test('what somebody ordered before they were frozen is not done after that', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 1 });
  const [a = '', b = '', c = ''] = await discord.join(3);
  const { moderator } = discord.people;
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${moderator}/roles/${discord.roles.owner}`, {
    as: 'owner',
  });
  const away = { kind: 'status', status: 503 } as const;
  const lifts = [
    discord.faults.rest(/\/bans\//, away, { method: 'PUT' }),
    discord.faults.rest(/\/channels\/\d+$/, away, { method: 'PATCH' }),
  ];
  const ordering = Promise.all([order(bot, 'ban', { who: a }), order(bot, 'slowmode', { wait: '30 seconds' })]);
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(2);
  for (const id of [b, c])
    await discord.rest('DELETE', `/guilds/${discord.guildId}/members/${id}`, { as: 'moderator' });
  await untilFrozen(bot);
  for (const lift of lifts) lift();
  await ordering;
  const states = async () => (await casesOf(bot)).slice(0, 2).map(({ state }) => state);
  await expect.poll(states, PATIENCE).toEqual(['void', 'void']);
  expect(await order(bot, 'case view', { number: 1 }, 'owner')).toContain('is frozen');
  expect(bannedIn(bot)).toEqual([]);
});

test('what the bot does by the rules of the server is told of and goes on', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeBans: 1, ladder: [{ points: 1, action: 'ban' }] });
  const people = await bot.discord.join(4);
  for (const member of people) await order(bot, 'warn', { member, reason: 'spam', points: 1 }, 'owner');
  await expect.poll(() => bannedIn(bot).toSorted(), PATIENCE).toEqual(people.toSorted());
  const { message, undo } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain('I am doing a lot');
  expect(await frozenIn(bot)).toEqual([]);
  const brakes = await bot.db`select lifted_at as lifted from brakes`;
  expect(brakes).toHaveLength(2); // told at the second, and at the fourth, two after that
  expect(saidIn(await bot.discord.click(message, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
});

test('an evening of a busy moderator trips nothing as it comes', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const raid = await discord.join(40);
  expect((await confirmed(bot, 'massban', { ids: raid.slice(0, 20).join(' ') })).begun).toContain('It has begun');
  for (const who of raid.slice(20, 25)) expect(await order(bot, 'ban', { who })).toContain('done');
  for (const member of raid.slice(25, 30)) expect(await order(bot, 'kick', { member })).toContain('done');
  for (const member of raid.slice(30, 40)) await order(bot, 'timeout', { member, duration: '1 hour' });
  for (let at = 0; at < 40; at += 1) await discord.message({ as: 'member', channel: 'general', content: 'spam' });
  expect(await order(bot, 'purge', { count: 40 })).toContain('40 messages');
  await expect.poll(() => bannedIn(bot).length, PATIENCE).toBe(25);
  expect(await frozenIn(bot)).toEqual([]);
  expect(await bot.db`select 1 from brakes`).toHaveLength(0);
});

test('that the owner takes no letter stands in the log', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  await bot.set('moderation', { brakeBans: 1 });
  bot.discord.faults.rest(
    '/users/@me/channels',
    { kind: 'status', status: 403, body: { code: 50_007, message: 'Cannot send messages to this user' } },
    { method: 'POST' },
  );
  const [one = '', two = ''] = await bot.discord.join(2);
  for (const who of [one, two]) await order(bot, 'ban', { who });
  await expect
    .poll(
      () =>
        entries()
          .filter((text) => text.includes('A rank is frozen'))
          .join(),
      PATIENCE,
    )
    .toContain('takes no direct messages');
  expect(await bot.db`select owner_told as told from brakes`).toEqual([{ told: 'closed' }]);
});

test('the owner is never stopped, 0 is no limit, and nobody else changes the limits', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  expect(await order(bot, 'config brake', { bans: 1, kicks: 0 }, 'owner')).toContain('at most 1');
  await bot.set('permissions', { people: { [discord.people.moderator]: 9 } });
  expect(await order(bot, 'config brake', { bans: 0 })).toContain('Only the owner');
  expect(await order(bot, 'config brake', {})).toContain('at most 1');
  const raid = await discord.join(6);
  for (const who of raid.slice(0, 2)) expect(await order(bot, 'ban', { who }, 'owner')).toContain('done');
  for (const id of raid.slice(2, 4))
    await discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: 'owner' });
  for (const member of raid.slice(4)) expect(await order(bot, 'kick', { member })).toContain('done');
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(6);
  expect(await frozenIn(bot)).toEqual([]);
});
