import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { freshDatabase } from '../../../database.ts';
import { saidIn } from '../files/inspected.ts';

const owner = { as: 'owner' } as const;
/** Discord shows these commands to few; a server can have it show them to others. */
const shown = (as: string) => ({ as, unchecked: true });

async function set({ discord }: TestBot, options: Readonly<Record<string, unknown>>, as = 'owner') {
  return saidIn(await discord.slash('permissions set', options as never, shown(as)));
}

async function stored({ app, discord }: TestBot) {
  return await app.settings.of(discord.guildId, 'permissions');
}

test("until a role has a rank Discord's permissions decide; then ranks do, for commands, their buttons and their suggestions", async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { member = '', moderator = '' } = discord.roles;
  const refused = saidIn(await discord.slash('config logs', {}, shown('member')));
  expect(refused).toContain('You need this permission to use it: Manage Server');
  expect(await set(bot, { rank: '8', role: member })).toContain('first role with a rank');
  const panel = await discord.slash('config logs', {}, shown('member'));
  expect(saidIn(panel)).toContain('Log settings');
  const cleared = await discord.click(panel.message ?? '', 'config.logs.clear:1', shown('member'));
  expect(saidIn(cleared)).toContain('Saved.');
  expect((await discord.autocomplete('config wiki', { remove: '' }, 'remove', shown('member'))).length).toBe(0);
  await set(bot, { rank: '2', role: member });
  const again = await discord.click(panel.message ?? '', 'config.logs.clear:1', shown('member'));
  expect(saidIn(again)).toContain('That needs rank 8 (manages the server) in this server; yours is 2 (helper)');
  // What the moderators could do by Discord's permissions they still can.
  expect((await stored(bot)).roles[moderator]).toBeGreaterThanOrEqual(3);
  expect(saidIn(await discord.slash('shield list', {}, shown('moderator')))).toContain('picture');
});

test('nobody gives a rank that is not below their own, or takes one from whoever is not below them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, people, guildId } = discord;
  await set(bot, { rank: '8', role: roles.moderator });
  for (const [options, said] of [
    [{ rank: '8', role: roles.member }, 'ranks below your own, which is 8'],
    [{ rank: '10', member: people.moderator }, 'ranks below your own'],
    [{ rank: '3', role: roles.moderator }, 'is not below you'],
    [{ rank: '3', member: people.owner }, 'is not below you'],
    [{ rank: 'none', role: roles.owner }, 'is not below you'],
    [{ rank: '3', role: guildId }, 'at most rank 2'],
    [{ rank: '9', command: 'ping' }, 'not yours to change'],
    [{ rank: '3' }, 'Name one thing'],
    [{ rank: '3', role: roles.member, command: 'ping' }, 'Name one thing'],
    [{ rank: '3', command: 'nothing-like-this' }, 'nothing called'],
    [{ rank: '0', command: 'jobs run' }, 'Only the people who run this bot'],
  ] as const) {
    const before = await stored(bot);
    expect.soft(await set(bot, options, 'moderator'), JSON.stringify(options)).toContain(said);
    expect.soft(await stored(bot)).toEqual(before);
  }
  expect(await set(bot, { rank: '7', role: roles.member }, 'moderator')).toContain('has rank 7');
  expect(await set(bot, { rank: '10', member: people.newcomer })).toContain('has rank 10');
  expect(await set(bot, { rank: '1', role: guildId })).toContain('has rank 1');
  expect(await set(bot, { rank: '3', role: roles.owner }, 'member')).toContain('needs rank 8');
});

test('who is above somebody by Discord is so before a role has a rank, and whether the bot knows them or not', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const { roles, people, guildId } = discord;
  const path = `/guilds/${guildId}/members/${people.newcomer}/roles/${roles.owner}`;
  await discord.rest('PUT', path, { as: 'owner' }); // an administrator, who is not the owner
  await set(bot, { rank: '8', member: people.moderator });
  expect(await set(bot, { rank: '0', role: roles.owner }, 'moderator')).toContain('is not below you');
  app.discord.guilds.cache.get(guildId)?.members.cache.delete(people.newcomer ?? '');
  expect(await set(bot, { rank: '0', member: people.newcomer }, 'moderator')).toContain('is not below you');
  expect(await stored(bot)).toMatchObject({ roles: {}, people: { [people.moderator ?? '']: 8 } });
});

