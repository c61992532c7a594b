import { expect, test } from 'vitest';
import { startSandbox } from '../../../../sandbox/server/sandbox.ts';
import { startBot, type TestBot } from '../../../bot.ts';
import { confirmed, untilOver } from './mass.ts';
import { bannedIn, casesOf, order } from './moderated.ts';

const NOON = Date.parse('2027-07-06T12:00:00Z');
const HOUR = 3_600_000;

function memberIn({ discord }: TestBot, who: string) {
  return discord.state.guild(discord.guildId).members.get(discord.people[who] ?? '');
}

function waitIn({ discord }: TestBot): unknown {
  const { rate_limit_per_user: wait } = discord.state.channel(discord.channels.general) as {
    rate_limit_per_user?: number;
  };
  return wait;
}

test('a ban, a timeout and a role are taken back by cases of their own', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  expect(await order(bot, 'undo', { case: 1, reason: 'the wrong one' })).toContain('**Case 2** · unban of');
  expect(bannedIn(bot)).toEqual([]);
  await order(bot, 'timeout', { member: 'member', duration: '1 hour' });
  expect(await order(bot, 'undo', { case: 3 })).toContain('**Case 4** · end of timeout of');
  expect(discord.state.guilds.get(discord.guildId)?.members.get(discord.people.member)).toMatchObject({
    communication_disabled_until: null,
  });
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', state: 'done', endedAt: expect.any(Date) },
    { type: 'unban', reason: 'takes back case 1: the wrong one' },
    { type: 'timeout', state: 'done', endedAt: expect.any(Date) },
    { type: 'untimeout', reason: 'takes back case 3' },
  ]);
  expect(await order(bot, 'undo', { case: 1 })).toContain('is over already');
});

test('a ban or timeout that took the place of an earlier one is taken back to that one, for the rest of its time', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const until = (hours: number) => new Date(NOON + hours * HOUR);
  const last = async () => (await casesOf(bot)).at(-1);
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  await order(bot, 'ban', { who: 'newcomer' });
  clock.now += HOUR;
  bot.app.timers.wake();
  expect(await order(bot, 'undo', { case: 2 })).toContain('**Case 3** · ban of');
  expect(await last()).toMatchObject({ type: 'ban', state: 'done', until: until(72), reason: 'takes back case 2' });
  expect(bannedIn(bot)).toEqual([discord.people.newcomer]);
  await order(bot, 'timeout', { member: 'member', duration: '5 hours' });
  await order(bot, 'timeout', { member: 'member', duration: '1 day' });
  await order(bot, 'undo', { case: 5 });
  expect(await last()).toMatchObject({ type: 'timeout', state: 'done', until: until(6) });
  const now = memberIn(bot, 'member')?.communication_disabled_until;
  expect(new Date(now ?? 0)).toEqual(until(6));
  await order(bot, 'timeout', { member: 'member', duration: '1 day' });
  clock.now += 6 * HOUR;
  bot.app.timers.wake();
  expect(await order(bot, 'undo', { case: 7 })).toContain('end of timeout of');
  clock.now = until(72).getTime();
  bot.app.timers.wake();
  await expect.poll(() => bannedIn(bot)).toEqual([]);
});

test('a warning that is taken back does not count, nor its points; what cannot be undone says what to do instead', async () => {
  await using bot = await startBot();
  await order(bot, 'warn', { member: 'member', reason: 'a', points: 4 });
  expect(await order(bot, 'undo', { case: 1 })).toContain('takes back case 1');
  expect(await order(bot, 'history user', { user: 'member' })).toContain('Points: 0');
  await order(bot, 'kick', { member: 'newcomer' });
  expect(await order(bot, 'undo', { case: 2 })).toContain('A kick cannot be undone: nobody can be put back');
  expect(await order(bot, 'undo', { case: 9 })).toContain('no case 9');
  await order(bot, 'ban', { who: 'newcomer' });
  await order(bot, 'unban', { who: bot.discord.people.newcomer });
  expect(await order(bot, 'undo', { case: 4 })).toContain('Use /ban to ban them anew');
  await bot.discord.message({ as: 'member', channel: 'general', content: 'x' });
  await confirmed(bot, 'purge', { count: 1 }, 'owner');
  await untilOver(bot);
  expect(await order(bot, 'undo', { case: 5 }, 'owner')).toContain('Deleted messages cannot be brought back');
});

