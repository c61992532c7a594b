import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { auditOf, casesOf, order, withLog } from './moderated.ts';

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;

/** A bot and a Discord whose clock the test moves; the moderator's role is below the bot's and above the member's. */
async function startAtNoon() {
  const clock = { now: NOON };
  await using opened = new AsyncDisposableStack();
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now }));
  const bot = opened.use(await startBot({ discord, now: () => new Date(clock.now) }));
  const after = (ms: number) => {
    clock.now = NOON + ms;
    bot.app.timers.wake();
  };
  const owned = opened.move();
  return { bot, discord, after, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}

function memberIn({ discord }: TestBot, who: string) {
  return discord.state.guilds.get(discord.guildId)?.members.get(discord.people[who] ?? '');
}

test('a nickname is given and taken away; the case says what it was before', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const said = await order(bot, 'nick', { member: 'member', nick: ' Chin *strap* ' });
  expect(said).toMatch(/change of nickname \(no nickname to Chin \\+\*strap/);
  expect(memberIn(bot, 'member')?.nick).toBe('Chin *strap*');
  expect(await order(bot, 'nick', { member: 'member', reason: 'as asked' })).toContain('taken away');
  expect(memberIn(bot, 'member')?.nick).toBeNull();
  expect(auditOf(bot).map(({ reason }) => reason)).toEqual([
    `gentoo (${bot.discord.people.moderator}) · case 1`,
    `gentoo (${bot.discord.people.moderator}) · case 2 · as asked`,
  ]);
  await expect.poll(entries).toHaveLength(2);
});

test('nobody is renamed who is above, not here, or by somebody who may not', async () => {
  await using bot = await startBot();
  await bot.discord.leave('newcomer');
  expect(await order(bot, 'nick', { member: 'newcomer', nick: 'x' })).toContain('is not in this server');
  expect(await order(bot, 'nick', { member: 'owner', nick: 'x' })).toContain('owns this server');
  expect(await order(bot, 'nick', { member: 'moderator', nick: 'x' }, 'member')).toContain('Manage Nicknames');
  expect(await casesOf(bot)).toEqual([]);
});

test('a role is given and taken; which it was stands in the case', async () => {
  await using bot = await startBot();
  const { roles } = bot.discord;
  expect(await order(bot, 'role add', { member: 'newcomer', role: 'member' }, 'owner')).toContain(
    `giving a role (<@&${roles.member}>) of`,
  );
  expect(memberIn(bot, 'newcomer')?.roles).toEqual([roles.member]);
  expect(await order(bot, 'role remove', { member: 'newcomer', role: 'member' }, 'owner')).toContain('taking a role');
  expect(memberIn(bot, 'newcomer')?.roles).toEqual([]);
});

test("roles above the bot's or the moderator's, other bots' and everybody's are refused in words, before anything is tried", async () => {
  await using bot = await startBot();
  const { roles, guildId, people } = bot.discord;
  const give = (role: string, as: string) => order(bot, 'role add', { member: 'newcomer', role }, as);
  expect(await give('owner', 'owner')).toContain(`<@&${roles.owner}> is not below my highest role`);
  expect(await give('bot', 'owner')).toContain('nobody can give or take it by hand');
  expect(await give('everyone', 'owner')).toContain('Everybody has that one');
  expect(await give('member', 'moderator')).toContain('Manage Roles');
  await bot.set('permissions', { people: { [people.moderator]: 9 } });
  expect(await give('moderator', 'moderator')).toContain('is not below your highest role');
  expect(await give('member', 'moderator')).toContain('giving a role');
  await bot.discord.rest('DELETE', `/guilds/${guildId}/roles/${roles.member}`, { as: 'owner' });
  expect(await casesOf(bot)).toHaveLength(1);
});

test('a role that is gone by the time it is given makes the case void, and that is said', async () => {
  await using bot = await startBot();
  const fault = { kind: 'status', status: 404, body: { message: 'Unknown Role', code: 10011 } } as const;
  bot.discord.faults.rest('/guilds/{guild_id}/members/{user_id}/roles/{role_id}', fault);
  const said = await order(bot, 'role add', { member: 'newcomer', role: 'member' }, 'owner');
  expect(said).toContain('The role is gone');
  expect(await casesOf(bot)).toMatchObject([{ type: 'role-add', state: 'void' }]);
});

test('a role for a time is taken when it is over; another time takes its place, another role does not', async () => {
  await using own = await startAtNoon();
  const { bot, discord, after } = own;
  const has = (role: string) => memberIn(bot, 'newcomer')?.roles.includes(discord.roles[role] ?? '') ?? false;
  const temp = (role: string, duration: string) =>
    order(bot, 'role temp', { member: 'newcomer', role, duration }, 'owner');
  await temp('member', '1 hour');
  await temp('moderator', '2 hours');
  expect(await temp('member', '3 hours')).toContain('**Case 3**');
  expect((await casesOf(bot)).map(({ endedAt }) => endedAt !== null)).toEqual([true, false, false]);
  after(2 * HOUR);
  await expect.poll(() => has('moderator')).toBe(false);
  expect(has('member')).toBe(true);
  after(3 * HOUR);
  await expect.poll(() => has('member')).toBe(false);
  expect(auditOf(bot).at(-1)?.reason).toContain('the time of case 3 is over');
  await expect.poll(async () => (await casesOf(bot)).map(({ state }) => state)).toEqual(Array(5).fill('done'));
});

