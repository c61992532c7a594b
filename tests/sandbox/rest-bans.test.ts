import { expect, test } from 'vitest';
import { refused, restBot } from './rest.ts';

const NOBODY = '100000000000000009';

test('a ban takes the member and their latest messages away, and says why', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, channels, guildId } = sandbox;
  const { id } = await sandbox.message({ content: 'spam' });
  const other = await sandbox.message({ content: 'spam', channel: 'random' });
  const mark = sandbox.mark();
  const path = `/guilds/${guildId}/bans/${people.member}` as const;
  await rest.put(path, { body: { delete_message_seconds: 3_600 }, reason: 'so much spam ✓' });
  expect(bot.happened(mark)).toMatchObject([
    { t: 'GUILD_BAN_ADD', d: { guild_id: guildId, user: { id: people.member } } },
    { t: 'GUILD_MEMBER_REMOVE', d: { guild_id: guildId, user: { id: people.member } } },
    { t: 'MESSAGE_DELETE_BULK', d: { ids: [id], channel_id: channels.general } },
    { t: 'MESSAGE_DELETE_BULK', d: { ids: [other.id], channel_id: channels.random } },
    { t: 'GUILD_AUDIT_LOG_ENTRY_CREATE', d: { action_type: 22, reason: 'so much spam ✓', user_id: people.bot } },
  ]);
  expect(await rest.get(path)).toMatchObject({ reason: 'so much spam ✓', user: { id: people.member } });
  expect(await rest.get(`/guilds/${guildId}/bans`)).toHaveLength(1);
  // Banning again changes nothing.
  const again = sandbox.mark();
  await rest.put(path, { body: {} });
  expect(bot.happened(again)).toEqual([]);
  await rest.delete(path, { reason: 'second chance' });
  expect(bot.happened(again)).toMatchObject([{ t: 'GUILD_BAN_REMOVE' }, { d: { action_type: 23 } }]);
  await expect(rest.get(path)).rejects.toMatchObject(refused(10026, 404));
  await expect(rest.delete(path)).rejects.toMatchObject(refused(10026, 404));
});

test('bans reach only further down, also people outside, but nobody who does not exist', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, guildId } = sandbox;
  const of = (id: string) => `/guilds/${guildId}/bans/${id}` as const;
  for (const id of [people.owner, people.bot]) {
    await expect(rest.put(of(id), { body: {} })).rejects.toMatchObject(refused(50013));
  }
  await expect(rest.put(of(NOBODY), { body: {} })).rejects.toMatchObject(refused(10013));
  await expect(sandbox.rest('PUT', of(people.newcomer))).rejects.toMatchObject(refused(50013));
  await expect(rest.put(of(people.newcomer), { body: { delete_message_seconds: 604_801 } })).rejects.toMatchObject(
    refused(50035),
  );
  const long = rest.put(of(people.newcomer), { body: {}, reason: 'x'.repeat(513) });
  await expect(long).rejects.toMatchObject({ rawError: { errors: { reason: {} } } });
  await sandbox.leave('newcomer');
  await rest.put(of(people.newcomer), { body: {}, reason: 'x'.repeat(512) });
  await expect(sandbox.join('newcomer')).rejects.toThrow('is banned');
});

test('a bulk ban says who was banned and who could not be', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { people, guildId } = sandbox;
  const path = `/guilds/${guildId}/bulk-ban` as const;
  const raiders = await sandbox.join(3);
  const mark = sandbox.mark();
  const body = { user_ids: [...raiders, people.owner, NOBODY], delete_message_seconds: 0 };
  expect(await rest.post(path, { body, reason: 'raid' })).toEqual({
    banned_users: raiders,
    failed_users: [people.owner, NOBODY],
  });
  const told = bot.happened(mark).map(({ t }) => t);
  expect(told.filter((t) => t === 'GUILD_BAN_ADD')).toHaveLength(3);
  await expect(rest.post(path, { body })).rejects.toMatchObject(refused(500_000));
  await expect(rest.post(path, { body: { user_ids: [] } })).rejects.toMatchObject(refused(50035));
  const tooMany = Array.from({ length: 201 }, () => NOBODY);
  await expect(rest.post(path, { body: { user_ids: tooMany } })).rejects.toMatchObject(refused(50035));
  // Those who may ban one by one may not ban in bulk: that takes managing the server as well.
  await expect(sandbox.rest('POST', path, { as: 'moderator', body })).rejects.toMatchObject(refused(50013));
});

test('the list of bans is read in pages by ids, upwards and downwards, and never without the permission', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const path = `/guilds/${sandbox.guildId}/bans` as const;
  const ids = (await sandbox.join(5)).toSorted((a, b) => (BigInt(a) < BigInt(b) ? -1 : 1));
  for (const id of ids.toReversed()) await rest.put(`${path}/${id}`, { body: {} });
  const page = async (query: string): Promise<string[]> => {
    const bans = (await rest.get(`${path}?${query}` as typeof path)) as { user: { id: string } }[];
    return bans.map(({ user }) => user.id);
  };
  expect(await page('limit=1000')).toEqual(ids);
  expect(await page(`limit=2&after=${ids[1]}`)).toEqual([ids[2], ids[3]]);
  // Those nearest before it, still in ascending order; given both, only `before` counts.
  expect(await page(`limit=2&before=${ids[4]}`)).toEqual([ids[2], ids[3]]);
  expect(await page(`before=${ids[2]}&after=${ids[3]}`)).toEqual([ids[0], ids[1]]);
  await expect(page('limit=1001')).rejects.toMatchObject(refused(50035));
  await expect(page('after=penguin')).rejects.toMatchObject(refused(50035));
  await expect(sandbox.rest('GET', path, { as: 'member' })).rejects.toMatchObject(refused(50013));
});