test('nobody takes back what they may not do, or what somebody above them did', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  await order(bot, 'ban', { who: 'newcomer' }, 'owner');
  expect(await order(bot, 'undo', { case: 1 })).toContain('whose rank is');
  await bot.set('permissions', { people: { [people.member]: 4 } });
  expect(await order(bot, 'undo', { case: 1 }, 'member')).toMatch(/rank/);
  expect(bannedIn(bot)).toEqual([people.newcomer]);
});

test('what the bot decided, or somebody who has left, takes who may do it and take it back, since nobody is left to stand above them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people } = discord;
  const [raider = ''] = await discord.join(1);
  await bot.set('moderation', { ladder: [{ points: 3, action: 'ban' }] });
  await order(bot, 'warn', { member: 'newcomer', reason: 'a', points: 3 });
  await expect.poll(() => bannedIn(bot)).toEqual([people.newcomer]);
  await order(bot, 'ban', { who: raider });
  await discord.leave('moderator');
  await bot.set('permissions', { people: { [people.member]: 5 } });
  for (const number of [2, 3])
    expect(await order(bot, 'undo', { case: number }, 'member'), `case ${number}`).toContain('needs rank 6');
  expect(bannedIn(bot)).toEqual([people.newcomer, raider]);
  await bot.set('permissions', { people: { [people.member]: 6 } });
  for (const number of [2, 3])
    expect(await order(bot, 'undo', { case: number }, 'member'), `case ${number}`).toContain('unban of');
  expect(bannedIn(bot)).toEqual([]);
});

test('it takes who may do it and who may take it back, also where they did it themselves, and in the channel it is of', async () => {
  await using bot = await startBot();
  const { people, channels } = bot.discord;
  await order(bot, 'ban', { who: 'newcomer' });
  await bot.set('permissions', { commands: { unban: 9 } });
  expect(await order(bot, 'undo', { case: 1 })).toContain('needs rank 9');
  await bot.set('permissions', { commands: { ban: 9 } });
  expect(await order(bot, 'undo', { case: 1 })).toContain('needs rank 9');
  expect(bannedIn(bot)).toEqual([people.newcomer]);
  await order(bot, 'lockdown', { where: 'random', duration: '1 hour' }, 'owner');
  await bot.set('permissions', { people: { [people.member]: 10 }, commands: {} });
  expect(await order(bot, 'undo', { case: 2 }, 'member')).toContain(
    `in <#${channels.random}> for that: Manage Channels`,
  );
  expect(await order(bot, 'case edit', { number: 2, duration: '1 minute' }, 'member')).toContain('Manage Channels');
  expect((await casesOf(bot)).map(({ type, endedAt }) => [type, endedAt])).toEqual([
    ['ban', null],
    ['lockdown', null],
  ]);
  expect(await order(bot, 'undo', { case: 1 })).toContain('unban of');
});

test('a nickname is given back as it was, unless somebody has changed it since', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  const rename = (nick: string | null) =>
    bot.discord.rest('PATCH', `/guilds/${guildId}/members/${people.member}`, { as: 'owner', body: { nick } });
  await rename('before');
  await order(bot, 'nick', { member: 'member', nick: 'after' });
  expect(await order(bot, 'case list', { active: true })).not.toContain('**1**');
  expect(await order(bot, 'undo', { case: 1, reason: 'no *need*' })).toContain('change of nickname (after to before)');
  expect(memberIn(bot, 'member')?.nick).toBe('before');
  expect(await order(bot, 'undo', { case: 1 })).toContain('is over already');
  await order(bot, 'nick', { member: 'newcomer', nick: 'x' });
  expect(await order(bot, 'undo', { case: 3 })).toContain('taken away');
  expect(memberIn(bot, 'newcomer')?.nick).toBeNull();
  await order(bot, 'nick', { member: 'member', nick: 'third' });
  await rename('own *choice*');
  expect(await order(bot, 'undo', { case: 5 })).toMatch(/changed it since: .*own \\+\*choice/);
  expect(memberIn(bot, 'member')?.nick).toBe('own *choice*');
  await bot.discord.leave('member');
  expect(await order(bot, 'undo', { case: 5 })).toContain('not in the server any more');
});

