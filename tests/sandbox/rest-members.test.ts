import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { connect } from './connect.ts';
import { refused, restBot } from './rest.ts';

const DAY = 24 * 3_600_000;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

test('a timeout takes everything but reading away, and ends when it is lifted', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, channels } = sandbox;
  const path = `/guilds/${sandbox.guildId}/members/${people.moderator}` as const;
  const mark = sandbox.mark();
  await rest.patch(path, { body: { communication_disabled_until: inMs(DAY) }, reason: 'cool down' });
  expect(bot.happened(mark)).toMatchObject([
    { t: 'GUILD_MEMBER_UPDATE', d: { user: { id: people.moderator }, guild_id: sandbox.guildId } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 24, reason: 'cool down', target_id: people.moderator } },
  ]);
  const as = { as: 'moderator' };
  const say = () => sandbox.rest('POST', `/channels/${channels.general}/messages`, { ...as, body: { content: 'x' } });
  const kick = () => sandbox.rest('DELETE', `/guilds/${sandbox.guildId}/members/${people.newcomer}`, as);
  await expect(say()).rejects.toMatchObject(refused(50013));
  await expect(kick()).rejects.toMatchObject(refused(50013));
  await sandbox.rest('GET', `/channels/${channels.general}/messages`, as);
  await rest.patch(path, { body: { communication_disabled_until: null } });
  await say();
  await kick();
});

test('a timeout is at most 28 days long and reaches neither administrators nor equals', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const of = (id: string) => `/guilds/${sandbox.guildId}/members/${id}` as const;
  const { people } = sandbox;
  await expect(
    rest.patch(of(people.member), { body: { communication_disabled_until: inMs(29 * DAY) } }),
  ).rejects.toMatchObject({
    code: 50035,
    rawError: {
      errors: { communication_disabled_until: { _errors: [{ code: 'INVALID_COMMUNICATION_DISABLED_TIMESTAMP' }] } },
    },
  });
  for (const target of [people.owner, people.bot]) {
    await expect(rest.patch(of(target), { body: { communication_disabled_until: inMs(DAY) } })).rejects.toMatchObject(
      refused(50013, 403),
    );
  }
});

test('nicknames are changed by those who may, and only further down', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people } = sandbox;
  const members = `/guilds/${sandbox.guildId}/members` as const;
  expect(await rest.patch(`${members}/${people.member}`, { body: { nick: 'Chin' } })).toMatchObject({ nick: 'Chin' });
  expect(await rest.patch(`${members}/${people.member}`, { body: { nick: '' } })).toMatchObject({ nick: null });
  expect(await rest.patch(`${members}/@me`, { body: { nick: 'Rocky' } })).toMatchObject({ nick: 'Rocky' });
  await expect(rest.patch(`${members}/${people.owner}`, { body: { nick: 'x' } })).rejects.toMatchObject(refused(50013));
  const asMember = (target: string) =>
    sandbox.rest('PATCH', `${members}/${target}`, { as: 'member', body: { nick: 'New' } });
  expect(await asMember('@me')).toMatchObject({ nick: 'New' });
  await expect(asMember(people.newcomer)).rejects.toMatchObject(refused(50013));
});

test("roles are given and taken below one's own highest, integrations' never", async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, roles } = sandbox;
  const member = `/guilds/${sandbox.guildId}/members/${people.newcomer}` as const;
  const mark = sandbox.mark();
  await rest.put(`${member}/roles/${roles.moderator}`, { reason: 'welcome' });
  // Once more changes nothing, and so tells nobody.
  await rest.put(`${member}/roles/${roles.moderator}`);
  const added = [{ key: '$add', new_value: [{ id: roles.moderator, name: 'Moderator' }] }];
  expect(bot.happened(mark)).toMatchObject([
    { t: 'GUILD_MEMBER_UPDATE', d: { roles: [roles.moderator] } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 25, changes: added, reason: 'welcome' } },
  ]);
  expect(await rest.patch(member, { body: { roles: [roles.member] } })).toMatchObject({ roles: [roles.member] });
  await expect(rest.put(`${member}/roles/${roles.owner}`)).rejects.toMatchObject(refused(50013));
  await expect(rest.put(`${member}/roles/${roles.bot}`)).rejects.toMatchObject({ status: 403 });
  await expect(rest.put(`${member}/roles/100000000000000009`)).rejects.toMatchObject(refused(10011));
  await expect(sandbox.rest('PUT', `${member}/roles/${roles.member}`, { as: 'moderator' })).rejects.toMatchObject(
    refused(50013),
  );
});

