import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';
import { casesOf, lettersTo, order } from './moderated.ts';

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;

/** Presses the button that sets the jail up, and says what is made. */
async function setUp(
  bot: TestBot,
): Promise<{ readonly role: string; readonly channel: string; readonly said: string }> {
  const { discord } = bot;
  const reply = await discord.slash('jail', { member: 'member' }, { as: 'moderator', unchecked: true });
  expect(saidIn(reply)).toContain('no jail yet');
  const pressed = await discord.click(reply.message ?? '', 'jail.setup:1', { as: 'owner', unchecked: true });
  const { role = '', channel = '' } = await bot.app.settings.of(discord.guildId, 'jail');
  return { role, channel, said: saidIn(pressed) };
}

function rolesOf({ discord }: TestBot, who: string): readonly string[] | undefined {
  return discord.state.guild(discord.guildId).members.get(discord.people[who] ?? '')?.roles;
}

/** The channels that somebody sees. */
async function seen({ discord }: TestBot, who: string): Promise<readonly string[]> {
  const all = discord.state.channelsOf(discord.state.guild(discord.guildId)).map(({ id }) => id);
  const looks = all.map((id) =>
    discord.rest('GET', `/channels/${id}`, { as: who }).then(
      () => [id],
      () => [],
    ),
  );
  return (await Promise.all(looks)).flat();
}

test('one press makes role and channel and closes the others; jailed, a member sees the jail alone, and then has all again', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const before = await seen(bot, 'member');
  const { role, channel, said } = await setUp(bot);
  expect(said).toContain(`<@&${role}> sees <#${channel}> alone`);
  expect(await seen(bot, 'member')).toEqual(before);
  expect(await order(bot, 'jail', { member: 'member', reason: 'spam' })).toContain('jailing (1 role taken)');
  expect(rolesOf(bot, 'member')).toEqual([role]);
  expect(await seen(bot, 'member')).toEqual([channel]);
  await discord.message({ as: 'member', channel, content: 'why?' });
  expect(lettersTo(bot, 'member')).toEqual([expect.stringContaining('You are in jail in')]);
  expect(await order(bot, 'jail', { member: 'member' })).toContain('in jail already, by case 1');
  expect(await order(bot, 'unjail', { member: 'member' })).toContain('end of jailing');
  expect(rolesOf(bot, 'member')).toEqual([discord.roles.member]);
  expect(lettersTo(bot, 'member').at(-1)).toMatch(/out of jail.*You have your roles again/);
  expect(await seen(bot, 'member')).toEqual(before);
  expect(await order(bot, 'unjail', { member: 'member' })).toContain('They are not in jail');
});

test('who leaves and comes back is jailed again, and let out once has the roles of before', async () => {
  await using bot = await startBot();
  const { role } = await setUp(bot);
  await order(bot, 'jail', { member: 'member' });
  await bot.discord.leave('member');
  await bot.discord.join('member');
  await expect.poll(() => rolesOf(bot, 'member')).toEqual([role]);
  await order(bot, 'unjail', { member: 'member' });
  expect(rolesOf(bot, 'member')).toEqual([bot.discord.roles.member]);
  await bot.discord.leave('member');
  await bot.discord.join('member');
  expect(await bot.app.timers.list({ kind: 'jail-again', guild: bot.discord.guildId })).toEqual([]);
  expect(rolesOf(bot, 'member')).toEqual([]);
});

