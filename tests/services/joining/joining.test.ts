import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { welcomeOnceBack } from '../../../src/services/joining/missed-joins.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { Setter } from '../../handlers/commands/settings/config/setter.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });
const PATIENCE = { timeout: 60_000 };
const MESSAGES = '/channels/{channel_id}/messages';
const ROLE = '/guilds/{guild_id}/members/{user_id}/roles/{role_id}';

const owner = { as: 'owner' } as const;

/** What stands in a channel, the oldest first. */
function said({ discord }: TestBot, channel = 'general'): readonly string[] {
  const messages = discord.state.messages.list(discord.channels[channel] ?? '', { limit: 100 }).toReversed();
  return messages.filter(({ author }) => author.id === discord.state.bot.id).map((one) => one.content || cardOf(one));
}

function cardOf(message: object): string {
  return JSON.stringify(message);
}

function rolesOf({ discord }: TestBot, who: string): readonly string[] {
  return discord.state.guild(discord.guildId).members.get(who)?.roles ?? [];
}

async function makeRole({ discord }: TestBot, permissions = 0n): Promise<string> {
  const body = { name: 'fledgling', permissions: String(permissions) };
  const { id } = (await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { ...owner, body })) as { id: string };
  return id;
}

/** A server that welcomes and gives a role. */
async function startWelcoming(): Promise<{ bot: TestBot; role: string }> {
  const bot = await startBot();
  const role = await makeRole(bot);
  await bot.set('welcome', {
    channel: bot.discord.channels.general,
    texts: ['Hello {name}'],
    farewells: ['Bye {name}'],
  });
  await bot.set('joinRoles', { people: [role] });
  return { bot, role };
}

test('whoever joins is welcomed in the channel and by letter, and given the roles', async () => {
  const { bot, role } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  await bot.set('welcome', {
    texts: ['{member}, you are {name} on {server}{line}no. { count }, see {channel:#random} and {channel:moon}'],
    letters: ['Hello, {name}'],
  });
  const [id = ''] = await discord.join(1, { names: ['*gull*'] });
  await expect.poll(() => said(bot), PATIENCE).toHaveLength(1);
  const count = discord.state.guild(discord.guildId).members.size;
  expect(said(bot)[0]).toBe(
    `<@${id}>, you are \\*gull\\* on Rockhopper Colony\nno. ${count}, see <#${discord.channels.random}> and \\#moon`,
  );
  const [message] = discord.state.messages.list(discord.channels.general ?? '', { limit: 1 });
  expect(message?.mentions.map((one) => one.id)).toEqual([id]);
  await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
  const dm = await bot.app.discord.users.createDM(id);
  await expect
    .poll(() => discord.state.messages.list(dm.id, { limit: 5 }).map(({ content }) => content), PATIENCE)
    .toEqual(['Hello, \\*gull\\*']);
});

test.each([
  ['the welcome', MESSAGES, 'a new member could not be welcomed', 'warn'],
  ['the role', ROLE, 'a new member could not be given a role', 'error'],
] as const)(
  'where %s is refused the rest is done, and the log says so at its own level',
  async (_what, path, msg, level) => {
    const { bot, role } = await startWelcoming();
    await using _ = bot;
    bot.discord.faults.rest(path, {
      kind: 'status',
      status: 403,
      body: { code: 50_013, message: 'Missing Permissions' },
    });
    const [id = ''] = await bot.discord.join(1, { names: ['gull'] });
    const line = await bot.logged((one) => one.msg === msg);
    expect(line.level).toBe(level);
    if (path === MESSAGES) await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
    else await expect.poll(() => said(bot), PATIENCE).toEqual(['Hello gull']);
  },
);

test('where the welcome channel is gone or closed the server is told once, and roles are given all the same', async () => {
  const { bot, role } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  await discord.rest('DELETE', `/channels/${discord.channels.general}`, owner);
  const [first = '', second = ''] = await discord.join(2, { names: ['gull', 'tern'] });
  await expect.poll(() => [rolesOf(bot, first), rolesOf(bot, second)], PATIENCE).toEqual([[role], [role]]);
  await expect
    .poll(() => bot.log.filter(({ msg }) => msg === 'a new member could not be welcomed').length, PATIENCE)
    .toBe(2);
  await expect.poll(() => said(bot, 'mod-log').join(), PATIENCE).toContain('is gone');
  expect(said(bot, 'mod-log')).toHaveLength(1);
});

