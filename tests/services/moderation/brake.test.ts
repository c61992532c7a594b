import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { makeUser } from '../../../sandbox/server/state/users.ts';
import { takeNumbers } from '../../../src/db/cases.ts';
import { connect } from '../../../src/db/connect.ts';
import { snowflakeAt } from '../../../src/lib/snowflake.ts';
import { openModeration } from '../../../src/services/moderation/moderation.ts';
import { openSettings } from '../../../src/services/settings/settings.ts';
import { customIdsIn } from '../../../src/services/timers/send-once.ts';
import { openTimerService } from '../../../src/services/timers/timers.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase, silent } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { confirmed, untilOver } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';

vi.setConfig({ testTimeout: 120_000 });

const PATIENCE = { timeout: 30_000, interval: 50 };

const LEFT = { kind: 'status', status: 404, body: { message: 'Unknown Member', code: 10_007 } } as const;

/** Whose rank is frozen, as the server's settings have it. */
async function frozenIn({ app, discord }: TestBot): Promise<readonly string[]> {
  return (await app.settings.of(discord.guildId, 'permissions')).frozen;
}

async function untilFrozen(bot: TestBot, person = 'moderator'): Promise<void> {
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([bot.discord.people[person]]);
}

/** The cases in a database that several bots share. */
function casesIn(bot: TestBot) {
  return casesOf({ ...bot, db: bot.app.db });
}

/** The owner's direct message, once it is there. */
async function alertTo({ discord }: TestBot) {
  const find = () => {
    const dm = [...discord.state.channels.values()].find(({ recipients }) =>
      recipients?.some(({ id }) => id === discord.people.owner),
    );
    return dm && discord.state.messages.list(dm.id, { limit: 10 }).find((one) => customIdsIn(one).length > 0);
  };
  await expect.poll(() => find() !== undefined, PATIENCE).toBe(true);
  const message = find();
  if (!message) throw new Error('there is no alert');
  const [undo = '', lift = ''] = customIdsIn(message);
  return { message, undo, lift };
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

/** The message with buttons in a channel, once it is there. */
async function messageIn({ discord }: TestBot, channel: string) {
  const find = () =>
    discord.state.messages
      .list(discord.channels[channel] ?? '', { limit: 50 })
      .find((one) => customIdsIn(one).length > 0);
  await expect.poll(() => find() !== undefined, PATIENCE).toBe(true);
  const message = find();
  if (!message) throw new Error('there is no message');
  return message;
}

/** A bot of somebody else's, with the role of the moderators. */
async function foreignBot({ discord }: TestBot): Promise<string> {
  const { state, guildId, roles } = discord;
  const id = '1181000000000000001';
  state.users.set(id, makeUser({ id, username: 'skua', bot: true }));
  await discord.join(id);
  await discord.rest('PUT', `/guilds/${guildId}/members/${id}/roles/${roles.moderator}`, { as: 'owner' });
  return id;
}

test('a bot of somebody else that bans 20 is frozen and told of, and the owner takes all of it back by a press', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 19 });
  const skua = await foreignBot(bot);
  const raid = await discord.join(20);
  for (const id of raid) await discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: skua });
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([skua]);
  const { message, undo, lift } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain('banned more people');
  expect(JSON.stringify(message.components)).toContain('What they did (20)');
  expect(message.mentions).toEqual([]);
  const inLog = await messageIn(bot, 'mod-log');
  expect(customIdsIn(inLog)).toContain(undo);
  expect(saidIn(await discord.click(inLog, undo, { as: 'moderator', unchecked: true }))).toContain('Only the owner');
  expect(saidIn(await discord.click(inLog, lift, { as: 'moderator', unchecked: true }))).toContain('Only the owner');
  expect(bannedIn(bot)).toHaveLength(20);
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('20 cases are being taken back');
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
  expect((await casesOf(bot)).slice(20)).toMatchObject(
    raid.map((_, at) => ({ type: 'unban', actor: discord.people.owner, reason: `takes back case ${at + 1}` })),
  );
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('nothing more to take back');
  expect(saidIn(await discord.click(message, lift, { as: 'owner' }))).toContain('has their rank again');
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([]);
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

