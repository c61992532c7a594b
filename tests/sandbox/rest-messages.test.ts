import { PermissionFlagsBits } from 'discord.js';
import { expect, test } from 'vitest';
import { snowflakeAt } from '../../sandbox/server/snowflake.ts';
import { refused, restBot } from './rest.ts';

const heart = encodeURIComponent('❤️');

test('reactions are counted by emoji, and everyone sees their own', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { id } = await sandbox.message({ content: 'like this' });
  const at = `/channels/${sandbox.channels.general}/messages/${id}` as const;
  const mark = sandbox.mark();
  await sandbox.react(id, '❤️', { as: 'moderator' });
  expect(await rest.get(at)).toMatchObject({ reactions: [{ emoji: { id: null, name: '❤️' }, count: 1, me: false }] });
  await rest.put(`${at}/reactions/${heart}/@me`);
  await rest.put(`${at}/reactions/${heart}/@me`);
  expect(await rest.get(at)).toMatchObject({ reactions: [{ count: 2, me: true }] });
  expect(await rest.get(`${at}/reactions/${heart}`)).toHaveLength(2);
  await rest.delete(`${at}/reactions/${heart}/${sandbox.people.moderator}`);
  await rest.delete(`${at}/reactions`);
  expect(bot.happened(mark).map(({ t }) => t)).toEqual([
    'MESSAGE_REACTION_ADD',
    'MESSAGE_REACTION_ADD',
    'MESSAGE_REACTION_REMOVE',
    'MESSAGE_REACTION_REMOVE_ALL',
  ]);
  await expect(rest.put(`${at}/reactions/nonsense/@me`)).rejects.toMatchObject(refused(10014));
  await expect(rest.put(`${at}/reactions/x:100000000000000009/@me`)).rejects.toMatchObject(refused(10014));
  for (let at20 = 0; at20 < 20; at20++) await sandbox.react(id, String.fromCodePoint(0x1f600 + at20), { as: 'bot' });
  await expect(rest.put(`${at}/reactions/${heart}/@me`)).rejects.toMatchObject(refused(30010));
});

test('without Read Message History the list is empty and a single message is refused, whether it is there or not', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { id } = await sandbox.message({ content: 'hello' });
  const at = `/channels/${sandbox.channels.general}` as const;
  const none = snowflakeAt(sandbox.state.now() + 3_600_000);
  expect(await rest.get(`${at}/messages`)).toMatchObject([{ id }]);
  await expect(rest.get(`${at}/messages/${none}`)).rejects.toMatchObject(refused(10008, 404));
  const deny = { type: 1, deny: String(PermissionFlagsBits.ReadMessageHistory), allow: '0' };
  await sandbox.rest('PUT', `${at}/permissions/${sandbox.state.bot.id}`, { as: 'owner', body: deny });
  expect(await rest.get(`${at}/messages`)).toEqual([]);
  for (const one of [id, none]) {
    await expect(rest.get(`${at}/messages/${one}`)).rejects.toMatchObject(refused(50013, 403));
  }
});

test('a pin is shown, told of and written into the channel', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { id } = await sandbox.message({ content: 'keep this' });
  const at = `/channels/${sandbox.channels.general}` as const;
  const mark = sandbox.mark();
  await rest.put(`${at}/messages/pins/${id}`, { reason: 'rules' });
  const told = bot.happened(mark);
  expect(told.map(({ t }) => t).sort()).toEqual([
    'CHANNEL_PINS_UPDATE',
    'GUILD_AUDIT_LOG_ENTRY_CREATE',
    'MESSAGE_CREATE',
    'MESSAGE_UPDATE',
  ]);
  expect(told.find(({ t }) => t === 'MESSAGE_CREATE')).toMatchObject({
    d: { type: 6, message_reference: { message_id: id } },
  });
  expect(await rest.get(`${at}/messages/pins`)).toMatchObject({
    items: [{ message: { id, pinned: true } }],
    has_more: false,
  });
  expect(await rest.get(`${at}/pins`)).toMatchObject([{ id }]);
  await expect(sandbox.rest('DELETE', `${at}/pins/${id}`)).rejects.toMatchObject(refused(50013));
  await rest.delete(`${at}/pins/${id}`);
  expect(await rest.get(`${at}/pins`)).toEqual([]);
});