test('of several roles those that cannot be given are told of once, and the others are given', async () => {
  const { bot, role } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  const moderating = await makeRole(bot, 1n << 2n);
  const { owner: above = '' } = discord.roles;
  await bot.set('logs', { logChannel: discord.channels['mod-log'] });
  await bot.set('joinRoles', { people: [above, moderating, '123456789012345678', role] });
  const [id = ''] = await discord.join(1, { names: ['gull'] });
  await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
  const why = bot.log.filter(({ msg }) => msg === 'a new member could not be given a role').map((one) => one.why);
  expect(why).toEqual(['moderation.role.aboveMine', 'joining.moderates', 'moderation.refused.roleGone']);
  const [second = ''] = await discord.join(1, { names: ['tern'] });
  await expect.poll(() => rolesOf(bot, second), PATIENCE).toEqual([role]);
  expect(said(bot, 'mod-log')).toHaveLength(3);
});

test('a card is drawn under the words where the server wants one, without the picture or without the card where these fail', async () => {
  const { bot } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  const cards = () =>
    discord.state.messages
      .list(discord.channels.general ?? '', { limit: 5 })
      .toReversed()
      .map(({ content, attachments }) => [content, attachments[0]?.description]);
  await discord.join(1, { names: ['gull'] });
  await expect.poll(cards, PATIENCE).toEqual([['Hello gull', undefined]]);
  await bot.set('welcome', { card: true });
  await discord.join(1, { names: ['tern'] });
  const count = (more: number) => discord.state.guild(discord.guildId).members.size + more;
  const tern = `Welcome to Rockhopper Colony. tern. Member ${count(0)}`;
  await expect.poll(() => cards()[1], PATIENCE).toEqual(['Hello tern', tern]);
  vi.spyOn(bot.app.io, 'download').mockRejectedValueOnce(new Error('no picture today'));
  await discord.join(1, { names: ['skua'] });
  await expect.poll(() => cards()[2], PATIENCE).toEqual(['Hello skua', expect.stringContaining('skua')]);
  await bot.logged(({ msg }) => msg === 'a picture for a card could not be loaded');
  vi.spyOn(bot.app.workers, 'offload').mockRejectedValueOnce(new Error('no threads today'));
  await discord.join(1, { names: ['petrel'] });
  await expect.poll(() => cards()[3], PATIENCE).toEqual(['Hello petrel', undefined]);
  const shown = await discord.slash('welcome test', {}, owner);
  expect(shown.message?.attachments).toHaveLength(1);
});

test('whoever takes no direct messages is welcomed in the channel', async () => {
  const { bot } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  await bot.set('welcome', { letters: ['Hello'] });
  await discord.leave('newcomer');
  await expect.poll(() => said(bot), PATIENCE).toEqual([expect.stringContaining('Bye')]);
  await discord.directMessages('newcomer', false);
  await discord.join('newcomer');
  await expect.poll(() => said(bot).length, PATIENCE).toBe(2);
  const line = await bot.logged(({ msg }) => msg === 'a new member takes no direct message');
  expect(line.level).toBe('info');
});

test('roles wait for the screening, and then for as long as the server says', async () => {
  const clock = { ahead: 0 };
  await using bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const { discord } = bot;
  const role = await makeRole(bot);
  await bot.set('joinRoles', { people: [role], delayMinutes: 10 });
  const open = async () =>
    await bot.db`select payload->'waiting' as waiting from timers where kind = 'join-roles' and done_at is null`;
  const [id = ''] = await discord.join(1, { names: ['gull'], pending: true });
  await expect.poll(open, PATIENCE).toEqual([{ waiting: true }]);
  await discord.acceptRules(id);
  await expect.poll(open, PATIENCE).toEqual([{ waiting: false }]);
  expect(rolesOf(bot, id)).toEqual([]);
  clock.ahead = 11 * 60_000;
  bot.app.timers.wake();
  await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
});