test('who has a role for good does not lose it to a time, and who gets it for good meanwhile keeps it', async () => {
  await using own = await startAtNoon();
  const { bot, discord, after } = own;
  expect(await order(bot, 'role temp', { member: 'member', role: 'member', duration: '1h' }, 'owner')).toContain(
    'already, and for good',
  );
  await order(bot, 'role temp', { member: 'newcomer', role: 'member', duration: '1h' }, 'owner');
  await order(bot, 'role add', { member: 'newcomer', role: 'member' }, 'owner');
  expect(await bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toEqual([]);
  after(2 * HOUR);
  expect(memberIn(bot, 'newcomer')?.roles).toEqual([discord.roles.member]);
  expect(await order(bot, 'role temp', { member: 'newcomer', role: 'member', duration: 'ages' }, 'owner')).toContain(
    'no span of time',
  );
});

test('who is in voice is moved, muted, deafened and put out; who is not is said to be in none', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, people } = discord;
  const voice = () => discord.state.guilds.get(guildId)?.voice.get(people.member);
  expect(await order(bot, 'voice mute', { member: 'member' })).toContain('They are not in a voice channel');
  await discord.voice('member', 'lounge');
  const made = await discord.rest('POST', `/guilds/${guildId}/channels`, {
    as: 'owner',
    body: { name: 'quiet', type: 2 },
  });
  const { id } = made as { id: string };
  expect(await order(bot, 'voice move', { member: 'member', channel: id })).toContain(`to <#${id}>`);
  expect(voice()?.channel_id).toBe(id);
  await order(bot, 'voice mute', { member: 'member' });
  await order(bot, 'voice deafen', { member: 'member' });
  expect(voice()).toMatchObject({ mute: true, deaf: true });
  await order(bot, 'voice mute', { member: 'member', lift: true });
  await order(bot, 'voice deafen', { member: 'member', lift: true });
  expect(voice()).toMatchObject({ mute: false, deaf: false });
  expect(await order(bot, 'voice kick', { member: 'member' })).toContain('putting out of voice');
  expect(voice()).toBeUndefined();
  expect((await casesOf(bot)).map(({ type, state }) => `${type} ${state}`)).toEqual([
    ...['voice-mute void', 'voice-move done', 'voice-mute done', 'voice-deafen done'],
    ...['voice-unmute done', 'voice-undeafen done', 'voice-kick done'],
  ]);
});

test('putting somebody out of voice whose answer was lost is done once, and not called void', async () => {
  await using bot = await startBot();
  const route = '/guilds/{guild_id}/members/{user_id}';
  for (const times of [1, 4]) {
    await bot.discord.voice('member', 'lounge');
    bot.discord.faults.rest(route, { kind: 'lose-answer' }, { method: 'PATCH', times });
    expect(await order(bot, 'voice kick', { member: 'member' })).toContain('done');
  }
  expect((await casesOf(bot)).map(({ state }) => state)).toEqual(['done', 'done']);
});

test('slowmode is set for a time and set back to what it was, unless somebody has set another', async () => {
  await using own = await startAtNoon();
  const { bot, discord, after } = own;
  const { general, random } = discord.channels;
  const wait = (id: string) => discord.state.channels.get(id)?.rate_limit_per_user;
  const slow = (wait: string, more = {}) => order(bot, 'slowmode', { wait, ...more }, 'owner');
  expect(await slow('5s', { channel: 'general' })).toContain(
    `slowmode (5 seconds between two messages) of <#${general}>`,
  );
  await slow('10 minutes', { channel: 'general', duration: '1 hour' });
  await slow('20 minutes', { channel: 'general', duration: '2 hours' });
  await slow('1 minute', { channel: 'random', duration: '2 hours' });
  expect([wait(general), wait(random)]).toEqual([1_200, 60]);
  await discord.rest('PATCH', `/channels/${random}`, { as: 'owner', body: { rate_limit_per_user: 7 } });
  after(2 * HOUR);
  await expect.poll(() => wait(general)).toBe(5);
  await expect.poll(() => bot.app.timers.list({ kind: 'moderation-end', guild: discord.guildId })).toEqual([]);
  expect(wait(random)).toBe(7);
  expect(await slow('off', { channel: 'general' })).toContain('slowmode (off)');
  expect(wait(general)).toBe(0);
  expect(await slow('7 hours', { channel: 'general' })).toContain('6 hours');
  expect(await order(bot, 'slowmode', { wait: '5s' }, 'member')).toContain('Manage Channels');
});
