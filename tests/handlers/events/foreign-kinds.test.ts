import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { makeUser } from '../../../sandbox/server/state/users.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { freshDatabase } from '../../database.ts';
import { casesOf, order } from '../commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const soon = { timeout: 60_000 };
const DAY_MS = 86_400_000;
const RULE = { rule: 'No *links*', channel: 'general', seconds: 600 };
const SELFBOT = '1181000000000000001';

/** Somebody does something in Discord's own interface. */
function byHand({ discord }: TestBot, method: string, path: string, body?: unknown, as = 'owner') {
  return discord.rest(method, `/guilds/${discord.guildId}/${path}`, { as, ...(body !== undefined && { body }) });
}

function change(bot: TestBot, person: string, body: object, as = 'owner') {
  return byHand(bot, 'PATCH', `members/${bot.discord.people[person] ?? person}`, body, as);
}

/** Waits until all that was done is looked at: until a ban that comes after it is a case. */
async function untilSeen(bot: TestBot) {
  const [last = ''] = await bot.discord.join(1);
  await byHand(bot, 'PUT', `bans/${last}`, {});
  await expect.poll(async () => (await casesOf(bot)).some(({ target }) => target === last), soon).toBe(true);
}

/** What became a case, but for those bans. */
async function casesMade(bot: TestBot) {
  await untilSeen(bot);
  return (await casesOf(bot)).filter(({ type }) => type !== 'ban');
}

async function typesOf(bot: TestBot) {
  return (await casesMade(bot)).map(({ type }) => type);
}

async function roleOf({ discord }: TestBot) {
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body: { name: 'blue' } });
  return (made as { id: string }).id; // what Discord answers
}

test("a timeout by Discord's own AutoMod is one case, by nobody, with its rule and its end", async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await discord.autoModTimeout('member', RULE);
  await expect.poll(async () => (await casesOf(bot)).length, soon).toBe(1);
  const member = discord.state.guild(discord.guildId).members.get(discord.people.member ?? '');
  const until = member?.communication_disabled_until ?? '';
  const [own] = await casesOf(bot);
  expect(own).toMatchObject({ type: 'timeout', actor: null, reason: RULE.rule, state: 'done', source: 'discord' });
  expect(own?.until).toEqual(new Date(until));
  expect((await bot.db`select actor_name from cases`)[0]?.actor_name).toBe('AutoMod');
  // Where Discord tells of the same by an entry of another kind as well.
  const MEMBER_UPDATE = 24;
  discord.state.audit(discord.state.guild(discord.guildId), {
    ...{ user_id: discord.people.owner ?? '', action_type: MEMBER_UPDATE, target_id: discord.people.member ?? '' },
    changes: [{ key: 'communication_disabled_until', old_value: null, new_value: until }],
  });
  expect(await typesOf(bot)).toEqual(['timeout']);
});

test('what AutoMod, a prune and the owner did while the bot was away is made up for; who is free by then counts as free', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  await using database = await freshDatabase();
  const options = { discord, env: { DATABASE_URL: database.url } };
  {
    await using before = await startBot(options);
    await change(before, 'newcomer', { communication_disabled_until: new Date(Date.now() + DAY_MS).toISOString() });
    await expect.poll(async () => (await database.db`select 1 from audit_seen`).length, soon).toBe(1);
    await expect.poll(async () => (await database.db`select 1 from cases`).length, soon).toBe(1);
  }
  await discord.autoModTimeout('member', RULE);
  await discord.rest('PATCH', `/guilds/${discord.guildId}/members/${discord.people.member}`, {
    ...{ as: 'owner', body: { communication_disabled_until: null } },
  });
  await discord.rest('POST', `/guilds/${discord.guildId}/prune`, { as: 'owner', body: { days: 30 } });
  await discord.voice('member', 'lounge');
  await discord.rest('PATCH', `/guilds/${discord.guildId}/members/${discord.people.member}`, {
    ...{ as: 'owner', body: { channel_id: null } },
  });
  await using bot = await startBot(options);
  const cases = () => casesOf({ ...bot, db: bot.app.db });
  await expect.poll(async () => (await cases()).length, soon).toBe(5);
  const [, own, ...others] = await cases();
  expect(own).toMatchObject({ type: 'timeout', reason: RULE.rule, actor: null });
  expect(own?.until.getTime()).toBeLessThanOrEqual(Date.now());
  expect(others.map(({ type, target }) => [type, target])).toEqual([
    ['untimeout', discord.people.member],
    ['prune', discord.guildId],
    ['voice-kicks', discord.guildId],
  ]);
});