test('who comes back while they are being let out is not put into jail again', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people, roles } = discord;
  await setUp(bot);
  await order(bot, 'jail', { member: 'member' });
  const slow = { kind: 'slow', ms: 2_000 } as const;
  discord.faults.rest(`/guilds/${guildId}/members/${people.member}`, slow, { method: 'PATCH', times: 1 });
  const asked = order(bot, 'unjail', { member: 'member' });
  const looks = () => discord.requests().filter(({ method, path }) => method === 'GET' && path.includes(people.member));
  const before = looks().length;
  await expect.poll(async () => (await casesOf(bot)).length).toBe(2);
  await expect.poll(() => looks().length).toBeGreaterThan(before);
  await discord.leave('member');
  await discord.join('member');
  const again = () => bot.app.db`select owner_id::text as owner from timers where kind = 'jail-again'`;
  await expect.poll(async () => (await again()).length).toBe(1);
  expect(await asked).toContain('end of jailing');
  await expect.poll(() => bot.app.timers.list({ kind: 'jail-again', guild: guildId })).toEqual([]);
  expect(rolesOf(bot, 'member')).toEqual([roles.member]);
});

test('who comes back while the bot is away is jailed again when it is back; who is not in jail any more is left alone', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const [here = ''] = await discord.join(1);
  const jailed = { role: '' };
  {
    await using bot = await startBot(options);
    jailed.role = (await setUp(bot)).role;
    for (const member of ['member', 'newcomer', here]) await order(bot, 'jail', { member });
    await order(bot, 'unjail', { member: 'newcomer' });
  }
  for (const who of ['member', 'newcomer']) {
    await discord.leave(who);
    await discord.join(who);
  }
  await using bot = await startBot(options);
  await expect.poll(() => rolesOf(bot, 'member')).toEqual([jailed.role]);
  expect(rolesOf(bot, 'newcomer')).toEqual([]);
  const owners = await bot.app.db`select owner_id::text as owner from timers where kind = 'jail-again'`;
  expect(owners.map(({ owner }) => owner)).toEqual([discord.people.member]); // who never left needs nothing
});

