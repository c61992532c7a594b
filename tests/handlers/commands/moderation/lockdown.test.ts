import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { auditOf, casesOf, order } from './moderated.ts';

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;

/** Every channel's overwrites, whatever their order. */
function overwritesIn({ discord }: TestBot): Record<string, unknown> {
  const guild = discord.state.guild(discord.guildId);
  return Object.fromEntries(
    discord.state
      .channelsOf(guild)
      .map(({ id, permission_overwrites: all = [] }) => [id, all.toSorted((a, b) => (a.id < b.id ? -1 : 1))]),
  );
}

async function mayTalk({ discord }: TestBot, as: string, channel = 'general'): Promise<boolean> {
  return await discord.message({ as, channel, content: 'x' }).then(
    () => true,
    () => false,
  );
}

const put = ({ discord }: TestBot, channel: string, id: string | undefined, body: object) =>
  discord.rest('PUT', `/channels/${discord.channels[channel]}/permissions/${id}`, { as: 'owner', body });
const lock = (bot: TestBot, options = {}) => order(bot, 'lockdown', options, 'owner');
const unlock = (bot: TestBot, options = {}) => order(bot, 'unlock', options, 'owner');

test('in a locked channel only staff and the bot talk; unlocked it is exactly as it was', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, people, channels } = discord;
  await put(bot, 'general', roles.member, { type: 0, allow: String(P.SendMessages | P.AttachFiles), deny: '0' });
  await put(bot, 'general', people.newcomer, { type: 1, allow: String(P.SendMessages), deny: String(P.AddReactions) });
  const before = overwritesIn(bot);
  expect(await lock(bot, { where: 'general', reason: 'raid' })).toContain(
    `lockdown (1 channel) of <#${channels.general}>`,
  );
  const talk = async () => [
    await mayTalk(bot, 'member'),
    await mayTalk(bot, 'newcomer'),
    await mayTalk(bot, 'moderator'),
  ];
  expect(await talk()).toEqual([false, false, true]);
  await discord.rest('GET', `/channels/${channels.general}/messages`, { as: 'bot' });
  await discord.rest('POST', `/channels/${channels.general}/messages`, { as: 'bot', body: { content: 'locked' } });
  expect(await mayTalk(bot, 'member', 'random')).toBe(true);
  expect(await unlock(bot, { where: 'general' })).toContain('unlocking of');
  expect(overwritesIn(bot)).toEqual(before);
  expect(await talk()).toEqual([true, true, true]);
  expect(auditOf(bot).map(({ reason }) => reason)).toContain(`adelie (${people.owner}) · case 1 · raid`);
});

test('what somebody changes meanwhile stays, and only what the lockdown took is given back', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, guildId, channels, people } = discord;
  await put(bot, 'random', roles.member, { type: 0, allow: String(P.SendMessages | P.AddReactions), deny: '0' });
  await lock(bot, { where: 'random' });
  // What the lockdown no longer allowed is now denied on purpose.
  await put(bot, 'random', roles.member, { type: 0, allow: '0', deny: String(P.SendMessages) });
  await unlock(bot, { where: 'random' });
  expect(discord.state.channel(channels.random).permission_overwrites).toEqual([
    { id: roles.member, type: 0, allow: String(P.AddReactions), deny: String(P.SendMessages) },
  ]);
  await lock(bot, { where: 'general' });
  const everyone = () =>
    discord.state.channel(channels.general).permission_overwrites?.find(({ id }) => id === guildId);
  const deny = BigInt(everyone()?.deny ?? 0) | P.AttachFiles;
  await put(bot, 'general', guildId, { type: 0, allow: '0', deny: String(deny & ~P.AddReactions) });
  await put(bot, 'general', roles.member, { type: 0, allow: String(P.SendMessages), deny: '0' });
  await discord.rest('DELETE', `/channels/${channels.general}/permissions/${people.bot}`, { as: 'owner' });
  await unlock(bot, { where: 'general' });
  expect(discord.state.channel(channels.general).permission_overwrites).toEqual([
    { id: guildId, type: 0, allow: '0', deny: String(P.AttachFiles) },
    { id: roles.member, type: 0, allow: String(P.SendMessages), deny: '0' },
  ]);
});

