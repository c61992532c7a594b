import { expect, test, vi } from 'vitest';
import { startSandbox } from '../../../sandbox/server/sandbox.ts';
import { makeUser } from '../../../sandbox/server/state/users.ts';
import { customIdsIn } from '../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { confirmed, runOf } from '../../handlers/commands/moderation/mass.ts';
import { bannedIn, casesOf, lettersTo, order, withLog } from '../../handlers/commands/moderation/moderated.ts';
import { alertTo, frozenIn, messageIn, PATIENCE, untilFrozen } from './braked.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A bot of somebody else's, with the role of the moderators. */
async function foreignBot({ discord }: TestBot): Promise<string> {
  const { state, guildId, roles } = discord;
  const id = '1181000000000000001';
  state.users.set(id, makeUser({ id, username: 'skua', bot: true }));
  await discord.join(id);
  await discord.rest('PUT', `/guilds/${guildId}/members/${id}/roles/${roles.moderator}`, { as: 'owner' });
  return id;
}

test('a bot of somebody else that bans 20 is frozen and told of, and the owner takes all of it back by a press', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 19 });
  const skua = await foreignBot(bot);
  const raid = await discord.join(20);
  for (const id of raid) await discord.rest('PUT', `/guilds/${discord.guildId}/bans/${id}`, { as: skua });
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([skua]);
  const { message, undo, lift } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain('banned more people');
  expect(JSON.stringify(message.components)).toContain('What they did (20)');
  expect(message.mentions).toEqual([]);
  const inLog = await messageIn(bot, 'mod-log');
  expect(customIdsIn(inLog)).toContain(undo);
  expect(saidIn(await discord.click(inLog, undo, { as: 'moderator', unchecked: true }))).toContain('Only the owner');
  expect(saidIn(await discord.click(inLog, lift, { as: 'moderator', unchecked: true }))).toContain('Only the owner');
  expect(bannedIn(bot)).toHaveLength(20);
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('20 cases are being taken back');
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
  expect((await casesOf(bot)).slice(20)).toMatchObject(
    raid.map((_, at) => ({ type: 'unban', actor: discord.people.owner, reason: `takes back case ${at + 1}` })),
  );
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('nothing more to take back');
  expect(saidIn(await discord.click(message, lift, { as: 'owner' }))).toContain('has their rank again');
  await expect.poll(() => frozenIn(bot), PATIENCE).toEqual([]);
});

test('what two confirmed before the time that counts, and is done in it, is not taken back with the rest', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  // The clock moves on between two batches.
  const later = () => ((discord.state.guilds.get(discord.guildId)?.bans.size ?? 0) > 0 ? 11 * 60_000 : 0);
  await using bot = await startBot({ discord, now: () => new Date(Date.now() + later()) });
  await withLog(bot);
  await bot.set('moderation', { brakeBans: 2, brakeMinutes: 10 });
  const raid = await discord.join(8);
  const [one = '', two = '', three = ''] = await discord.join(3);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const message = await messageIn(bot, 'mod-log');
  await discord.click(message, customIdsIn(message)[0] ?? '', { as: 'owner', deadlineMs: 60_000 });
  const state = async () => {
    bot.app.timers.wake();
    return (await runOf(bot)).run?.state;
  };
  await expect.poll(state, { timeout: 90_000, interval: 200 }).toBe('done');
  for (const who of [one, two]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: three })).toContain('Your rank is frozen');
  const { undo, message: alert } = await alertTo(bot);
  expect(saidIn(await discord.click(alert, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  await expect.poll(() => bannedIn(bot).toSorted(), PATIENCE).toEqual(raid.toSorted());
});

test('what the points of warnings lead to counts for whoever warns: they are frozen, and the owner takes it back', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeBans: 1, ladder: [{ points: 1, action: 'ban' }] });
  const people = await bot.discord.join(4);
  const [first = '', second = ''] = people;
  await order(bot, 'warn', { member: first, reason: 'spam', points: 1 });
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([first]);
  expect(await frozenIn(bot)).toEqual([]);
  await order(bot, 'warn', { member: second, reason: 'spam', points: 1 });
  await untilFrozen(bot);
  for (const member of people.slice(2))
    expect(await order(bot, 'warn', { member, reason: 'spam', points: 1 })).toContain('Your rank is frozen here');
  expect(bannedIn(bot)).toEqual([first]);
  expect((await casesOf(bot)).map(({ type, state }) => `${type} ${state}`)).toEqual([
    'warn done',
    'ban done',
    'warn done',
    'ban void',
  ]);
  const { message, undo } = await alertTo(bot);
  expect(JSON.stringify(message.components)).toContain(bot.discord.people.moderator);
  expect(saidIn(await bot.discord.click(message, undo, { as: 'owner' }))).toContain('1 case is being taken back');
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([]);
});