test('roles that the bot cannot take stay; one that is deleted meanwhile is not given back', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { role } = await setUp(bot);
  const { guildId, people } = discord;
  const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Event' } });
  const { id: event } = made as { id: string };
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.member}/roles/${event}`, { as: 'owner' });
  const guild = discord.state.guild(guildId);
  const managed = guild.roles.get(event);
  const other = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Booster' } });
  const { id: booster } = other as { id: string };
  const member = guild.members.get(people.member);
  if (!managed || !member) throw new Error('no role or member');
  const boosting = { ...managed, id: booster, name: 'Booster', managed: true };
  guild.setRole(boosting);
  discord.raw('GUILD_ROLE_UPDATE', { guild_id: guildId, role: boosting });
  guild.setMember({ ...member, roles: [...member.roles, booster] });
  expect(await order(bot, 'jail', { member: 'member' })).toContain('2 roles taken');
  expect(rolesOf(bot, 'member')?.toSorted()).toEqual([role, booster].toSorted());
  await discord.rest('DELETE', `/guilds/${guildId}/roles/${event}`, { as: 'owner' });
  const said = await order(bot, 'unjail', { member: 'member' });
  expect(said).toContain(`1 role could not be given back: <@&${event}>`);
  expect(rolesOf(bot, 'member')?.toSorted()).toEqual([discord.roles.member, booster].toSorted());
  expect(lettersTo(bot, 'member').at(-1)).toContain('1 of your roles could not be given back');
});

test('jail for a time ends by itself; asked for again, the new time counts and nothing taken is lost', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const { role } = await setUp(bot);
  await order(bot, 'jail', { member: 'member', duration: '1 hour' });
  await order(bot, 'jail', { member: 'member', duration: '2 hours' });
  clock.now = NOON + HOUR;
  bot.app.timers.wake();
  expect(await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toHaveLength(1);
  expect(rolesOf(bot, 'member')).toEqual([role]);
  clock.now = NOON + 2 * HOUR;
  bot.app.timers.wake();
  await expect.poll(() => rolesOf(bot, 'member')).toEqual([discord.roles.member]);
  await expect.poll(async () => (await casesOf(bot)).map(({ type }) => type)).toEqual(['jail', 'jail', 'unjail']);
});

test('what is taken from somebody in jail, or was theirs for a time that ends there, does not come back', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const { guildId, roles } = discord;
  const { role } = await setUp(bot);
  const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Event' } });
  const { id: event } = made as { id: string };
  const has = async (roleOf: string, more = {}) =>
    await order(bot, 'role temp', { member: 'member', role: roleOf, ...more }, 'owner');
  expect(await has(event, { duration: '1 minute' })).toContain('giving a role');
  await order(bot, 'jail', { member: 'member' });
  expect(rolesOf(bot, 'member')).toEqual([role]);
  clock.now += 2 * 60_000;
  bot.app.timers.wake();
  await expect.poll(async () => (await casesOf(bot))[0]?.endedAt).not.toBeNull();
  await order(bot, 'jail', { member: 'member', duration: '1 hour' }); // takes the first one's place
  await order(bot, 'unjail', { member: 'member' });
  expect(rolesOf(bot, 'member')).toEqual([roles.member]);
  await order(bot, 'role add', { member: 'member', role: event }, 'owner');
  await order(bot, 'jail', { member: 'member' });
  expect(await order(bot, 'role remove', { member: 'member', role: 'member' }, 'owner')).toContain('done');
  expect(await order(bot, 'unjail', { member: 'member' })).not.toContain('could not be given back');
  expect(rolesOf(bot, 'member')).toEqual([event]);
});

test('a role for a time that was made one for good before jail comes back, and one whose time goes on ends later', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const { guildId, roles } = discord;
  await setUp(bot);
  const make = async (name: string) => {
    const made = await discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name } });
    return (made as { readonly id: string }).id;
  };
  const [event, prize] = [await make('Event'), await make('Prize')];
  const change = (what: string, more: object) => order(bot, `role ${what}`, { member: 'member', ...more }, 'owner');
  await change('temp', { role: event, duration: '1 minute' });
  await change('add', { role: event });
  await change('temp', { role: prize, duration: '1 hour' });
  await order(bot, 'jail', { member: 'member' });
  clock.now += 2 * 60_000;
  bot.app.timers.wake();
  await order(bot, 'unjail', { member: 'member' });
  expect(rolesOf(bot, 'member')?.toSorted()).toEqual([roles.member, event, prize].toSorted());
  clock.now += HOUR;
  bot.app.timers.wake();
  await expect.poll(() => rolesOf(bot, 'member')?.toSorted()).toEqual([roles.member, event].toSorted());
});

test('who is jailed anew after the server has chosen another role for that is let out of both', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { role: old } = await setUp(bot);
  await order(bot, 'jail', { member: 'member', duration: '1 hour' });
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name: 'Cell' } });
  const { id: role } = made as { id: string };
  await bot.set('jail', { role });
  await order(bot, 'jail', { member: 'member', duration: '2 hours' });
  expect(rolesOf(bot, 'member')).toEqual([role]);
  await order(bot, 'unjail', { member: 'member' });
  expect(rolesOf(bot, 'member')).toEqual([discord.roles.member]);
  expect(old).not.toBe(role);
});

test('new channels are closed to the role, and set-up names what it may not close', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, channels, roles } = discord;
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, {
    as: 'owner',
    body: { type: 0, allow: '0', deny: String(P.ManageRoles) },
  });
  const { role, said } = await setUp(bot);
  expect(said).toContain(`does not let me close <#${channels.random}>`);
  const made = await discord.rest('POST', `/guilds/${guildId}/channels`, { as: 'owner', body: { name: 'new' } });
  const { id } = made as { id: string };
  await expect
    .poll(() => discord.state.channel(id).permission_overwrites)
    .toEqual([{ id: role, type: 0, allow: '0', deny: String(P.ViewChannel) }]);
});