test('the whole server is locked but what only staff see, and lifted by itself when the time is over', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const before = overwritesIn(bot);
  const said = await lock(bot, { server: true, duration: '1 hour' });
  expect(said).toContain('of the whole server');
  const during = overwritesIn(bot);
  expect(during[discord.channels['mod-log']]).toEqual(before[discord.channels['mod-log']]);
  expect([await mayTalk(bot, 'member'), await mayTalk(bot, 'member', 'random')]).toEqual([false, false]);
  const patches = discord.requests().filter(({ method, path }) => method === 'PATCH' && path.startsWith('/channels/'));
  expect(patches).toHaveLength(Object.keys(during).length - 1);
  clock.now = NOON + HOUR;
  bot.app.timers.wake();
  await expect.poll(() => overwritesIn(bot)).toEqual(before);
  await expect
    .poll(async () => (await casesOf(bot)).map(({ type, state, source }) => `${type} ${state} ${source}`))
    .toEqual(['lockdown done command', 'unlock done expiry']);
});

test('a category is locked with what is in it; a new time takes the place of the old one', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const before = overwritesIn(bot);
  await lock(bot, { where: 'community', duration: '1 hour' });
  await lock(bot, { where: 'community', duration: '2 hours' });
  expect(await mayTalk(bot, 'member', 'random')).toBe(false);
  expect(await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toHaveLength(1);
  await unlock(bot, { where: 'community' });
  expect(overwritesIn(bot)).toEqual(before);
  expect(await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toEqual([]);
});

test('a channel that two lockdowns are of stays locked until both are lifted, in whatever order', async () => {
  await using bot = await startBot();
  const before = overwritesIn(bot);
  const [channel, server] = [{ where: 'general' }, { server: true }];
  for (const [first, second] of [
    [channel, server],
    [server, channel],
  ] as const) {
    for (const lifted of [
      [first, second],
      [second, first],
    ] as const) {
      await lock(bot, first);
      // Nothing is left to lock for the channel where all is locked.
      await lock(bot, second);
      await unlock(bot, lifted[0]);
      const open = await mayTalk(bot, 'member');
      if (first === channel || lifted[0] === channel) expect(open).toBe(false);
      await unlock(bot, lifted[1]);
      expect(overwritesIn(bot)).toEqual(before);
    }
  }
});

test('an outage half-way is gone on from, and unlocking gives all back', async () => {
  await using bot = await startBot();
  const before = overwritesIn(bot);
  const general = `/channels/${bot.discord.channels.general}`;
  bot.discord.faults.rest(general, { kind: 'status', status: 503 }, { method: 'PATCH', times: 5 });
  bot.discord.faults.rest(
    `/channels/${bot.discord.channels.random}`,
    { kind: 'lose-answer' },
    { method: 'PATCH', times: 1 },
  );
  await lock(bot, { server: true });
  await expect.poll(async () => (await casesOf(bot))[0]?.state).toBe('done');
  expect([await mayTalk(bot, 'member'), await mayTalk(bot, 'member', 'random')]).toEqual([false, false]);
  await unlock(bot, { server: true });
  expect(overwritesIn(bot)).toEqual(before);
});

test('a channel that the bot may not change is named, the others are locked; where it may change none, nothing is', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles } = discord;
  await put(bot, 'random', roles.bot, { type: 0, allow: '0', deny: String(P.ManageChannels) });
  expect(await lock(bot, { server: true })).toContain(`does not let me change <#${channels.random}>`);
  expect([await mayTalk(bot, 'member'), await mayTalk(bot, 'member', 'random')]).toEqual([false, true]);
  expect(await lock(bot, { where: 'random' })).toContain('I lack the permission');
  expect((await casesOf(bot)).map(({ state }) => state)).toEqual(['done', 'void']);
});

test('what is not locked, two places, no place of theirs, and who may not', async () => {
  await using bot = await startBot();
  expect(await unlock(bot, { where: 'general' })).toContain('Nothing is locked here');
  expect(await lock(bot, { where: 'mod-log' })).toContain('nothing open to lock');
  expect(await lock(bot, { where: 'general', server: true })).toContain('not both');
  expect(await order(bot, 'lockdown', {}, 'member')).toContain('Manage Channels');
  await lock(bot, { where: 'random' });
  expect(await unlock(bot, { where: 'general' })).toContain(`<#${bot.discord.channels.random}> (case 2)`);
});