test('without a log a second person is asked where everybody reads, and shown alone who wants what', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeBans: 2 });
  const raid = await discord.join(3, { names: ['secret_one'] });
  await confirmed(bot, 'massban', { ids: raid.join(' '), reason: 'quiet reason' });
  const message = await messageIn(bot, 'general');
  const shown = JSON.stringify(message);
  for (const secret of ['secret_one', 'quiet reason', discord.people.moderator, ...raid])
    expect(shown).not.toContain(secret);
  expect(message.attachments).toEqual([]);
  const [confirm = '', list = ''] = customIdsIn(message);
  expect(saidIn(await discord.click(message, list, { as: 'member', unchecked: true }))).toContain('Ban Members');
  const reply = await discord.click(message, list, { as: 'owner' });
  expect(saidIn(reply)).toContain('quiet reason');
  expect([reply.message, ...reply.followUps].flatMap((one) => one?.attachments ?? [])).toHaveLength(1);
  const asked = [discord.people.moderator, discord.people.owner];
  const saysWho = ({ components }: { readonly components?: unknown }) =>
    asked.some((id) => JSON.stringify(components ?? []).includes(`<@${id}>`));
  const pressed = await discord.click(message, confirm, { as: 'owner', deadlineMs: 60_000 });
  expect(saidIn(pressed)).toContain('wanted it');
  const [answer] = [pressed.message, ...pressed.followUps].filter((one) => one && saysWho(one));
  expect((answer?.flags ?? 0) & 64).toBe(64);
  await untilOver(bot);
  expect(bannedIn(bot).toSorted()).toEqual(raid.toSorted());
  // Nobody who reads there learns who it was, not even afterwards.
  const after = discord.state.messages.list(discord.channels.general, { limit: 10 });
  expect(after.filter((one) => ((one.flags ?? 0) & 64) === 0 && saysWho(one))).toEqual([]);
  expect(JSON.stringify(discord.state.messages.get(message.id))).toContain('it has begun');
  expect(customIdsIn(discord.state.messages.get(message.id))).toEqual([]);
});

test('what is too much for one is done when a second person confirms it, and counts for neither', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 2 });
  await discord.rest(
    'PUT',
    `/guilds/${discord.guildId}/members/${discord.people.member}/roles/${discord.roles.moderator}`,
    {
      as: 'owner',
    },
  );
  const [a = '', b = '', c = '', d = '', e = '', f = ''] = await discord.join(6);
  const ban = (...ids: string[]) => ({ ids: ids.join(' '), reason: 'raid' });
  const asked = await confirmed(bot, 'massban', ban(a, b, c));
  expect(asked.begun).toContain('Somebody else who may use the command, or the owner, has to confirm it');
  expect(bannedIn(bot)).toEqual([]);
  const message = await messageIn(bot, 'mod-log');
  const [press = ''] = customIdsIn(message);
  expect(JSON.stringify(message.components)).toContain('raid');
  const pressed = async (as: string) =>
    saidIn(await discord.click(message, press, { as, deadlineMs: 60_000, unchecked: true }));
  expect(await pressed('moderator')).toContain('You asked for it: somebody else has to confirm it');
  expect(await pressed('newcomer')).toContain('Ban Members');
  expect(bannedIn(bot)).toEqual([]);
  const said = await Promise.all([pressed('member'), pressed('member')]);
  expect(said.filter((one) => one.includes('confirmed it'))).toHaveLength(1);
  await untilOver(bot);
  expect(bannedIn(bot).toSorted()).toEqual([a, b, c].toSorted());
  const [logged] = discord.state.messages.list(discord.channels['mod-log'], { limit: 1 });
  expect(JSON.stringify(logged?.components)).toContain('confirmed by');
  for (const who of [d, e]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await frozenIn(bot)).toEqual([]);
  expect(await order(bot, 'ban', { who: f })).toContain('Your rank is frozen');
  const { undo, message: alert } = await alertTo(bot);
  expect(saidIn(await discord.click(alert, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  await expect.poll(() => bannedIn(bot).toSorted(), PATIENCE).toEqual([a, b, c].toSorted());
});

test('what two confirmed before the time that counts, and is done in it, is not taken back with the rest', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  // The clock moves on between two batches.
  const later = () => ((discord.state.guilds.get(discord.guildId)?.bans.size ?? 0) > 0 ? 11 * 60_000 : 0);
  await using bot = await startBot({ discord, now: () => new Date(Date.now() + later()) });
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 2, brakeMinutes: 10 });
  const raid = await discord.join(8);
  const [one = '', two = '', three = ''] = await discord.join(3);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const message = await messageIn(bot, 'mod-log');
  await discord.click(message, customIdsIn(message)[0] ?? '', { as: 'owner', deadlineMs: 60_000 });
  expect((await untilOver(bot)).run).toMatchObject({ state: 'done' });
  for (const who of [one, two]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: three })).toContain('Your rank is frozen');
  const { undo, message: alert } = await alertTo(bot);
  expect(saidIn(await discord.click(alert, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  await expect.poll(() => bannedIn(bot).toSorted(), PATIENCE).toEqual(raid.toSorted());
});

test('what was begun for many and not done to them counts for nothing', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeKicks: 2 });
  const [a = '', b = '', c = '', d = '', e = ''] = await bot.discord.join(5);
  await confirmed(bot, 'masskick', { ids: `${a} ${b}` }, 'moderator', () => {
    for (const id of [a, b]) bot.discord.faults.rest(new RegExp(`/members/${id}$`), LEFT, { method: 'GET' });
  });
  expect((await untilOver(bot)).items.map(({ outcome }) => outcome)).toEqual(['refused', 'refused']);
  for (const member of [c, d]) expect(await order(bot, 'kick', { member })).toContain('done');
  expect(await frozenIn(bot)).toEqual([]);
  expect(await order(bot, 'kick', { member: e })).toContain('Your rank is frozen');
});

