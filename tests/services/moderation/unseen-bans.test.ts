import { PermissionFlagsBits } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { casesOf, order } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 30_000 };

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

test('a ban that is made or lifted where the audit log cannot be seen is a case, and ends one', async () => {
  await using bot = await startBot();
  const { people } = bot.discord;
  await auditLog(bot, false);
  await order(bot, 'ban', { who: 'newcomer', duration: '3 days' });
  await byHand(bot, 'DELETE', 'newcomer');
  await byHand(bot, 'PUT', 'member', 'sold *fish*');
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(3);
  expect(await casesOf(bot)).toMatchObject([
    { type: 'ban', source: 'command', endedAt: expect.any(Date) },
    { type: 'unban', source: 'discord', state: 'done', actor: null, target: people.newcomer },
    { type: 'ban', source: 'discord', state: 'done', actor: null, target: people.member, reason: 'sold *fish*' },
  ]);
  expect(await bot.db`select 1 from timers where kind = 'moderation-end' and done_at is null`).toHaveLength(0);
  expect(await order(bot, 'case list', { active: true })).toContain('sold \\*fish');
  expect(await order(bot, 'case void', { number: 1, reason: 'x' })).toContain('void: x');
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
  await byHand(bot, 'PUT', 'member'); // so that what came before has been heard
  await expect.poll(async () => (await casesOf(bot)).length, PATIENCE).toBe(4);
  expect((await casesOf(bot)).map(({ type, source }) => `${type} ${source}`)).toEqual([
    ...['softban command', 'ban command', 'unban command', 'ban discord'],
  ]);
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