test('staff that could not talk somewhere cannot by a lockdown', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await put(bot, 'random', discord.guildId, { type: 0, allow: '0', deny: String(P.SendMessages) });
  await put(bot, 'random', discord.roles.bot, { type: 0, allow: String(P.SendMessages), deny: '0' });
  expect(await mayTalk(bot, 'moderator', 'random')).toBe(false);
  expect(await lock(bot, { server: true })).toContain('of the whole server');
  expect([await mayTalk(bot, 'moderator', 'random'), await mayTalk(bot, 'moderator')]).toEqual([false, true]);
});

/** Has the server give a permission to its members alone, so that the bot does not hold it. */
async function onlyMembers({ discord }: TestBot, ...bits: readonly bigint[]): Promise<void> {
  const guild = discord.state.guild(discord.guildId);
  const own = bits.reduce((all, bit) => all | bit, 0n);
  const set = (id: string | undefined, to: (bits: bigint) => bigint) => {
    const role = guild.roles.get(id ?? '');
    const permissions = String(to(BigInt(role?.permissions ?? 0)));
    return discord.rest('PATCH', `/guilds/${discord.guildId}/roles/${id}`, { as: 'owner', body: { permissions } });
  };
  await set(discord.guildId, (all) => all & ~own);
  await set(discord.roles.bot, (all) => all & ~own);
  await set(discord.roles.member, (all) => all | own);
}

test('what the bot may not do itself it does not take: those channels are told of, and what can be locked is', async () => {
  await using bot = await startBot();
  const { channels } = bot.discord;
  const before = overwritesIn(bot);
  await onlyMembers(bot, P.Connect);
  const said = await lock(bot, { server: true });
  expect(said).toContain('people can still talk in');
  expect(said).toContain(`<#${channels.lounge}>`);
  expect(said).not.toContain(`<#${channels.general}>`);
  expect([await mayTalk(bot, 'member'), await mayTalk(bot, 'member', 'random')]).toEqual([false, false]);
  await unlock(bot, { server: true });
  expect(overwritesIn(bot)).toEqual(before);
  await onlyMembers(bot, P.SendMessages);
  expect(await lock(bot, { where: 'general' })).toContain(`people can still talk in <#${channels.general}>`);
  expect(await mayTalk(bot, 'member')).toBe(true);
  await unlock(bot, { where: 'general' });
  await onlyMembers(bot, P.SendMessagesInThreads, P.CreatePublicThreads, P.CreatePrivateThreads, P.AddReactions);
  expect(await lock(bot, { where: 'general' })).toContain(`People can talk in <#${channels.general}>`);
  expect(await lock(bot, { where: 'general' })).not.toContain('nothing open to lock');
  expect((await casesOf(bot)).at(-1)).toMatchObject({ state: 'void' });
  expect(overwritesIn(bot)).toEqual(before);
  expect(await unlock(bot, { where: 'general' })).toContain('Nothing is locked here');
});

test('where the bot was kept from talking it can still lock, and is given nothing by it', async () => {
  await using bot = await startBot();
  const { roles, channels, people } = bot.discord;
  await put(bot, 'random', roles.bot, { type: 0, allow: '0', deny: String(P.SendMessages) });
  const before = overwritesIn(bot);
  expect(await lock(bot, { where: 'random' })).toContain('lockdown (1 channel) of');
  expect(await mayTalk(bot, 'member', 'random')).toBe(false);
  const own = bot.discord.state.channel(channels.random).permission_overwrites?.find(({ id }) => id === people.bot);
  expect(BigInt(own?.allow ?? 0) & P.SendMessages).toBe(0n);
  await unlock(bot, { where: 'random' });
  expect(overwritesIn(bot)).toEqual(before);
});

test('a channel where nobody can write is not open for being one that voice could be joined in', async () => {
  await using bot = await startBot();
  const deny =
    P.SendMessages | P.SendMessagesInThreads | P.CreatePublicThreads | P.CreatePrivateThreads | P.AddReactions;
  await put(bot, 'random', bot.discord.guildId, { type: 0, allow: '0', deny: String(deny) });
  expect(await lock(bot, { where: 'random' })).toContain('nothing open to lock');
});
