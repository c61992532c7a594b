import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { refused, restBot } from './rest.ts';

test('a new role comes in at the bottom and the others move up', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/roles` as const;
  const mark = sandbox.mark();
  const made = await rest.post(path, { body: { name: 'New', color: 0xff, permissions: String(P.SendMessages) } });
  expect(made).toMatchObject({ name: 'New', position: 1, color: 0xff, colors: { primary_color: 0xff } });
  expect(await rest.get(`${path}/${sandbox.roles.member}`)).toMatchObject({ position: 2 });
  const told = bot.happened(mark).map(({ t }) => t);
  expect(told.filter((t) => t === 'GUILD_ROLE_UPDATE')).toHaveLength(4);
  expect(told.slice(-2)).toEqual(['GUILD_ROLE_CREATE', 'GUILD_AUDIT_LOG_ENTRY_CREATE']);
});

test("one can hand out one's own permissions only, and change only roles below one's own", async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { roles, guildId } = sandbox;
  const path = `/guilds/${guildId}/roles` as const;
  const admin = { body: { permissions: String(P.Administrator) } };
  await expect(rest.post(path, admin)).rejects.toMatchObject(refused(50013));
  await expect(rest.patch(`${path}/${roles.member}`, admin)).rejects.toMatchObject(refused(50013));
  await expect(rest.patch(`${path}/${roles.owner}`, { body: { hoist: false } })).rejects.toMatchObject(refused(50013));
  await expect(rest.patch(`${path}/${roles.bot}`, { body: { hoist: true } })).rejects.toMatchObject(refused(50013));
  await expect(rest.patch(path, { body: [{ id: roles.member, position: 4 }] })).rejects.toMatchObject(refused(50013));
  // A role that already has more than the bot does can be renamed all the same.
  await sandbox.rest('PATCH', `${path}/${roles.member}`, { as: 'owner', ...admin });
  const renamed = { body: { name: 'Chief', permissions: String(P.Administrator) } };
  expect(await rest.patch(`${path}/${roles.member}`, renamed)).toMatchObject({ name: 'Chief' });
});

test('a deleted role is gone from its members and from the channels', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { roles, people, channels, guildId } = sandbox;
  await rest.delete(`/guilds/${guildId}/roles/${roles.moderator}`);
  expect(await rest.get(`/guilds/${guildId}/members/${people.moderator}`)).toMatchObject({ roles: [roles.member] });
  const channel = (await rest.get(`/channels/${channels['mod-log']}`)) as { permission_overwrites: { id: string }[] };
  expect(channel.permission_overwrites.map(({ id }) => id)).toEqual([guildId, roles.bot]);
  await expect(rest.delete(`/guilds/${guildId}/roles/${roles.moderator}`)).rejects.toMatchObject(refused(10011));
  const everyone = sandbox.rest('DELETE', `/guilds/${guildId}/roles/${guildId}`, { as: 'owner' });
  await expect(everyone).rejects.toMatchObject(refused(50028));
});

test('roles are put in order below the one who does it, and counted', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { roles, guildId } = sandbox;
  const mark = sandbox.mark();
  const order = [
    { id: roles.member, position: 2 },
    { id: roles.moderator, position: 1 },
  ];
  await rest.patch(`/guilds/${guildId}/roles`, { body: order });
  expect(bot.happened(mark).filter(({ t }) => t === 'GUILD_ROLE_UPDATE')).toMatchObject([
    { d: { role: { id: roles.member, position: 2 } } },
    { d: { role: { id: roles.moderator, position: 1 } } },
  ]);
  expect(await rest.get(`/guilds/${guildId}/roles/member-counts`)).toMatchObject({
    [roles.member]: 2,
    [roles.moderator]: 1,
  });
});
