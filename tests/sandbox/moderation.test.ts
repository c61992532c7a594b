import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { connect } from './connect.ts';
import { refused, restBot } from './rest.ts';

test('a ban is what it is at Discord: gone from the server, messages gone, everyone told, the log says why', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { newcomer } = sandbox.people;
  const path = `/guilds/${sandbox.guildId}` as const;
  const { id } = await sandbox.message({ as: 'newcomer', content: 'buy now' });
  await sandbox.voice('newcomer', 'lounge');
  const mark = sandbox.mark();
  await rest.put(`${path}/bans/${newcomer}`, { body: { delete_message_seconds: 3_600 }, reason: 'spam & more' });
  expect(bot.happened(mark).map(({ t }) => t)).toEqual([
    'GUILD_BAN_ADD',
    'VOICE_STATE_UPDATE',
    'GUILD_MEMBER_REMOVE',
    'MESSAGE_DELETE_BULK',
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
  ]);
  await expect(rest.get(`/channels/${sandbox.channels.general}/messages/${id}`)).rejects.toMatchObject(
    refused(10008, 404),
  );
  await expect(rest.get(`${path}/members/${newcomer}`)).rejects.toMatchObject(refused(10007, 404));
  expect(await rest.get(`${path}/bans/${newcomer}`)).toMatchObject({ reason: 'spam & more', user: { id: newcomer } });
  expect(await rest.get(`${path}/audit-logs`)).toMatchObject({
    audit_log_entries: [{ action_type: 22, target_id: newcomer, user_id: sandbox.people.bot, reason: 'spam & more' }],
  });
  await expect(sandbox.join('newcomer')).rejects.toThrow('is banned');
  await rest.delete(`${path}/bans/${newcomer}`);
  await expect(rest.delete(`${path}/bans/${newcomer}`)).rejects.toMatchObject(refused(10026));
  expect(await sandbox.join('newcomer')).toEqual([newcomer]);
});

test('nobody reaches those above, nor themselves the owner, and strangers are unknown', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { owner, moderator } = sandbox.people;
  const members = `/guilds/${sandbox.guildId}/members` as const;
  await expect(rest.delete(`${members}/${owner}`)).rejects.toMatchObject(refused(50013, 403));
  await expect(rest.patch(`${members}/${owner}`, { body: { nick: 'x' } })).rejects.toMatchObject(refused(50013));
  await expect(rest.put(`${members}/${moderator}/roles/${sandbox.roles.owner}`)).rejects.toMatchObject(refused(50013));
  await expect(rest.delete(`${members}/100000000000000000`)).rejects.toMatchObject(refused(10013, 404));
  await expect(sandbox.rest('DELETE', `${members}/${moderator}`, { as: 'member' })).rejects.toMatchObject(
    refused(50013),
  );
  await expect(sandbox.rest('DELETE', `${members}/${sandbox.people.bot}`, { as: 'moderator' })).rejects.toMatchObject(
    refused(50013),
  );
  await sandbox.rest('DELETE', `${members}/${moderator}`, { as: 'owner', reason: 'by hand' });
  expect(sandbox.state.guild(sandbox.guildId).members.has(moderator)).toBe(false);
});