test('what is done in voice by hand becomes cases unless the server does not want that, and what the bot does is its own case alone', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await discord.voice('member', 'lounge');
  await change(bot, 'member', { mute: true, deaf: true });
  await change(bot, 'member', { mute: false });
  await change(bot, 'member', { channel_id: null });
  expect(await typesOf(bot)).toEqual(['voice-mute', 'voice-deafen', 'voice-unmute', 'voice-kicks']);
  await discord.voice('member', 'lounge');
  await order(bot, 'voice mute', { member: 'member' });
  const other = await byHand(bot, 'POST', 'channels', { name: 'den', type: 2 });
  const { id: den } = other as { id: string }; // what Discord answers
  await change(bot, 'member', { channel_id: den });
  const kept = await casesMade(bot);
  expect(kept.slice(4).map(({ type, source }) => [type, source])).toEqual([
    ['voice-mute', 'command'],
    ['voice-moves', 'discord'],
  ]);
  const { member } = discord.people;
  expect(kept[1]).toMatchObject({ target: member, actor: discord.people.owner, endedAt: null });
  expect(kept[0]).toMatchObject({ type: 'voice-mute', endedAt: expect.any(Date) });
  expect(kept[5]?.target).toBe(den);
  expect(await order(bot, 'case view', { number: kept[5]?.number })).toContain('Discord does not say whom');
  await order(bot, 'config moderation', { record: 'voice', recording: false }, 'owner');
  await change(bot, 'member', { deaf: false, channel_id: discord.channels.lounge });
  expect(await typesOf(bot)).toHaveLength(6);
});

test('nicknames and roles that people give others become cases where a server wants it', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const role = await roleOf(bot);
  const member = discord.people.member ?? '';
  await change(bot, 'member', { nick: 'Rocky' });
  await byHand(bot, 'PUT', `members/${member}/roles/${role}`);
  expect(await typesOf(bot)).toEqual([]);
  for (const record of ['nicks', 'roles']) {
    await order(bot, 'config moderation', { record, recording: true }, 'owner');
  }
  await change(bot, 'member', { nick: 'Hopper' });
  await change(bot, 'member', { nick: 'Myself' }, 'member');
  await byHand(bot, 'DELETE', `members/${member}/roles/${role}`);
  await order(bot, 'nick', { member: 'member', name: 'Adelie' });
  await order(bot, 'role add', { member: 'member', role }, 'owner');
  expect((await casesMade(bot)).map(({ type, source }) => [type, source]).toSorted()).toEqual([
    ['nick', 'command'],
    ['nick', 'discord'],
    ['role-add', 'command'],
    ['role-remove', 'discord'],
  ]);
  const [own] = await bot.db`select data from cases where type = 'nick' and source = 'discord'`;
  expect(own?.data).toEqual({ nick: 'Hopper', before: 'Rocky' });
});

test('what other bots give and take in masses becomes no cases, and what they remove does', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  discord.state.users.set(SELFBOT, makeUser({ id: SELFBOT, username: 'skua', bot: true }));
  await discord.join(SELFBOT);
  await bot.set('moderation', { recorded: ['nicks', 'roles', 'voice'] });
  const role = await roleOf(bot);
  const about = { user_id: SELFBOT, target_id: discord.people.member ?? '' };
  const guild = discord.state.guild(discord.guildId);
  const given = [{ id: role, name: 'blue' }];
  discord.state.audit(guild, { ...about, action_type: 25, changes: [{ key: '$add', new_value: given }] });
  discord.state.audit(guild, { ...about, action_type: 24, changes: [{ key: 'nick', new_value: 'Rocky' }] });
  discord.state.audit(guild, { ...about, action_type: 27, target_id: null, options: { count: '3' } });
  discord.state.audit(guild, { ...about, action_type: 20 });
  expect(await typesOf(bot)).toEqual(['kick']);
});

test('what is recorded of Discord itself is settled in the settings, in words', async () => {
  await using bot = await startBot();
  const set = (options: Record<string, string | boolean>) => order(bot, 'config moderation', options, 'owner');
  expect(await set({ record: 'roles', recording: true })).toContain('many messages, voice, roles');
  expect(await set({ record: 'voice', recording: false })).toContain('many messages, roles');
  expect(await set({ record: 'nicks' })).toContain('Name both');
  expect(await order(bot, 'config moderation', { record: 'nicks', recording: true }, 'member')).not.toContain(
    'Changed',
  );
});