test('a rank of their own counts before those of their roles, and a command can ask for another than it comes with', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, people } = discord;
  await set(bot, { rank: '8', role: roles.moderator });
  await set(bot, { rank: '0', member: people.moderator });
  expect(saidIn(await discord.slash('shield list', {}, shown('moderator')))).toContain('yours is 0 (everybody)');
  await set(bot, { rank: 'none', member: people.moderator });
  expect(saidIn(await discord.slash('shield list', {}, shown('moderator')))).not.toContain('needs rank');
  expect(await set(bot, { rank: '5', command: '/ping' })).toContain('needs rank 5');
  expect(saidIn(await discord.slash('ping', {}, { as: 'member' }))).toContain('That needs rank 5 (kicks people)');
  expect(saidIn(await discord.slash('help', {}, { as: 'member' }))).not.toContain('/ping');
  await set(bot, { rank: '4', command: 'poll' });
  for (const name of ['poll list', 'poll create'])
    expect(
      saidIn(await discord.slash(name, { question: 'tea?', answer1: 'a', answer2: 'b' }, shown('member'))),
    ).toContain('needs rank 4');
  await set(bot, { rank: '0', command: 'poll list' });
  expect(saidIn(await discord.slash('poll list', {}, { as: 'member' }))).not.toContain('needs rank');
  expect(await set(bot, { rank: '9', command: 'End AFK' })).toContain('needs rank 9');
  const ended = await discord.userMenu('End AFK', 'member', { as: 'moderator' });
  expect(saidIn(ended)).toContain('needs rank 9');
  await set(bot, { rank: 'none', command: 'ping' });
  expect((await discord.slash('ping', {}, { as: 'member' })).content).not.toContain('needs rank');
});

test('explain says rule by rule what decides, to each about themselves and to moderators about others', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, people } = discord;
  const explain = async (options: Readonly<Record<string, string | undefined>>, as: string) =>
    saidIn(await discord.slash('permissions explain', options as never, shown(as)));
  const before = await explain({ command: 'config logs' }, 'member');
  expect(before).toContain(
    "✗ No role has a rank here, so Discord's permissions decide: Manage Server is needed, and missing.",
  );
  expect(before).toContain('does not run for');
  expect(await explain({ command: 'ping' }, 'member')).toContain('✓ It is for everybody.');
  await set(bot, { rank: '8', role: roles.member });
  const through = await explain({ command: 'config logs' }, 'member');
  expect(through).toContain(
    `✓ Rank 8 (manages the server) is needed (what it comes with); they have 8 (manages the server) through <@&${roles.member}>`,
  );
  expect(through).toContain('Discord shows it only to those with Manage Server');
  expect(await explain({ command: 'config logs', member: people.owner }, 'member')).toContain('nothing is refused');
  expect(await explain({ command: 'config logs', member: people.member }, 'newcomer')).toContain('for yourself only');
  await set(bot, { rank: '9', command: 'config logs' });
  expect(await explain({ command: 'config logs' }, 'member')).toContain(
    '✗ Rank 9 (administrator) is needed (set here)',
  );
  expect(await explain({ command: 'config logs', member: people.newcomer }, 'moderator')).toContain(
    'none of their roles has a rank',
  );
  expect(await explain({ command: 'jobs run' }, 'moderator')).toContain('✗ Only the people who run this bot');
});

test('who lists those with the rank, show lists all ranks; neither notifies anybody', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, people } = discord;
  const who = async (command: string) => await discord.slash('permissions who', { command }, owner);
  expect(saidIn(await who('config logs'))).toContain('whoever has Manage Server');
  expect(saidIn(await discord.slash('permissions show', {}, owner))).toContain('No role has a rank here yet');
  await set(bot, { rank: '8', role: roles.member });
  await set(bot, { rank: '9', member: people.newcomer });
  await set(bot, { rank: '0', member: people.moderator });
  await set(bot, { rank: '5', command: 'ping' });
  const listed = await who('config logs');
  expect(saidIn(listed)).toContain(`<@&${roles.member}>`);
  expect(saidIn(listed)).toContain(`<@${people.newcomer}>`);
  expect(saidIn(listed)).toMatch(new RegExp(`Members who may not\\*\\* <@${people.moderator}>`));
  expect(saidIn(await who('ping'))).toContain('5 (kicks people), set here');
  const all = await discord.slash('permissions show', {}, owner);
  expect(saidIn(all)).toContain('`/ping`**: 5 (kicks people)');
  expect(saidIn(all)).toContain(`**8 (manages the server)**: <@&${roles.member}>`);
  expect(all.message?.mentions ?? []).toEqual([]);
  const offered = await discord.autocomplete('permissions who', { command: '/perm' }, 'command', owner);
  expect(offered.map(({ value }) => value)).toContain('permissions set');
});