test('roles are given back and taken again as they were, also those that were for a time, and never such as were not there', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const { roles } = discord;
  const has = (who: string) => memberIn(bot, who)?.roles.includes(roles.member);
  const change = (what: string, member: string, more = {}) =>
    order(bot, `role ${what}`, { member, role: 'member', ...more }, 'owner');
  const undo = (number: number) => order(bot, 'undo', { case: number }, 'owner');
  await change('remove', 'member');
  expect(await undo(1)).toContain('giving a role');
  expect(has('member')).toBe(true);
  await change('remove', 'newcomer');
  expect(await undo(3)).toContain('did not have that role before case 3');
  await change('add', 'member');
  expect(await undo(4)).toContain('had that role before case 4');
  expect([has('member'), has('newcomer')]).toEqual([true, false]);
  await change('temp', 'newcomer', { duration: '2 hours' });
  await change('remove', 'newcomer');
  expect(await undo(6)).toContain('giving a role');
  await change('add', 'newcomer');
  expect(await undo(8)).toContain('giving a role');
  await change('remove', 'newcomer');
  clock.now = NOON + 3 * HOUR;
  expect(await undo(10)).toContain('would be over by now');
  expect(has('newcomer')).toBe(false);
  expect((await casesOf(bot)).map(({ state }) => state)).toEqual(Array(10).fill('done'));
  const until = new Date(NOON + 2 * HOUR);
  expect((await casesOf(bot)).slice(4).map((one) => [one.type, one.until])).toEqual([
    ['role-add', until],
    ['role-remove', null],
    ['role-add', until],
    ['role-add', null],
    ['role-add', until],
    ['role-remove', null],
  ]);
});

test('a role is given back only by those above it, also when they lose that place before it is done', async () => {
  await using bot = await startBot();
  const { guildId, people } = bot.discord;
  await bot.set('permissions', { people: { [people.moderator]: 9 } });
  const made = await bot.discord.rest('POST', `/guilds/${guildId}/roles`, { as: 'owner', body: { name: 'Event' } });
  const { id: event } = made as { id: string };
  const lift = (position: number) =>
    bot.discord.rest('PATCH', `/guilds/${guildId}/roles`, { as: 'owner', body: [{ id: event, position }] });
  await order(bot, 'role add', { member: 'newcomer', role: event });
  await order(bot, 'role remove', { member: 'newcomer', role: event });
  await lift(4);
  expect(await order(bot, 'undo', { case: 2 })).toContain(`<@&${event}> is not below your highest role`);
  await lift(1);
  const held = { kind: 'status', status: 503 } as const;
  bot.discord.faults.rest('/guilds/{guild_id}/members/{user_id}/roles/{role_id}', held, { method: 'PUT', times: 6 });
  const asked = order(bot, 'undo', { case: 2 });
  await expect.poll(async () => (await casesOf(bot)).length).toBe(3);
  await lift(4);
  await asked;
  await expect.poll(async () => (await casesOf(bot))[2]?.state).toBe('void');
  expect(await order(bot, 'case view', { number: 3 })).toContain('is not below your highest role');
  expect(memberIn(bot, 'newcomer')?.roles).toEqual([]);
});

