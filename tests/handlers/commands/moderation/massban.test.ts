import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { makeUser } from '../../../../sandbox/server/state/users.ts';
import { customIdsIn } from '../../../../src/services/timers/send-once.ts';
import { startBot } from '../../../bot.ts';
import { saidIn, upload } from '../files/inspected.ts';
import { confirmed, messageOf, runOf, untilOver } from './mass.ts';
import { bannedIn, casesOf, lettersTo, withLog } from './moderated.ts';

// Whole runs, on machines that have much else to do.
vi.setConfig({ testTimeout: 320_000 });

const BULK = /\/bulk-ban$/;

test('what is pasted is shown, and banned in one request after a press; each has a case, and the log tells once', async () => {
  await using bot = await startBot();
  const entries = await withLog(bot);
  const raid = await bot.discord.join(12);
  const ids = `${raid.map((id) => `<@${id}>`).join(', ')} ${raid[0]} and rubbish, 12`;
  const { shown, begun, again } = await confirmed(bot, 'massban', { ids, reason: 'raid' });
  expect(shown).toContain('Ban of 12');
  expect(shown).toContain('1 stands there twice');
  expect(shown).toContain('3 pieces are no ids');
  expect(begun).toContain('It has begun');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done', why: null });
  expect(items.map(({ outcome }) => outcome)).toEqual(raid.map(() => 'done'));
  expect(bannedIn(bot).toSorted()).toEqual([...raid].toSorted());
  expect(bot.discord.requests().filter(({ path }) => BULK.test(path))).toHaveLength(1);
  const cases = await casesOf(bot);
  expect(cases.map(({ number, target, state, source }) => [number, target, state, source])).toEqual(
    raid.map((id, at) => [at + 1, id, 'done', 'mass']),
  );
  expect(await messageOf(bot)).toContain('12 done');
  expect(entries()).toHaveLength(1);
  expect(entries()[0]).toContain('mass-ban.txt');
  expect(await again?.()).toContain('has begun already');
});

test('who is banned already, does not exist or may not be banned is told with the reason, and the others are banned', async () => {
  await using bot = await startBot();
  const { people, guildId, roles } = bot.discord;
  const [banned = '', ...raid] = await bot.discord.join(4);
  await bot.discord.rest('PUT', `/guilds/${guildId}/bans/${banned}`, { as: 'owner' });
  await bot.discord.rest('PUT', `/guilds/${guildId}/members/${people.newcomer}/roles/${roles.owner}`, { as: 'owner' });
  const nobody = '100000000000000001';
  const ids = [...raid, banned, nobody, people.newcomer, people.moderator, people.owner].join('\n');
  const { shown } = await confirmed(bot, 'massban', { ids });
  expect(shown).toContain('To 3 of them it cannot be done');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ outcome }) => outcome)).toEqual([
    ...raid.map(() => 'done'),
    'already',
    'refused',
    'refused',
    'refused',
    'refused',
  ]);
  expect(items.slice(4).map(({ why }) => why?.key)).toEqual([
    'moderation.refused.noSuchPerson',
    expect.stringMatching(/^moderation\.stands\./),
    'moderation.stands.self',
    'moderation.stands.owner',
  ]);
  expect(bannedIn(bot).toSorted()).toEqual([...raid, banned].toSorted());
});

test('who was banned by hand while nobody could tell the bot is banned already: they have no case of it, and no letter', async () => {
  await using bot = await startBot();
  const { state, guildId } = bot.discord;
  const raid = await bot.discord.join(3);
  const [banned = ''] = raid;
  state.guilds.get(guildId)?.bans.set(banned, { reason: null });
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome, case: number }) => [outcome, number])).toEqual([
    ['already', null],
    ['done', 1],
    ['done', 2],
  ]);
  expect(lettersTo(bot, banned)).toEqual([]);
});

test('where each is to be told, five are banned at a time, and not by the route for many', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(7);
  const { begun } = await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  expect(begun).toContain('It has begun');
  const { items } = await untilOver(bot);
  expect(items.map(({ outcome }) => outcome)).toEqual(raid.map(() => 'done'));
  expect(bot.discord.requests().filter(({ path }) => BULK.test(path))).toHaveLength(0);
  expect((await casesOf(bot)).map(({ told }) => told)).toEqual(raid.map(() => 'yes'));
});

test('without the right to manage the server, which the route for many wants, five are banned at a time', async () => {
  await using bot = await startBot();
  const { discord, app } = bot;
  const { guildId: guild, roles } = discord;
  const path = `/guilds/${guild}/roles/${roles.bot}`;
  await discord.rest('PATCH', path, {
    as: 'owner',
    body: { permissions: String(P.BanMembers | P.ViewChannel | P.SendMessages) },
  });
  const me = () => app.discord.guilds.cache.get(guild)?.members.me;
  await expect.poll(() => me()?.permissions.has(P.ManageGuild)).toBe(false);
  const raid = await discord.join(7);
  await confirmed(bot, 'massban', { ids: raid.join(' ') });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ outcome }) => outcome)).toEqual(raid.map(() => 'done'));
  const asked = discord.requests().filter(({ method, path }) => method !== 'GET' && /\/bans?\/|bulk-ban/.test(path));
  expect(asked.map(({ path }) => path).toSorted()).toEqual(raid.map((id) => `/guilds/${guild}/bans/${id}`).toSorted());
});