test('who is in timeout may read but not write, until it ends', async () => {
  let ahead = 0;
  await using bot = await restBot({ now: () => Date.now() + ahead });
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/members/${sandbox.people.member}` as const;
  const until = new Date(Date.now() + 60_000).toISOString();
  const tooLong = new Date(Date.now() + 29 * 24 * 3_600_000).toISOString();
  await expect(rest.patch(path, { body: { communication_disabled_until: tooLong } })).rejects.toMatchObject(
    refused(50035),
  );
  await rest.patch(path, { body: { communication_disabled_until: until } });
  await expect(sandbox.message({ as: 'member', content: 'x' })).rejects.toThrow('may not write');
  expect(await sandbox.rest('GET', `/channels/${sandbox.channels.general}/messages`, { as: 'member' })).toEqual([]);
  ahead = 61_000;
  expect(await sandbox.message({ as: 'member', content: 'back' })).toMatchObject({ content: 'back' });
});

test('a bulk ban names who could not be banned', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const ids = await sandbox.join(3);
  const path = `/guilds/${sandbox.guildId}/bulk-ban` as const;
  const body = { user_ids: [...ids, sandbox.people.owner] };
  expect(await rest.post(path, { body })).toEqual({ banned_users: ids, failed_users: [sandbox.people.owner] });
  await expect(rest.post(path, { body: { user_ids: [sandbox.people.owner] } })).rejects.toMatchObject(refused(500000));
});

test('direct messages can be closed, and old messages cannot be deleted in bulk', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const dm = (await rest.post('/users/@me/channels', { body: { recipient_id: sandbox.people.member } })) as {
    id: string;
  };
  await sandbox.directMessages('member', false);
  const path = `/channels/${dm.id}/messages` as const;
  await expect(rest.post(path, { body: { content: 'x' } })).rejects.toMatchObject(refused(50007, 403));
  await sandbox.directMessages('member', true);
  expect(await rest.post(path, { body: { content: 'x' } })).toMatchObject({ content: 'x' });
  const bulk = `/channels/${sandbox.channels.general}/messages/bulk-delete` as const;
  const messages = ['100000000000000000', '100000000000000001'];
  await expect(rest.post(bulk, { body: { messages } })).rejects.toMatchObject(refused(50034, 400));
});

test('the audit log is read by who, what and when, a page at a time', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, guildId } = sandbox;
  const members = `/guilds/${guildId}/members` as const;
  const [a, b] = await sandbox.join(2);
  await sandbox.rest('DELETE', `${members}/${a}`, { as: 'moderator', reason: 'by hand' });
  await rest.delete(`${members}/${b}`, { reason: 'by the bot' });
  await sandbox.rest('PUT', `/guilds/${guildId}/bans/${people.newcomer}`, { as: 'moderator' });
  const log = `/guilds/${guildId}/audit-logs` as const;
  type Entries = { readonly audit_log_entries: readonly { readonly id: string; readonly target_id: string }[] };
  const read = async (query: string) =>
    ((await rest.get(`${log}?${query}` as typeof log)) as Entries).audit_log_entries;
  const targets = async (query: string) => (await read(query)).map((entry) => entry.target_id);
  expect(await targets('')).toEqual([people.newcomer, b, a]);
  expect(await targets(`user_id=${people.moderator}`)).toEqual([people.newcomer, a]);
  expect(await targets('action_type=20')).toEqual([b, a]);
  expect(await targets(`user_id=${people.moderator}&action_type=20`)).toEqual([a]);
  const [newest, , oldest] = await read('limit=3');
  expect(await targets(`before=${newest?.id}&limit=1`)).toEqual([b]);
  // What comes after an entry is told oldest first.
  expect(await targets(`after=${oldest?.id}`)).toEqual([b, people.newcomer]);
  for (const bad of ['limit=0', 'limit=101', 'before=x', 'user_id=gentoo']) {
    await expect(read(bad)).rejects.toMatchObject(refused(50035));
  }
  await expect(sandbox.rest('GET', log, { as: 'member' })).rejects.toMatchObject(refused(50013));
});

test('a bot hears of the audit log as long as it may read it', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const { guildId, roles } = sandbox;
  const heard: (string | null)[] = [];
  client.on('guildAuditLogEntryCreate', ({ reason }) => heard.push(reason));
  const ban = (who: string) =>
    sandbox.rest('PUT', `/guilds/${guildId}/bans/${sandbox.people[who]}`, { as: 'owner', reason: who });
  await ban('newcomer');
  const role = `/guilds/${guildId}/roles/${roles.bot}`;
  await sandbox.rest('PATCH', role, { as: 'owner', body: { permissions: String(PermissionFlagsBits.BanMembers) } });
  await ban('member');
  const later = new Promise((resolve) => client.once('messageCreate', resolve));
  await sandbox.message({ as: 'owner', content: 'that was all' });
  await later;
  expect(heard).toEqual(['newcomer']);
});

test('slowmode holds people up, but not those who moderate', async () => {
  let ahead = 0;
  await using bot = await restBot({ now: () => Date.now() + ahead });
  const { sandbox, rest } = bot;
  const general = `/channels/${sandbox.channels.general}` as const;
  await expect(rest.patch(general, { body: { rate_limit_per_user: 21_601 } })).rejects.toMatchObject(refused(50035));
  await rest.patch(general, { body: { rate_limit_per_user: 600 } });
  await sandbox.message({ content: 'one' });
  await expect(sandbox.message({ content: 'two' })).rejects.toThrow('slowmode');
  const post = () => sandbox.rest('POST', `${general}/messages`, { as: 'member', body: { content: 'two' } });
  await expect(post()).rejects.toMatchObject(refused(20016, 400));
  await sandbox.message({ as: 'newcomer', content: 'I have not written yet' });
  for (const content of ['one', 'two']) await sandbox.message({ as: 'moderator', content });
  for (const content of ['one', 'two']) await rest.post(`${general}/messages`, { body: { content } });
  ahead = 600_000;
  await post();
});