test('a slowmode is set back to what it was, for the rest of its time where that was for one, unless somebody has set another', async () => {
  const clock = { now: NOON };
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', now: () => clock.now });
  await using bot = await startBot({ discord, now: () => new Date(clock.now) });
  const slow = (wait: string, more = {}) => order(bot, 'slowmode', { wait, channel: 'general', ...more }, 'owner');
  const undo = (number: number) => order(bot, 'undo', { case: number }, 'owner');
  await slow('5 seconds');
  await slow('1 minute', { duration: '1 hour' });
  await slow('10 minutes');
  expect(await undo(3)).toContain('slowmode (1 minute between');
  expect(waitIn(bot)).toBe(60);
  clock.now = NOON + HOUR;
  bot.app.timers.wake();
  await expect.poll(() => waitIn(bot)).toBe(5);
  await expect.poll(async () => (await casesOf(bot)).length).toBe(5);
  await discord.rest('PATCH', `/channels/${discord.channels.general}`, {
    as: 'owner',
    body: { rate_limit_per_user: 7 },
  });
  expect(await undo(5)).toContain('which stays: 7 seconds between');
  expect(waitIn(bot)).toBe(7);
  await slow('2 minutes', { duration: '1 hour' });
  await slow('off');
  clock.now = NOON + 3 * HOUR;
  bot.app.timers.wake();
  expect(await undo(7)).toContain('slowmode (7 seconds');
  expect(waitIn(bot)).toBe(7);
  await bot.set('permissions', { people: { [discord.people.member]: 10 } });
  expect(await order(bot, 'undo', { case: 8 }, 'member')).toContain('Manage Channels');
});

test('who was muted or deafened before stays so when that is taken back', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const voice = () => discord.state.guild(discord.guildId).voice.get(discord.people.member);
  await discord.voice('member', 'lounge');
  for (const what of ['voice mute', 'voice deafen'])
    for (const _ of [1, 2]) await order(bot, what, { member: 'member' });
  expect(await order(bot, 'undo', { case: 2 })).toContain('were so before case 2');
  expect(await order(bot, 'undo', { case: 4 })).toContain('were so before case 4');
  expect(voice()).toMatchObject({ mute: true, deaf: true });
  for (const lifted of ['voice mute', 'voice deafen']) await order(bot, lifted, { member: 'member', lift: true });
  for (const what of ['voice mute', 'voice deafen']) await order(bot, what, { member: 'member' });
  expect(await order(bot, 'undo', { case: 7 })).toContain('end of muting');
  expect(await order(bot, 'undo', { case: 8 })).toContain('end of deafening');
  expect(voice()).toMatchObject({ mute: false, deaf: false });
});

test('what Discord does not answer is tried again, and what it refuses is said', async () => {
  await using bot = await startBot();
  await order(bot, 'nick', { member: 'member', nick: 'x' });
  const route = '/guilds/{guild_id}/members/{user_id}';
  bot.discord.faults.rest(route, { kind: 'status', status: 503 }, { method: 'PATCH', times: 4 });
  await order(bot, 'undo', { case: 1 });
  await expect.poll(() => memberIn(bot, 'member')?.nick).toBeNull();
  await order(bot, 'nick', { member: 'member', nick: 'y' });
  const body = { message: 'Missing Permissions', code: 50013 };
  bot.discord.faults.rest(route, { kind: 'status', status: 403, body }, { method: 'PATCH', times: 1 });
  expect(await order(bot, 'undo', { case: 3 })).toContain('I lack the permission');
  expect(await order(bot, 'undo', { case: 3 })).toContain('change of nickname');
});

test('of what somebody has taken back unseen the case ends, with a word', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  await order(bot, 'timeout', { member: 'member', duration: '1 hour' });
  discord.state.guild(discord.guildId).bans.delete(discord.people.newcomer ?? '');
  expect(await order(bot, 'undo', { case: 1 })).toContain('nothing left to take back');
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', state: 'done', endedAt: expect.any(Date) },
    { type: 'timeout', state: 'done', endedAt: null },
  ]);
  expect(await bot.db`select 1 from timers where kind = 'moderation-end' and done_at is null`).toHaveLength(0);
  expect(await order(bot, 'case view', { number: 1 })).toContain('it was over already');
  expect(await order(bot, 'undo', { case: 1 })).toContain('is over already');
  expect(await order(bot, 'undo', { case: 2 })).toContain('**Case 3** · end of timeout of');
});