test('what cannot be taken back hides nothing that can, and the owner is written to once about all that is refused', async () => {
  let ahead = 0;
  await using bot = await startBot({ now: () => new Date(Date.now() + ahead) });
  const { discord, db } = bot;
  const { guildId, people } = discord;
  await bot.set('moderation', { brakeBans: 3 });
  const raid = await discord.join(4);
  expect(await order(bot, 'ban', { who: raid[0] })).toContain('done');
  // As if 600 had been removed before anybody was banned.
  await db`update case_numbers set last = 601 where guild_id = ${guildId}`;
  await db`
    insert into cases (guild_id, number, type, target_id, target_name, actor_id, actor_name, source, created_at, state)
    select ${guildId}, number, 'kick', 1190000000000000000 + number, 'x', ${people.moderator}, 'm', 'command', now(), 'done'
    from generate_series(2, 601) as number`;
  await db`update cases set ended_at = now() where number = 1`;
  for (const who of raid.slice(1, 3)) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: raid[3] })).toContain('Your rank is frozen');
  const { message, undo } = await alertTo(bot);
  // Somebody has lifted them in Discord, which the bot does not know yet.
  const gone = { kind: 'status', status: 404, body: { message: 'Unknown Ban', code: 10_026 } } as const;
  discord.faults.rest(/\/bans\/\d+$/, gone, { method: 'DELETE' });
  discord.faults.rest(/\/bans\/\d+$/, gone, { method: 'GET' });
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  const told = () => lettersTo(bot, 'owner').filter((text) => text.includes('could not be taken back'));
  await expect.poll(() => told().length, PATIENCE).toBe(1);
  expect(told()[0]).toContain('2 of 2 could not');
  const open = () => db`select 1 from timers where kind = 'moderation-refusal' and done_at is null`;
  expect((await open()).length).toBeGreaterThan(0);
  ahead = 20_000;
  bot.app.timers.wake();
  await expect.poll(async () => (await open()).length, PATIENCE).toBe(0);
  expect(lettersTo(bot, 'owner')).toHaveLength(2);
});

test('who was banned for a time by others, before a frozen account banned them for good, is banned for that time again', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await bot.set('moderation', { brakeBans: 2 });
  const [banned = '', lifted = '', third = ''] = await discord.join(3);
  for (const who of [banned, lifted]) await order(bot, 'ban', { who, duration: '7 days' }, 'owner');
  await order(bot, 'unban', { who: lifted }, 'owner');
  for (const who of [banned, lifted]) expect(await order(bot, 'ban', { who })).toContain('done');
  expect(await order(bot, 'ban', { who: third })).toContain('Your rank is frozen');
  const { message, undo } = await alertTo(bot);
  expect(saidIn(await discord.click(message, undo, { as: 'owner' }))).toContain('2 cases are being taken back');
  const taken = async () => (await casesOf(bot)).slice(6).map(({ type, state }) => `${type} ${state}`);
  await expect.poll(taken, PATIENCE).toEqual(['ban done', 'unban done']);
  expect(bannedIn(bot)).toEqual([banned]);
  const [first, , , , , , again] = await casesOf(bot);
  expect(again).toMatchObject({ target: banned, until: first?.until, endedAt: null });
});