test('who is in voice is muted, moved and put out; who is not gets 40032', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, guildId } = sandbox;
  const member = `/guilds/${guildId}/members/${people.member}` as const;
  await expect(rest.patch(member, { body: { mute: true } })).rejects.toMatchObject(refused(40032, 400));
  await sandbox.voice('member', 'lounge');
  const mark = sandbox.mark();
  await rest.patch(member, { body: { mute: true } });
  await rest.patch(member, { body: { channel_id: null } });
  expect(bot.happened(mark).filter(({ t }) => t === 'VOICE_STATE_UPDATE')).toMatchObject([
    { d: { mute: true, channel_id: sandbox.channels.lounge } },
    { d: { channel_id: null } },
  ]);
  await expect(rest.get(`/guilds/${guildId}/voice-states/${people.member}`)).rejects.toMatchObject(refused(10065));
});

test('a kick is told of and written down; strangers and the unknown are told apart', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, guildId } = sandbox;
  const of = (id: string) => `/guilds/${guildId}/members/${id}` as const;
  await sandbox.voice('member', 'lounge');
  const mark = sandbox.mark();
  await rest.delete(of(people.member), { reason: 'enough' });
  expect(bot.happened(mark)).toMatchObject([
    { t: 'VOICE_STATE_UPDATE', d: { channel_id: null } },
    { t: 'GUILD_MEMBER_REMOVE', d: { user: { id: people.member }, guild_id: guildId } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 20, target_id: people.member, reason: 'enough' } },
  ]);
  await expect(rest.get(of(people.member))).rejects.toMatchObject(refused(10007));
  await expect(rest.get(of('100000000000000009'))).rejects.toMatchObject(refused(10013));
  await expect(rest.delete(of(people.owner))).rejects.toMatchObject(refused(50013));
  const asModerator = sandbox.rest('DELETE', of(people.bot), { as: 'moderator' });
  await expect(asModerator).rejects.toMatchObject(refused(50013));
});

test('a bot that is kicked loses the server and hears no more of it', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const gone = new Promise((resolve) => client.once('guildDelete', resolve));
  const heard: string[] = [];
  client.on('messageCreate', ({ content }) => heard.push(content));
  await sandbox.rest('DELETE', `/guilds/${sandbox.guildId}/members/${sandbox.people.bot}`, { as: 'owner' });
  await gone;
  expect(client.guilds.cache.size).toBe(0);
  await sandbox.message({ content: 'is it gone?' });
  await expect(client.guilds.fetch(sandbox.guildId)).rejects.toMatchObject(refused(50001));
  expect(heard).toEqual([]);
});

test('members are found by the beginning of any of their names; listing them all needs the intent', async () => {
  await using bot = await restBot({ intents: { members: false } });
  const { sandbox, rest } = bot;
  const members = `/guilds/${sandbox.guildId}/members` as const;
  await expect(rest.get(`${members}?limit=5`)).rejects.toMatchObject(refused(50001));
  await rest.patch(`${members}/${sandbox.people.member}`, { body: { nick: 'Zebra' } });
  const found = await rest.get(`${members}/search?query=zEb&limit=5`);
  expect(found).toMatchObject([{ user: { id: sandbox.people.member } }]);
  await expect(rest.get(`${members}/search`)).rejects.toMatchObject(refused(50035));
});

