import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { refused, restBot } from './rest.ts';

test('a channel is made, changed and taken away, each with its event and its line in the audit log', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { guildId, channels } = sandbox;
  const mark = sandbox.mark();
  const made = await rest.post(`/guilds/${guildId}/channels`, {
    body: { name: 'New Place', type: 0, topic: 'here', parent_id: channels.community },
    reason: 'room for all',
  });
  expect(made).toMatchObject({ name: 'new-place', type: 0, topic: 'here', parent_id: channels.community, nsfw: false });
  const { id } = made as { id: string };
  expect(await rest.patch(`/channels/${id}`, { body: { name: 'other', rate_limit_per_user: 5 } })).toMatchObject({
    name: 'other',
    rate_limit_per_user: 5,
  });
  expect(await rest.delete(`/channels/${id}`)).toMatchObject({ id });
  expect(bot.happened(mark).map(({ t }) => t)).toEqual([
    'CHANNEL_CREATE',
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
    'CHANNEL_UPDATE',
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
    'CHANNEL_DELETE',
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
  ]);
  const log = await rest.get(`/guilds/${guildId}/audit-logs`);
  expect(log).toMatchObject({
    audit_log_entries: [
      { action_type: 12 },
      { action_type: 11 },
      { action_type: 10, target_id: id, reason: 'room for all' },
    ],
  });
  await expect(rest.get(`/channels/${id}`)).rejects.toMatchObject(refused(10003, 404));
});

test('deleting a category leaves its channels, deleting a channel takes its threads', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { community, general } = sandbox.channels;
  await rest.delete(`/channels/${community}`);
  expect(await rest.get(`/channels/${general}`)).toMatchObject({ parent_id: null });
});

test('overwrites hide a channel, and only what one may do can be given or taken', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { channels, people, guildId } = sandbox;
  const path = `/channels/${channels.random}/permissions` as const;
  await rest.put(`${path}/${guildId}`, { body: { type: 0, deny: String(P.ViewChannel), allow: '0' } });
  await expect(sandbox.rest('GET', `/channels/${channels.random}`)).rejects.toMatchObject(refused(50001));
  // The bot shut itself out as well: only an overwrite of its own, or an administrator, lets it back in.
  await expect(rest.delete(`${path}/${guildId}`)).rejects.toMatchObject(refused(50001));
  await sandbox.rest('DELETE', `${path}/${guildId}`, { as: 'owner' });
  expect(await sandbox.rest('GET', `/channels/${channels.random}`)).toMatchObject({ id: channels.random });
  await expect(
    rest.put(`${path}/${people.member}`, { body: { type: 1, allow: String(P.Administrator) } }),
  ).rejects.toMatchObject(refused(50013));
  await expect(rest.delete(`${path}/${people.member}`)).rejects.toMatchObject(refused(10009));
  await expect(rest.put(`${path}/${people.owner.slice(0, -1)}9`, { body: { type: 1 } })).rejects.toMatchObject(
    refused(10009),
  );
});

test('what is wrong with a channel is said where it is wrong', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/channels` as const;
  await expect(rest.post(path, { body: {} })).rejects.toMatchObject({
    code: 50035,
    rawError: { errors: { name: { _errors: [{ code: 'BASE_TYPE_REQUIRED' }] } } },
  });
  await expect(rest.post(path, { body: { name: 'x', parent_id: sandbox.channels.general } })).rejects.toMatchObject({
    rawError: { errors: { parent_id: { _errors: [{ code: 'CHANNEL_PARENT_INVALID_TYPE' }] } } },
  });
  await expect(sandbox.rest('POST', path, { body: { name: 'x' } })).rejects.toMatchObject(refused(50013));
  await expect(sandbox.rest('DELETE', `/channels/${sandbox.channels.general}`)).rejects.toMatchObject(refused(50013));
});