test('channels that are made while the bot is away are closed to the role when it is back; what is open to it stays so', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  const jail = { role: '' };
  {
    await using bot = await startBot(options);
    jail.role = (await setUp(bot)).role;
  }
  const make = async (name: string, allow?: bigint) => {
    const overwrites = allow === undefined ? [] : [{ id: jail.role, type: 0, allow: String(allow), deny: '0' }];
    const body = { name, permission_overwrites: overwrites };
    const made = await discord.rest('POST', `/guilds/${discord.guildId}/channels`, { as: 'owner', body });
    return (made as { readonly id: string }).id;
  };
  const visible = await make('appeals', P.ViewChannel);
  const hidden = await make('new');
  const { bot: own } = discord.roles;
  const locked = { type: 0, allow: '0', deny: String(P.ManageRoles) };
  const out = await make('locked');
  await discord.rest('PUT', `/channels/${out}/permissions/${own}`, { as: 'owner', body: locked });
  const asked = discord.requests().length;
  await using _bot = await startBot(options);
  const denied = { id: jail.role, type: 0, allow: '0', deny: String(P.ViewChannel) };
  await expect.poll(() => discord.state.channel(hidden).permission_overwrites).toEqual([denied]);
  expect(discord.state.channel(visible).permission_overwrites).toEqual([
    { ...denied, allow: String(P.ViewChannel), deny: '0' },
  ]);
  const since = discord.requests().slice(asked);
  expect(since.filter(({ path }) => path.includes(`/${out}/`))).toEqual([]); // it would be refused
});

test('a channel that loses what closes it to the role is closed again', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { role } = await setUp(bot);
  const path = `/channels/${discord.channels.random}`;
  const own = () => discord.state.channel(discord.channels.random).permission_overwrites?.find(({ id }) => id === role);
  await expect.poll(() => own()?.deny).toBe(String(P.ViewChannel));
  // As Discord does when somebody synchronises it with its category.
  await discord.rest('PATCH', path, { as: 'owner', body: { permission_overwrites: [] } });
  await expect.poll(() => own()?.deny).toBe(String(P.ViewChannel));
  await discord.rest('PUT', `${path}/permissions/${role}`, {
    as: 'owner',
    body: { type: 0, allow: String(P.ViewChannel), deny: '0' },
  });
  await discord.message({ as: 'member', channel: 'general', content: 'x' });
  await order(bot, 'warn', { member: 'member', reason: 'a' });
  expect(own()).toMatchObject({ allow: String(P.ViewChannel), deny: '0' });
});

test('set-up says what Discord refuses, makes nothing twice, and is for those who manage the server', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const body = { message: 'Maximum number of server roles reached (250)', code: 30005 };
  const full = { kind: 'status', status: 400, body } as const;
  discord.faults.rest('/guilds/{guild_id}/roles', full, { method: 'POST', times: 1 });
  const reply = await discord.slash('jail', { member: 'member' }, { as: 'moderator', unchecked: true });
  const press = async (as: string) =>
    saidIn(await discord.click(reply.message ?? '', 'jail.setup:1', { as, unchecked: true }));
  expect(await press('moderator')).toContain('Manage Server');
  expect(await press('owner')).toContain('as many roles as Discord allows');
  expect(await press('owner')).toContain('The jail is ready');
  expect(await press('owner')).toContain('The jail is ready');
  const guild = discord.state.guild(discord.guildId);
  expect([...guild.roles.values()].filter(({ name }) => name === 'Jailed')).toHaveLength(1);
  expect(discord.state.channelsOf(guild).filter(({ name }) => name === 'jail')).toHaveLength(1);
});

test('who is above, not here, or may not, and a role that was moved above the bot', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { role } = await setUp(bot);
  await discord.leave('newcomer');
  expect(await order(bot, 'jail', { member: 'newcomer' })).toContain('is not in this server');
  expect(await order(bot, 'jail', { member: 'owner' })).toContain('owns this server');
  expect(await order(bot, 'jail', { member: 'moderator' }, 'member')).toContain('Timeout Members');
  await discord.rest('PATCH', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: [{ id: role, position: 9 }] });
  expect(await order(bot, 'jail', { member: 'member' })).toContain(`<@&${role}> is not below my highest role`);
  expect(await casesOf(bot)).toEqual([]);
});