test('what one begins of many counts as all its people, and the owner needs nobody', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 3 });
  const [a = '', b = '', c = '', d = '', e = ''] = await discord.join(5);
  const kick = (...ids: string[]) => ({ ids: ids.join(' ') });
  expect((await confirmed(bot, 'masskick', kick(a, b))).begun).toContain('It has begun');
  await untilOver(bot);
  expect((await confirmed(bot, 'masskick', kick(c, d))).begun).toContain('the button is in');
  expect((await confirmed(bot, 'masskick', kick(c, d, e), 'owner')).begun).toContain('It has begun');
  const there = () => discord.state.guilds.get(discord.guildId)?.members;
  await expect.poll(() => [a, b, c, d, e].some((id) => there()?.has(id)), PATIENCE).toBe(false);
  expect(await frozenIn(bot)).toEqual([]);
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

test('what the points of warnings lead to counts for whoever warns: they are frozen, and the owner takes it back', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeBans: 1, ladder: [{ points: 1, action: 'ban' }] });
  const people = await bot.discord.join(4);
  const [first = '', second = ''] = people;
  await order(bot, 'warn', { member: first, reason: 'spam', points: 1 });
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([first]);
  expect(await frozenIn(bot)).toEqual([]);
  await order(bot, 'warn', { member: second, reason: 'spam', points: 1 });
  await untilFrozen(bot);
  for (const member of people.slice(2))
    expect(await order(bot, 'warn', { member, reason: 'spam', points: 1 })).toContain('Your rank is frozen here');
  expect(bannedIn(bot)).toEqual([first]);
  expect((await casesOf(bot)).map(({ type, state }) => `${type} ${state}`)).toEqual([
    'warn done',
    'ban done',
    'warn done',
    'ban void',
  ]);
  const { message, undo } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain(bot.discord.people.moderator);
  expect(saidIn(await bot.discord.click(message, undo, { as: 'owner' }))).toContain('1 case is being taken back');
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
});

test('what cannot be taken back hides nothing that can, and the owner is written to once about all that is refused', async () => {
  let ahead = 0;
  await using bot = await startBot({ now: () => new Date(Date.now() + ahead) });
  const { discord, db } = bot;
  const { guildId, people } = discord;
  await bot.set('moderation', { brakeBans: 3 });
  const raid = await discord.join(4);
  expect(await order(bot, 'ban', { who: raid[0] })).toContain('done');
  // As if 600 had been removed before anybody was banned.
  await db`update case_numbers set last = 601 where guild_id = ${guildId}`;
  await db`
    insert into cases (guild_id, number, type, target_id, target_name, actor_id, actor_name, source, created_at, state)
    select ${guildId}, number, 'kick', 1190000000000000000 + number, 'x', ${people.moderator}, 'm', 'command', now(), 'done'
    from generate_series(2, 601) as number`;
  await db`update cases set ended_at = now() where number = 1`;
  for (const who of raid.slice(1, 3)) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: raid[3] })).toContain('Your rank is frozen');
  const { message, undo } = await alertTo(bot);
  // Somebody has lifted them in Discord, which the bot does not know yet.
  const gone = { kind: 'status', status: 404, body: { message: 'Unknown Ban', code: 10_026 } } as const;
  discord.faults.rest(/\/bans\/\d+$/, gone, { method: 'DELETE' });
  discord.faults.rest(/\/bans\/\d+$/, gone, { method: 'GET' });
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  const told = () => lettersTo(bot, 'owner').filter((text) => text.includes('could not be taken back'));
  await expect.poll(() => told().length, PATIENCE).toBe(1);
  expect(told()[0]).toContain('2 of 2 could not');
  const open = () => db`select 1 from timers where kind = 'moderation-refusal' and done_at is null`;
  expect((await open()).length).toBeGreaterThan(0);
  ahead = 20_000;
  bot.app.timers.wake();
  await expect.poll(async () => (await open()).length, PATIENCE).toBe(0);
  expect(lettersTo(bot, 'owner')).toHaveLength(2);
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