test('of whoever leaves again at once a farewell is said only after a welcome, and nothing is done for them any more', async () => {
  const { bot } = await startWelcoming();
  await using _ = bot;
  const { app, discord } = bot;
  await bot.set('joinRoles', { delayMinutes: 10 });
  const open = async () => (await bot.db`select kind from timers where done_at is null`).map(({ kind }) => kind);
  const gone = Promise.withResolvers<void>();
  app.discord.on('guildMemberRemove', () => gone.resolve());
  const [id = ''] = await discord.join(1, { names: ['gull'] });
  await discord.leave(id);
  await gone.promise;
  await expect.poll(() => app.inFlight.list().map(({ name }) => name), PATIENCE).not.toContain('taking leave');
  await expect.poll(open, PATIENCE).toEqual([]);
  expect([[], ['Bye gull', 'Hello gull']]).toContainEqual(said(bot).toSorted());
});

test('what Discord fails at is written down, tried again, and done once', async () => {
  const { bot, role } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  const lifted = [MESSAGES, ROLE].map((path) => discord.faults.rest(path, { kind: 'status', status: 500 }));
  const [id = ''] = await discord.join(1, { names: ['gull'] });
  await bot.logged(({ msg, kind }) => msg.includes('is tried again') && kind === 'welcome');
  await bot.logged(({ msg, kind }) => msg.includes('is tried again') && kind === 'join-roles');
  expect(await bot.db`select kind from timers where done_at is null order by kind`).toMatchObject([
    { kind: 'join-roles' },
    { kind: 'welcome' },
  ]);
  for (const lift of lifted) lift();
  await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
  await expect.poll(() => said(bot), PATIENCE).toEqual(['Hello gull']);
});

test('words of welcome are filled in by the form of their section, which takes no placeholder that it does not know', async () => {
  await using bot = await startBot();
  const setter = new Setter(bot);
  const fill = async (value: string) => {
    await setter.order('section', { area: 'welcome' });
    await setter.pick('config.section.pick', ['texts']);
    return await setter.fill({ value });
  };
  const many = 'x{nobody}'.repeat(440);
  for (const bad of ['Hi {nobody}', 'Hi {channel}', 'Hi {member:x}', 'Hi }', many])
    expect(await fill(bad)).toContain('in braces only {member}, {name}, {server}, {count}, {channel:name} and {line}');
  expect((await bot.app.settings.of(bot.discord.guildId, 'welcome')).texts).toEqual([]);
  expect(await fill('Hi {member}\nHello { NAME }, see {channel:random}')).toContain('Saved.');
  const { texts } = await bot.app.settings.of(bot.discord.guildId, 'welcome');
  expect(texts).toEqual(['Hi {member}', 'Hello { NAME }, see {channel:random}']);
});

test('/welcome test shows whoever manages the server how they would be welcomed, and what would not work', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const ask = async (as: string) => saidIn(await discord.slash('welcome test', {}, { as, unchecked: true }));
  expect(await ask('member')).toContain('Manage Server');
  expect(await ask('owner')).toContain('Nobody is welcomed here');
  await bot.set('welcome', { channel: discord.channels.general, letters: ['Dear {name}'], farewells: ['Bye {name}'] });
  await bot.set('joinRoles', { people: [discord.roles.owner, discord.roles.member] });
  const shown = await ask('owner');
  expect(shown).toContain(`Welcome to Rockhopper Colony, <@${discord.people.owner}>!`);
  expect(shown).toMatch(/As a direct message:[\s\S]*Dear /);
  expect(shown).toMatch(/when you leave:[\s\S]*Bye /);
  expect(shown).toContain(`<@&${discord.roles.owner}>: `);
  expect(shown).not.toContain(`<@&${discord.roles.member}>`);
  expect(said(bot)).toEqual([]);
});