test('a file of 5,000 ids with rubbish between is read and worked off', async () => {
  await using bot = await startBot();
  await bot.set('moderation', { brakeBans: 0 });
  const raid = Array.from({ length: 5_000 }, (_, at) => String(200_000_000_000_000_000n + BigInt(at)));
  for (const id of raid) bot.discord.state.users.set(id, makeUser({ id, username: `skua_${id}` })); // they have left already
  const lines = raid.map((id, at) => (at % 10 === 0 ? `${at};"${id}", not an id: joined 2026-01-01` : `"${id}",`));
  const file = upload('raid.csv', `\ufeffid,name\r\n${lines.join('\r\n')}`, 'text/csv');
  const { shown } = await confirmed(bot, 'massban', { file });
  expect(shown).toContain('Ban of 5,000');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.filter(({ outcome }) => outcome === 'done')).toHaveLength(5_000);
  expect(bannedIn(bot)).toHaveLength(5_000);
  const [{ last, count } = { last: 0, count: 0 }] = await bot.db`select max(number) as last, count(*)::int from cases`;
  expect([last, count]).toEqual([5_000, 5_000]);
});

test('too many, nobody, a file that is too large, who may not', async () => {
  await using bot = await startBot();
  const many = Array.from({ length: 5_001 }, (_, at) => String(100_000_000_000_000_000n + BigInt(at))).join('\n');
  expect((await confirmed(bot, 'massban', {})).shown).toContain('Whom?');
  expect((await confirmed(bot, 'massban', { ids: 'everybody, 5 @here' })).shown).toContain('no id and no mention');
  expect((await confirmed(bot, 'massban', { file: upload('a.txt', many) })).shown).toContain('5,000 are the most');
  expect((await confirmed(bot, 'massban', { file: upload('a.txt', 'x'.repeat(2_000_001)) })).shown).toContain('2 MB');
  expect((await confirmed(bot, 'massban', { ids: '100000000000000001' }, 'member')).shown).toContain('Ban Members');
  expect((await runOf(bot)).run).toBeUndefined();
});

test('Stop ends it before the next batch, and the list says who was not tried', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(30);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  await expect.poll(async () => (await runOf(bot)).run?.message ?? null, { timeout: 60_000 }).not.toBeNull();
  const message = bot.discord.state.messages.get(String((await runOf(bot)).run?.message));
  const [stop = ''] = customIdsIn(message);
  if (!message) throw new Error('there is no message');
  expect(saidIn(await bot.discord.click(message, stop, { as: 'member', unchecked: true }))).toContain('Ban Members');
  expect(saidIn(await bot.discord.click(message, stop, { as: 'owner' }))).toContain('It stops before its next batch');
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'mass.cancelled' } });
  const done = items.filter(({ outcome }) => outcome === 'done');
  expect(done.length % 5).toBe(0);
  expect(bannedIn(bot).toSorted()).toEqual(done.map(({ target }) => target).toSorted());
  expect(done.length).toBeLessThan(30);
  expect(await messageOf(bot)).toContain('not tried');
});

test('a right that is lost half-way ends it with what was done', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(15);
  const lost = { kind: 'status', status: 403, body: { message: 'Missing Permissions', code: 50013 } } as const;
  bot.discord.faults.rest(new RegExp(`bans/${raid[6]}$`), lost);
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.refused.permissions' } });
  expect(items.map(({ outcome }) => outcome)).toEqual([
    ...Array.from({ length: 6 }, () => 'done'),
    'refused',
    ...Array.from({ length: 3 }, () => 'done'),
    ...Array.from({ length: 5 }, () => null),
  ]);
});

test('whoever ordered it and leaves is above nobody: the rest is not tried', async () => {
  await using bot = await startBot();
  const raid = await bot.discord.join(15);
  let left = false;
  bot.discord.state.listeners.add(({ t }) => {
    if (t !== 'GUILD_BAN_ADD' || left) return;
    left = true;
    void bot.discord.leave('moderator');
  });
  await confirmed(bot, 'massban', { ids: raid.join(' '), tell: true });
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'stopped', why: { key: 'moderation.stands.gone' } });
  expect(items.slice(10).map(({ outcome }) => outcome)).toEqual(Array.from({ length: 5 }, () => null));
  expect(raid.slice(0, 5)).toEqual(expect.arrayContaining([...bannedIn(bot)]));
});

test('while Discord does not say who ordered it nobody is banned, and then nobody who is above them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, guildId, roles } = discord;
  await discord.rest('PUT', `/guilds/${guildId}/members/${people.newcomer}/roles/${roles.moderator}`, { as: 'owner' });
  const raid = await discord.join(3);
  const moderator = new RegExp(`/members/${people.moderator}$`);
  await confirmed(bot, 'massban', { ids: [...raid, people.newcomer].join(' ') }, 'moderator', () =>
    discord.faults.rest(moderator, { kind: 'status', status: 500 }, { method: 'GET', times: 4 }),
  );
  const { run, items } = await untilOver(bot);
  expect(run).toMatchObject({ state: 'done' });
  expect(items.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done', 'refused']);
  expect(items.at(-1)?.why).toMatchObject({ key: 'moderation.stands.role' });
  expect(bannedIn(bot).toSorted()).toEqual([...raid].toSorted());
  expect(discord.requests().filter(({ path }) => BULK.test(path))).toHaveLength(1);
});
