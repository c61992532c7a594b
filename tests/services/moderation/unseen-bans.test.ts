import { PermissionFlagsBits, Routes } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { casesOf, order } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000 };

/** Whether the bot may see the server's audit log. */
async function auditLog({ app, discord }: TestBot, seen: boolean) {
  const { guildId, roles } = discord;
  const guild = app.discord.guilds.cache.get(guildId);
  const own = guild?.roles.cache.get(roles.bot)?.permissions.bitfield ?? 0n;
  const permissions = seen ? own | PermissionFlagsBits.ViewAuditLog : own & ~PermissionFlagsBits.ViewAuditLog;
  await discord.rest('PATCH', `/guilds/${guildId}/roles/${roles.bot}`, {
    as: 'owner',
    body: { permissions: String(permissions) },
  });
  const may = () => guild?.members.me?.permissions.has(PermissionFlagsBits.ViewAuditLog);
  await expect.poll(may, PATIENCE).toBe(seen);
}

function byHand({ discord }: TestBot, method: string, who: string, reason?: string) {
  const path = `/guilds/${discord.guildId}/bans/${discord.people[who] ?? who}`;
  return discord.rest(method, path, {
    ...{ as: 'owner', ...(method === 'PUT' && { body: {} }), ...(reason !== undefined && { reason }) },
  });
}

async function casesAbout(bot: TestBot, person: string | undefined) {
  return (await casesOf(bot)).filter(({ target }) => target === person);
}

/** Keeps back what Discord answers next when it is asked whether a person is banned, each time it is called. */
function answersOf({ app, discord }: TestBot) {
  const { rest } = app.discord;
  const ask = rest.get.bind(rest);
  const held = new Map<string, { readonly asked: () => void; readonly released: Promise<void> }>();
  rest.get = async (path, options) => {
    const [answer] = await Promise.allSettled([ask(path, options)]);
    const one = held.get(path);
    held.delete(path);
    one?.asked();
    await one?.released;
    if (answer.status === 'rejected') throw answer.reason;
    return answer.value;
  };
  return (person = '') => {
    const asked = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    held.set(Routes.guildBan(discord.guildId, person), { asked: asked.resolve, released: released.promise });
    return { asked: asked.promise, release: released.resolve };
  };
}

test('a ban that is made or lifted where the audit log cannot be seen is a case, and ends one', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  await auditLog(bot, false);
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  await byHand(bot, 'DELETE', 'newcomer');
  await byHand(bot, 'PUT', 'member', 'sold *fish*');
  await expect
    .poll(() => casesAbout(bot, people.newcomer), PATIENCE)
    .toMatchObject([
      { type: 'ban', source: 'command', endedAt: expect.any(Date) },
      { type: 'unban', source: 'discord', state: 'done', actor: null },
    ]);
  const ban = { type: 'ban', source: 'discord', state: 'done', actor: null, reason: 'sold *fish*' };
  await expect.poll(() => casesAbout(bot, people.member), PATIENCE).toMatchObject([ban]);
  expect(await bot.db`select 1 from timers where kind = 'moderation-end' and done_at is null`).toHaveLength(0);
  expect(await order(bot, 'case list', { active: true })).toContain('sold \\*fish');
  expect(await order(bot, 'case void', { number: 1, reason: 'x' })).toContain('void: x');
});

test('what is done to one person stands in the order in which it was done, however late Discord says what holds', async () => {
  await using bot = await startBot();
  const { member, newcomer } = bot.discord.people;
  await auditLog(bot, false);
  await order(bot, 'ban', { who: 'newcomer' });
  const holdAnswer = answersOf(bot);
  const unban = holdAnswer(newcomer);
  await byHand(bot, 'DELETE', 'newcomer');
  await unban.asked;
  await byHand(bot, 'PUT', 'newcomer', 'again');
  const [bystander = ''] = await bot.discord.join(1);
  await byHand(bot, 'PUT', bystander);
  await expect.poll(() => casesAbout(bot, bystander), PATIENCE).toHaveLength(1); // others do not wait
  const ban = holdAnswer(member);
  await byHand(bot, 'PUT', 'member', 'first');
  await ban.asked;
  unban.release();
  await expect
    .poll(() => casesAbout(bot, newcomer), PATIENCE)
    .toMatchObject([
      { type: 'ban', source: 'command', endedAt: expect.any(Date) },
      { type: 'unban', source: 'discord' },
      { type: 'ban', source: 'discord', reason: 'again', endedAt: null },
    ]);
  await order(bot, 'unban', { who: member ?? '' });
  ban.release();
  await byHand(bot, 'PUT', 'member', 'second');
  await expect
    .poll(() => casesAbout(bot, member), PATIENCE)
    .toMatchObject([
      { type: 'unban', source: 'command' },
      { type: 'ban', source: 'discord', reason: 'second' },
    ]);
});

test('what the bot does itself is told once, however it is done', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  await auditLog(bot, false);
  const heard: string[] = [];
  bot.app.discord.on('guildBanAdd', ({ user }) => heard.push(`ban ${user.id}`));
  bot.app.discord.on('guildBanRemove', ({ user }) => heard.push(`unban ${user.id}`));
  const [target = ''] = await discord.join(1);
  await order(bot, 'softban', { who: target });
  await order(bot, 'ban', { who: target });
  await order(bot, 'unban', { who: target });
  await expect.poll(() => heard.length, PATIENCE).toBe(4);
  await byHand(bot, 'PUT', target, 'by hand'); // so that what came before has been looked at
  await expect
    .poll(async () => (await casesOf(bot)).map(({ type, source }) => `${type} ${source}`), PATIENCE)
    .toEqual([...['softban command', 'ban command', 'unban command', 'ban discord']]);
  expect((await casesOf(bot)).at(-1)).toMatchObject({ reason: 'by hand' });
});

test('when the audit log can be read again, what it tells of these is put into their cases', async () => {
  await using bot = await startBot();
  const { app, discord } = bot;
  const guild = app.discord.guilds.cache.get(discord.guildId);
  if (!guild) throw new Error('the server is not known');
  await app.foreignActions.catchUp(guild, AbortSignal.timeout(20_000));
  await auditLog(bot, false);
  await byHand(bot, 'PUT', 'newcomer', 'spam');
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(1);
  await auditLog(bot, true);
  // Giving the right back stands in the log itself, and so has it read on from where it could be read last.
  const bans = async () => (await casesOf(bot)).filter(({ type }) => type === 'ban');
  const completed = [{ actor: discord.people.owner, reason: 'spam', source: 'discord' }];
  await expect.poll(bans, PATIENCE).toMatchObject(completed);
});