test('whoever comes back gets the roles again with which they left, but for what is not theirs any more', async () => {
  const { bot, role } = await startWelcoming();
  await using _ = bot;
  const { discord } = bot;
  const { newcomer = '' } = discord.people;
  const [kept, moderating, taken] = [await makeRole(bot), await makeRole(bot, 1n << 2n), await makeRole(bot)];
  await bot.set('joinRoles', { keep: true });
  const known = async () =>
    (await bot.db`select roles::text[] as roles from member_roles where user_id = ${newcomer}`).flatMap(
      (one) => one.roles,
    );
  const body = { roles: [kept, moderating, taken, discord.roles.owner] };
  await discord.rest('PATCH', `/guilds/${discord.guildId}/members/${newcomer}`, { ...owner, body });
  await expect.poll(known, PATIENCE).toHaveLength(4);
  await discord.rest('DELETE', `/guilds/${discord.guildId}/members/${newcomer}/roles/${taken}`, owner);
  await expect.poll(known, PATIENCE).toHaveLength(3);
  await discord.leave('newcomer');
  const left = async () => await bot.db`select from member_roles where user_id = ${newcomer} and left_at is not null`;
  await expect.poll(left, PATIENCE).toHaveLength(1);
  await discord.join('newcomer');
  await expect.poll(() => rolesOf(bot, newcomer).toSorted(), PATIENCE).toEqual([role, kept].toSorted());
  const open = async () => await bot.db`select from timers where kind = 'join-roles' and done_at is null`;
  await expect.poll(open, PATIENCE).toEqual([]);
  expect(rolesOf(bot, newcomer).toSorted()).toEqual([role, kept].toSorted());
  // Who goes again before they were given back has them still.
  await bot.set('joinRoles', { delayMinutes: 10 });
  await discord.leave('newcomer');
  await expect.poll(left, PATIENCE).toHaveLength(1);
  await discord.join('newcomer');
  await expect.poll(open, PATIENCE).toHaveLength(1);
  await discord.leave('newcomer');
  await expect.poll(open, PATIENCE).toEqual([]);
  await bot.set('joinRoles', { delayMinutes: 0 });
  await discord.join('newcomer');
  await expect.poll(() => rolesOf(bot, newcomer).toSorted(), PATIENCE).toEqual([role, kept].toSorted());
});

test('whoever comes back into jail has the role of the jail alone, and a role whose time is over is not given back', async () => {
  const clock = { ahead: 0 };
  await using bot = await startBot({ now: () => new Date(Date.now() + clock.ahead) });
  const { discord } = bot;
  const { newcomer = '', member = '' } = discord.people;
  const [jail, kept, brief] = [await makeRole(bot), await makeRole(bot), await makeRole(bot)];
  await bot.set('jail', { role: jail, channel: discord.channels.random });
  await bot.set('joinRoles', { people: [kept], keep: true, delayMinutes: 120 });
  await discord.rest('PUT', `/guilds/${discord.guildId}/members/${newcomer}/roles/${kept}`, owner);
  await discord.slash('jail', { member: newcomer, reason: 'noise' }, owner);
  await expect.poll(() => rolesOf(bot, newcomer), PATIENCE).toEqual([jail]);
  await discord.slash('role temp', { member, role: brief, duration: '1 hour' }, owner);
  await expect.poll(() => rolesOf(bot, member), PATIENCE).toContain(brief);
  const left = async () => await bot.db`select from member_roles where left_at is not null`;
  for (const who of ['newcomer', 'member']) await discord.leave(who);
  await expect.poll(left, PATIENCE).toHaveLength(2);
  clock.ahead = 2 * 3_600_000;
  bot.app.timers.wake();
  for (const who of ['newcomer', 'member']) await discord.join(who);
  const timers = async (kind: string) => {
    bot.app.timers.wake();
    return await bot.db`select done_at is not null as done from timers where kind = ${kind}`;
  };
  await expect.poll(() => timers('jail-again'), PATIENCE).toEqual([{ done: true }]);
  await expect.poll(() => timers('join-roles'), PATIENCE).toEqual([{ done: false }, { done: false }]);
  clock.ahead = 5 * 3_600_000;
  await expect.poll(() => timers('join-roles'), PATIENCE).toEqual([{ done: true }, { done: true }]);
  expect(rolesOf(bot, newcomer)).toEqual([jail]);
  expect(rolesOf(bot, member).toSorted()).toEqual([kept, discord.roles.member].toSorted());
});

test('the roles of everybody are known after a start', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using own = await freshDatabase();
  const env = { DATABASE_URL: own.url };
  {
    await using bot = await startBot({ discord, env });
    await bot.set('joinRoles', { keep: true });
  }
  await using _ = await startBot({ discord, env });
  const known = async () => await own.db`select from member_roles`;
  await expect
    .poll(async () => (await known()).length, PATIENCE)
    .toBe(discord.state.guild(discord.guildId).members.size);
});

