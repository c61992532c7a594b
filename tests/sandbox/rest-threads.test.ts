import { ChannelFlags, ChannelType } from 'discord.js';
import { expect, test } from 'vitest';
import { refused, restBot } from './rest.ts';

interface Made {
  readonly id: string;
}

test('a thread begun from a message has its id, and the message shows it', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { id } = await sandbox.message({ content: 'a topic' });
  const at = `/channels/${sandbox.channels.general}/messages/${id}` as const;
  const mark = sandbox.mark();
  expect(await rest.post(`${at}/threads`, { body: { name: 'talk' } })).toMatchObject({
    id,
    type: ChannelType.PublicThread,
    parent_id: sandbox.channels.general,
    message_count: 0,
    member: { user_id: sandbox.people.bot },
  });
  expect(bot.happened(mark)).toMatchObject([
    { t: 'THREAD_CREATE', d: { newly_created: true } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 110 } },
    { t: 'MESSAGE_UPDATE', d: { id, flags: 32 } },
  ]);
  await rest.post(`/channels/${id}/messages`, { body: { content: 'inside' } });
  expect(await rest.get(`/channels/${id}`)).toMatchObject({ message_count: 1 });
  expect(await rest.get(`/channels/${id}/messages`)).toMatchObject([{ content: 'inside' }, { type: 21 }]);
  await expect(rest.post(`${at}/threads`, { body: { name: 'again' } })).rejects.toMatchObject(refused(160_004));
});

test('a forum post is a thread with its first message, and takes a tag where one is needed', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const forum = `/channels/${sandbox.channels.ideas}` as const;
  const tagged = (await rest.patch(forum, {
    body: { available_tags: [{ name: 'big' }], flags: ChannelFlags.RequireTag },
  })) as { available_tags: Made[] };
  const [tag] = tagged.available_tags;
  const post = { name: 'an idea', message: { content: 'what if' } };
  await expect(rest.post(`${forum}/threads`, { body: post })).rejects.toMatchObject(refused(40_067));
  const unknown = { ...post, applied_tags: ['100000000000000009'] };
  await expect(rest.post(`${forum}/threads`, { body: unknown })).rejects.toMatchObject(refused(50035));
  const made = await rest.post(`${forum}/threads`, { body: { ...post, applied_tags: [tag?.id] } });
  const { id } = made as Made;
  expect(made).toMatchObject({ applied_tags: [tag?.id], message: { id, channel_id: id, content: 'what if' } });
  await expect(rest.post(`${forum}/messages`, { body: { content: 'x' } })).rejects.toMatchObject(refused(50008));
  await expect(rest.post(`${forum}/threads`, { body: { name: 'empty' } })).rejects.toMatchObject(refused(50035));
});

test('a private thread is seen by those in it alone', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, channels } = sandbox;
  const { id } = (await rest.post(`/channels/${channels.general}/threads`, {
    body: { name: 'quiet', type: 12 },
  })) as Made;
  const look = () => sandbox.rest('GET', `/channels/${id}`);
  await expect(look()).rejects.toMatchObject(refused(50001));
  const mark = sandbox.mark();
  await rest.put(`/channels/${id}/thread-members/${people.member}`);
  expect(bot.happened(mark)).toMatchObject([
    { t: 'THREAD_MEMBERS_UPDATE', d: { id, member_count: 2, added_members: [{ user_id: people.member }] } },
  ]);
  await look();
  await rest.delete(`/channels/${id}/thread-members/${people.member}`);
  await expect(look()).rejects.toMatchObject(refused(50001));
});

test('an archived thread opens by writing into it, a locked one stays closed', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { channels } = sandbox;
  const { id } = (await rest.post(`/channels/${channels.general}/threads`, {
    body: { name: 'open', type: 11 },
  })) as Made;
  const at = `/channels/${id}` as const;
  const say = () => sandbox.rest('POST', `${at}/messages`, { body: { content: 'x' } });
  await rest.patch(at, { body: { archived: true } });
  expect(await rest.get(`/channels/${channels.general}/threads/archived/public`)).toMatchObject({ threads: [{ id }] });
  await say();
  expect(await rest.get(at)).toMatchObject({ thread_metadata: { archived: false } });
  await rest.patch(at, { body: { archived: true, locked: true } });
  await expect(say()).rejects.toMatchObject(refused(50083));
  await expect(sandbox.rest('PATCH', at, { body: { archived: false } })).rejects.toMatchObject(refused(50013));
  await expect(rest.patch(at, { body: { name: 'renamed' } })).rejects.toMatchObject(refused(50083));
  const mark = sandbox.mark();
  await rest.delete(at);
  expect(bot.happened(mark)).toMatchObject([{ t: 'THREAD_DELETE', d: { id } }, { d: { action_type: 112 } }]);
});