test('a rank that one process sets holds in the other at once', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  await using one = await startBot(options);
  await using two = await startBot(options);
  const read = async () => (await two.app.settings.of(discord.guildId, 'permissions')).commands;
  expect(await read()).toEqual({});
  await one.set('permissions', { commands: { ping: 5 } });
  await expect.poll(read).toEqual({ ping: 5 });
});

test('what is everybody’s is answered while ranks cannot be read; what is not is refused', async () => {
  await using bot = await startBot();
  const { app, discord, db } = bot;
  await db.unsafe('alter table settings rename to settings_elsewhere');
  app.settings.forgetAll();
  expect(saidIn(await discord.slash('time', { in: 'Berlin' }, { as: 'member' }))).not.toMatch(/rank|permission/);
  const refused = saidIn(await discord.slash('config logs', {}, shown('member')));
  expect(refused).not.toContain('Log settings');
  await db.unsafe('alter table settings_elsewhere rename to settings');
});

test('channel permissions count where Discord decides, for what is of that channel', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const path = `/channels/${discord.channels.random}/permissions/${discord.roles.member}`;
  const body = { type: 0, allow: String(PermissionFlagsBits.ManageMessages), deny: '0' };
  await discord.rest('PUT', path, { ...owner, body });
  const purge = { count: 1, contains: 'nothing like this' };
  const there = await discord.slash('purge', purge, { ...shown('member'), channel: 'random' });
  expect(saidIn(there)).not.toContain('You need this permission');
  const all = await discord.slash('shield list', {}, { ...shown('member'), channel: 'random' });
  expect(saidIn(all)).toContain('You need this permission to use it: Manage Messages');
  const here = await discord.slash('purge', purge, { ...shown('member'), channel: 'general' });
  expect(saidIn(here)).toContain('You need this permission to use it: Manage Messages');
});

test('what somebody may do in one channel they may do there, and not in the whole server', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, channels, roles } = discord;
  const allow = String(
    PermissionFlagsBits.ManageChannels |
      PermissionFlagsBits.ManageRoles |
      PermissionFlagsBits.ManageMessages |
      PermissionFlagsBits.MuteMembers,
  );
  const path = `/channels/${channels.random}/permissions/${people.member}`;
  await discord.rest('PUT', path, { as: 'owner', body: { type: 1, allow, deny: '0' } });
  const asked = async (name: string, options: Readonly<Record<string, unknown>>) =>
    saidIn(await discord.slash(name, options as never, { ...shown('member'), channel: 'random' }));
  expect(await asked('lockdown', { server: true })).toContain('You need this permission to use it: Manage Channels');
  expect(await asked('unlock', { server: true })).toContain('You need this permission to use it: Manage Channels');
  expect(await asked('role add', { member: 'newcomer', role: roles.member })).toContain('Manage Roles');
  expect(await asked('voice mute', { member: 'newcomer' })).toContain('Mute Members');
  await set(bot, { rank: '6', command: 'ban' });
  expect(await asked('ban', { who: 'newcomer' })).toContain('needs rank 6');
  expect(await asked('permissions explain', { command: 'role add' })).toContain('Manage Roles is needed, and missing');
  expect(await bot.db`select type from cases`).toEqual([]);
  expect(await asked('slowmode', { wait: '5 seconds' })).toContain('slowmode');
  expect(await asked('lockdown', {})).toContain(`lockdown (1 channel) of <#${channels.random}>`);
  expect(await asked('unlock', {})).not.toContain('permission');
});