test('many messages go at once, none of them older than two weeks', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.general}/messages/bulk-delete` as const;
  const ids = [];
  for (const content of ['a', 'b']) ids.push((await sandbox.message({ content })).id);
  const old = snowflakeAt(Date.now() - 15 * 24 * 3_600_000);
  const remove = (messages: readonly string[]) => rest.post(at, { body: { messages }, reason: 'tidy' });
  await expect(remove([...ids, old])).rejects.toMatchObject(refused(50034, 400));
  await expect(remove(ids.slice(0, 1))).rejects.toMatchObject(refused(50016));
  await expect(remove([...ids, ...ids])).rejects.toMatchObject(refused(50035));
  await expect(sandbox.rest('POST', at, { body: { messages: ids } })).rejects.toMatchObject(refused(50013));
  const mark = sandbox.mark();
  await remove([...ids, sandbox.state.ids.next()]);
  expect(bot.happened(mark)).toMatchObject([
    { t: 'MESSAGE_DELETE_BULK', d: { ids, channel_id: sandbox.channels.general } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 73, reason: 'tidy' } },
  ]);
});

test("others' messages go by permission and are written down, cannot be edited, and system messages stay", async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.general}/messages` as const;
  const { id } = await sandbox.message({ content: 'mine' });
  await expect(rest.patch(`${at}/${id}`, { body: { content: 'x' } })).rejects.toMatchObject(refused(50005));
  await expect(sandbox.rest('DELETE', `${at}/${id}`, { as: 'newcomer' })).rejects.toMatchObject(refused(50013));
  const mark = sandbox.mark();
  await rest.delete(`${at}/${id}`, { reason: 'off topic' });
  const entry = { action_type: 72, target_id: sandbox.people.member, reason: 'off topic' };
  expect(bot.happened(mark).find(({ t }) => t === 'GUILD_AUDIT_LOG_ENTRY_CREATE')).toMatchObject({ d: entry });
  expect(bot.happened(mark).find(({ t }) => t === 'MESSAGE_DELETE')).toMatchObject({ d: { id } });
  await expect(rest.get(`${at}/${id}`)).rejects.toMatchObject(refused(10008, 404));
});

test('direct messages reach those who take them', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people } = sandbox;
  const open = async (recipient_id: string) =>
    (await rest.post('/users/@me/channels', { body: { recipient_id } })) as { id: string };
  const { id } = await open(people.member);
  expect(await open(people.member)).toEqual(expect.objectContaining({ id }));
  const say = () => rest.post(`/channels/${id}/messages`, { body: { content: 'psst' } });
  await say();
  await sandbox.directMessages('member', false);
  await expect(say()).rejects.toMatchObject(refused(50007, 403));
  await sandbox.directMessages('member', true);
  await sandbox.leave('member');
  // Nobody gets direct messages from a bot they share no server with.
  await expect(say()).rejects.toMatchObject(refused(50007));
  await expect(open(people.bot)).rejects.toMatchObject(refused(50033));
  await expect(open('100000000000000009')).rejects.toMatchObject(refused(10013));
});

test('an answer to a message needs its history, unless it may fail quietly', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const at = `/channels/${sandbox.channels.general}` as const;
  const { id } = await sandbox.message({ content: 'question' });
  const gone = { content: 'x', message_reference: { message_id: sandbox.state.ids.next() } };
  await expect(rest.post(`${at}/messages`, { body: gone })).rejects.toMatchObject(refused(50035));
  const quiet = { ...gone, message_reference: { ...gone.message_reference, fail_if_not_exists: false } };
  expect(await rest.post(`${at}/messages`, { body: quiet })).toMatchObject({ type: 0 });
  const deny = { type: 1, deny: String(1n << 16n) };
  await sandbox.rest('PUT', `${at}/permissions/${sandbox.people.bot}`, { as: 'owner', body: deny });
  const reply = { content: 'x', message_reference: { message_id: id } };
  await expect(rest.post(`${at}/messages`, { body: reply })).rejects.toMatchObject(refused(160_002));
});