test('where the server wants it, whoever is frozen loses the roles that let them moderate, until the owner gives all back', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles, people } = discord;
  expect(await order(bot, 'config brake', { kicks: 1, 'take-roles': true }, 'owner')).toContain('are taken until');
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.moderator}/roles/${roles.member}`, { as: 'owner' });
  const rolesNow = () =>
    discord.state
      .guild(guildId)
      .members.get(people.moderator ?? '')
      ?.roles.toSorted();
  const before = rolesNow();
  const [one = '', two = '', three = ''] = await discord.join(3);
  const kick = (id: string) => discord.rest('DELETE', `/guilds/${guildId}/members/${id}`, { as: 'moderator' });
  for (const id of [one, two]) await kick(id);
  await expect.poll(rolesNow, PATIENCE).toEqual([roles.member]);
  await expect(kick(three)).rejects.toThrow();
  const { number = 0 } = (await casesOf(bot)).find(({ type }) => type === 'disarm') ?? {};
  await expect
    .poll(async () => (await casesOf(bot)).find(({ type }) => type === 'disarm')?.state, PATIENCE)
    .toBe('done');
  expect(await order(bot, 'case view', { number }, 'owner')).toContain(`<@&${roles.moderator}>`);
  expect(await order(bot, 'undo', { case: number }, 'owner')).toContain('permissions unfreeze');
  const { message, lift } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain('I also take the roles');
  expect(saidIn(await discord.click(message, lift, { as: 'owner' }))).toContain('has their rank again');
  await expect.poll(rolesNow, PATIENCE).toEqual(before);
  await expect
    .poll(async () => (await casesOf(bot)).map(({ type, state }) => `${type} ${state}`), PATIENCE)
    .toContain('rearm done');
});

test('whoever is let out of jail while they are frozen gets no role that moderates, and has it with their rank', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles, people } = discord;
  const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Cell' } });
  await bot.set('jail', { role: (made as { readonly id: string }).id });
  await bot.set('moderation', { brakeKicks: 1, brakeTakesRoles: true });
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.moderator}/roles/${roles.member}`, { as: 'owner' });
  const rolesNow = () => discord.state.guild(guildId).members.get(people.moderator)?.roles.toSorted();
  const before = rolesNow();
  const kicks = await discord.join(2);
  for (const id of kicks) await discord.rest('DELETE', `/guilds/${guildId}/members/${id}`, { as: 'moderator' });
  await expect.poll(rolesNow, PATIENCE).toEqual([roles.member]);
  await order(bot, 'jail', { member: 'moderator' }, 'owner');
  expect(await order(bot, 'unjail', { member: 'moderator' }, 'owner')).toContain(`<@&${roles.moderator}>`);
  expect(rolesNow()).toEqual([roles.member]);
  await order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner');
  await expect.poll(rolesNow, PATIENCE).toEqual(before);
});

test('a role that is taken from somebody while they are frozen does not come back with their rank', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles, people } = discord;
  await bot.set('moderation', { brakeKicks: 1, brakeTakesRoles: true });
  const rolesNow = () => discord.state.guild(guildId).members.get(people.moderator)?.roles;
  const kicks = await discord.join(2);
  for (const id of kicks) await discord.rest('DELETE', `/guilds/${guildId}/members/${id}`, { as: 'moderator' });
  await expect.poll(rolesNow, PATIENCE).toEqual([roles.member]);
  expect(await order(bot, 'role remove', { member: 'moderator', role: roles.moderator }, 'owner')).toContain('done');
  await order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner');
  await expect
    .poll(async () => (await casesOf(bot)).find(({ type }) => type === 'rearm')?.state, PATIENCE)
    .toBe('done');
  expect(rolesNow()).toEqual([roles.member]);
});

test('whoever was in jail before they were frozen has their roles from the owner alone', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Cell' } });
  const { id: jail } = made as { readonly id: string };
  await bot.set('jail', { role: jail });
  await bot.set('moderation', { brakeKicks: 1, brakeTakesRoles: true });
  const rolesNow = () => discord.state.guild(guildId).members.get(people.moderator)?.roles.toSorted();
  const before = rolesNow();
  const kicks = await discord.join(2);
  for (const id of kicks) await discord.rest('DELETE', `/guilds/${guildId}/members/${id}`, { as: 'moderator' });
  await order(bot, 'jail', { member: 'moderator' }, 'owner');
  await expect
    .poll(async () => (await casesOf(bot)).find(({ type }) => type === 'disarm')?.state, PATIENCE)
    .toBe('done');
  expect(rolesNow()).toEqual([jail]);
  await order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner');
  await expect
    .poll(async () => (await casesOf(bot)).find(({ type }) => type === 'rearm')?.state, PATIENCE)
    .toBe('done');
  expect(rolesNow()).toEqual([jail]);
  await order(bot, 'unjail', { member: 'moderator' }, 'owner');
  expect(rolesNow()).toEqual(before);
});