test('whoever joined while the bot was away is given the roles, and welcomed and told of if that was lately, once', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const options = {
    discord,
    env: { DATABASE_URL: database.url },
    logTimes: { actorMs: 100, everyMs: 20, storeMs: 10 },
  };
  const first = await startBot(options);
  const role = await makeRole(first);
  const { general, 'mod-log': log } = discord.channels;
  await first.set('welcome', { channel: general, texts: ['Hello {name}'] });
  await first.set('joinRoles', { people: [role] });
  await first.set('events', { channels: { 'member-join': log } });
  await first.discord.join(1, { names: ['auk'] });
  await expect.poll(() => said(first), PATIENCE).toEqual(['Hello auk']);
  const toldOf = (bot: TestBot) =>
    ['auk', 'gull', 'tern'].map((one) => said(bot, 'mod-log').join().split(`\`${one}\``).length - 1);
  await expect.poll(() => toldOf(first), PATIENCE).toEqual([1, 0, 0]);
  await first[Symbol.asyncDispose]();
  const [gull = ''] = await discord.join(1, { names: ['gull'] });
  const [tern = ''] = await discord.join(1, { names: ['tern'] });
  // One of them came three hours ago, and the bot was away for longer.
  const guild = discord.state.guild(discord.guildId);
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString();
  const member = guild.members.get(tern);
  if (member) guild.setMember({ ...member, joined_at: ago(3) });
  await database.db`update join_watches set since = ${ago(5)}`;
  for (let starts = 0; starts < 2; starts += 1) {
    await using bot = await startBot(options);
    const looking = () => bot.app.inFlight.list().map(({ name }) => name);
    await expect.poll(looking, PATIENCE).not.toContain('looking for who joined meanwhile');
    for (const id of [gull, tern]) await expect.poll(() => rolesOf(bot, id), PATIENCE).toEqual([role]);
    await expect.poll(() => said(bot), PATIENCE).toEqual(['Hello auk', 'Hello gull']);
    await expect.poll(() => toldOf(bot), PATIENCE).toEqual([1, 1, 0]);
    const timers = await database.db`select 1 from timers where kind in ('welcome', 'join-roles')`;
    expect(timers).toHaveLength(6);
  }
  const [counted] = await database.db`
    select (select sum(amount)::int from server_days where what = 'joins') as joins, (select count(*)::int from member_joins) as stays`;
  expect(counted).toEqual({ joins: 3, stays: 3 });
});

test('whoever joined before the bot knew of anybody who joins is not taken for new', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await discord.join(3, { names: ['gull', 'tern', 'auk'] });
  const options = { discord, env: { DATABASE_URL: database.url } };
  await using bot = await startBot(options);
  await bot.set('welcome', { channel: discord.channels.general, texts: ['Hello {name}'] });
  await using again = await startBot(options);
  const looking = () => again.app.inFlight.list().map(({ name }) => name);
  await expect.poll(looking, PATIENCE).not.toContain('looking for who joined meanwhile');
  expect(await database.db`select 1 from timers where kind = 'welcome'`).toHaveLength(0);
});

test('who joins while the database is away is welcomed once it is back, and only once', async () => {
  const { bot } = await startWelcoming();
  await using _ = bot;
  const { app, discord } = bot;
  const guild = app.discord.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error('the bot is in no server');
  // As the event is heard, and nothing could be written.
  const [id = ''] = await discord.join(1, { names: ['gull'] });
  await expect.poll(() => said(bot), PATIENCE).toEqual(['Hello gull']);
  await bot.db`delete from seen_joins`;
  await bot.db`delete from timers`;
  welcomeOnceBack(guild, app);
  welcomeOnceBack(guild, app);
  await expect.poll(() => said(bot), PATIENCE).toEqual(['Hello gull', 'Hello gull']);
  welcomeOnceBack(guild, app);
  await expect.poll(() => app.inFlight.list().filter(({ name }) => name.startsWith('joins of')), PATIENCE).toEqual([]);
  expect(said(bot)).toHaveLength(2);
  // Two who hear of the same joining, as of two sessions, arrange it once.
  const member = await guild.members.fetch(id);
  expect(await Promise.all([app.joining.came(member), app.joining.came(member)])).toEqual([false, false]);
  await bot.db`delete from seen_joins`;
  expect((await Promise.all([app.joining.came(member), app.joining.came(member)])).toSorted()).toEqual([false, true]);
});
