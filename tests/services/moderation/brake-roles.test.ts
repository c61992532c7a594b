import { expect, test, vi } from 'vitest';
import { takeNumbers } from '../../../src/db/cases.ts';
import { startBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { casesOf, order } from '../../handlers/commands/moderation/moderated.ts';
import { alertTo, LEFT, PATIENCE, untilFrozen } from './braked.ts';

vi.setConfig({ testTimeout: 120_000 });

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