test('pruning takes those who are away and have no role', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/prune` as const;
  await sandbox.join(2);
  const member = sandbox.state.guild(sandbox.guildId).members.get(sandbox.people.newcomer);
  if (!member) throw new Error('no newcomer');
  const long = new Date(Date.now() - 10 * DAY).toISOString();
  sandbox.state.guild(sandbox.guildId).setMember({ ...member, joined_at: long });
  expect(await rest.get(`${path}?days=7`)).toEqual({ pruned: 1 });
  const mark = sandbox.mark();
  expect(await rest.post(path, { body: { days: 7 } })).toEqual({ pruned: 1 });
  expect(bot.happened(mark)).toMatchObject([
    { t: 'GUILD_MEMBER_REMOVE', d: { user: { id: sandbox.people.newcomer } } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 21, options: { members_removed: '1' } } },
  ]);
});

test('a timeout holds whoever leaves and comes back, who is known as someone who was here before', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/members/${sandbox.people.member}` as const;
  const until = inMs(DAY);
  await rest.patch(path, { body: { communication_disabled_until: until, nick: 'Chin' } });
  await sandbox.leave('member');
  const mark = sandbox.mark();
  await sandbox.join('member');
  const again = { flags: 1, communication_disabled_until: until, nick: null, roles: [] };
  expect(bot.happened(mark)).toMatchObject([{ t: 'GUILD_MEMBER_ADD', d: again }]);
  expect(await rest.get(path)).toMatchObject(again);
  const [first] = await sandbox.join(1);
  expect(await rest.get(`/guilds/${sandbox.guildId}/members/${first}`)).toMatchObject({ flags: 0 });
});

test('to mute or move takes the permission where someone is, and a voice channel of this server to move to', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, channels, guildId } = sandbox;
  const member = `/guilds/${guildId}/members/${people.member}` as const;
  const elsewhere = await sandbox.addGuild('Elsewhere');
  const there = [...sandbox.state.guild(elsewhere).channels].find((id) => sandbox.state.channel(id).type === 2);
  await sandbox.voice('member', 'lounge');
  const mark = sandbox.mark();
  const refusals = [
    [{ channel_id: channels.general }, 50035],
    [{ channel_id: there }, 10003],
    [{ mute: true, channel_id: channels.general }, 50035],
  ] as const;
  for (const [body, code] of refusals) await expect(rest.patch(member, { body })).rejects.toMatchObject(refused(code));
  await sandbox.rest('PUT', `/channels/${channels.lounge}/permissions/${sandbox.roles.bot}`, {
    as: 'owner',
    body: { type: 0, deny: String(PermissionFlagsBits.MuteMembers) },
  });
  await expect(rest.patch(member, { body: { mute: true } })).rejects.toMatchObject(refused(50013));
  expect(bot.happened(mark).filter(({ t }) => t === 'GUILD_MEMBER_UPDATE' || t === 'VOICE_STATE_UPDATE')).toEqual([]);
  await rest.patch(member, { body: { deaf: true } });
  await sandbox.voice('member', null);
  await sandbox.voice('member', 'lounge');
  // What the server has set stays when someone comes back to voice.
  expect(await rest.get(`/guilds/${guildId}/voice-states/${people.member}`)).toMatchObject({ deaf: true, mute: false });
  await rest.delete(`/channels/${channels.lounge}`);
  await expect(rest.get(`/guilds/${guildId}/voice-states/${people.member}`)).rejects.toMatchObject(refused(10065));
});

test("everybody's role is none that could be given", async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const member = `/guilds/${sandbox.guildId}/members/${sandbox.people.member}` as const;
  await expect(rest.put(`${member}/roles/${sandbox.guildId}`)).rejects.toMatchObject(refused(10011, 404));
});