test('roles that could not be given back with the rank are given back when the owner asks again', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, roles, people } = discord;
  const moderator = people.moderator ?? '';
  expect(await order(bot, 'config brake', { kicks: 1, 'take-roles': true }, 'owner')).toContain('are taken until');
  await discord.rest('PUT', `/guilds/${guildId}/members/${moderator}/roles/${roles.member}`, { as: 'owner' });
  for (const id of await discord.join(2))
    await discord.rest('DELETE', `/guilds/${guildId}/members/${id}`, { as: 'moderator' });
  const rolesNow = () => discord.state.guild(guildId).members.get(moderator)?.roles;
  await expect.poll(rolesNow, PATIENCE).toEqual([roles.member]);
  const refused = { kind: 'status', status: 403, body: { message: 'Missing Permissions', code: 50_013 } } as const;
  const lift = discord.faults.rest(new RegExp(`/members/${moderator}$`), refused, { method: 'PATCH' });
  const unfreeze = () => order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner');
  const rearms = async () => (await casesOf(bot)).filter(({ type }) => type === 'rearm').map(({ state }) => state);
  expect(await unfreeze()).toContain('has their rank again');
  await expect.poll(rearms, PATIENCE).toEqual(['void']);
  lift();
  const away = discord.faults.rest(new RegExp(`/members/${moderator}$`), LEFT, { method: 'GET' });
  expect(await unfreeze()).toContain('has their rank already');
  await expect.poll(rearms, PATIENCE).toEqual(['void', 'void']);
  away();
  expect(await unfreeze()).toContain('has their rank already');
  await expect.poll(rolesNow, PATIENCE).toContain(roles.moderator);
  await expect.poll(rearms, PATIENCE).toEqual(['void', 'void', 'done']);
  expect(await unfreeze()).toContain('is not frozen');
});

test('whoever gives a rank back waits for whoever counts in the server, and holds nothing meanwhile', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  await bot.set('moderation', { brakeBans: 1 });
  for (const who of await bot.discord.join(2)) await order(bot, 'ban', { who });
  await untilFrozen(bot);
  const { database } = bot.app;
  const waiting = () =>
    bot.db`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  let lifting: Promise<string> | undefined;
  await database.begin(async (tx) => {
    await takeNumbers(tx, guildId, 0);
    lifting = order(bot, 'permissions unfreeze', { member: 'moderator' }, 'owner');
    await expect.poll(async () => (await waiting()).length, PATIENCE).toBeGreaterThan(0);
    await tx`select 1 from brakes where actor_id = ${people.moderator ?? ''} for update nowait`;
  });
  expect(await lifting).toContain('has their rank again');
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

test('a run goes no further when the rank of whoever asked for it is frozen', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeKicks: 1 });
  const raid = await discord.join(30);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  for (const id of await discord.join(2))
    await discord.rest('DELETE', `/guilds/${discord.guildId}/members/${id}`, { as: 'moderator' });
  const { run } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.frozen' } });
  expect(bannedIn(bot).length).toBeLessThan(30);
});

test('each message that is deleted counts; what was longer ago than the window does not', async () => {
  let now = Date.now();
  await using bot = await startBot({ now: () => new Date(now) });
  const { discord } = bot;
  await bot.set('moderation', { brakeMessages: 1, brakeMinutes: 10 });
  await withLog(bot);
  const purge = async () => {
    await discord.message({ as: 'member', channel: 'general', content: 'to go' });
    return await order(bot, 'purge', { count: 1 });
  };
  expect(await purge()).toContain('1 message');
  now += 11 * 60_000;
  expect(await purge()).toContain('1 message');
  await expect.poll(async () => (await bot.db`select from mass_runs where state = 'done'`).length, PATIENCE).toBe(2);
  expect(await purge()).toContain('Your rank is frozen');
  await untilFrozen(bot);
  // What was read for the one that did not begin is kept nowhere.
  expect(await bot.db`select note from mass_items where note is not null`).toEqual([]);
  expect(await bot.db`select state from mass_runs`).toEqual([{ state: 'done' }, { state: 'done' }]);
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
