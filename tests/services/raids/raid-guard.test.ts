import { expect, test, vi } from 'vitest';
import { startBot, type TestBot } from '../../bot.ts';
import { saidIn } from '../../handlers/commands/files/inspected.ts';
import { customId } from '../../handlers/commands/utility/polls.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });
const PATIENCE = { timeout: 60_000 };
const HOUR_MS = 3_600_000;

const names = Array.from({ length: 12 }, (_, at) => `skua_${at}`);

function alertOf({ discord }: TestBot) {
  const all = discord.state.messages.list(discord.channels['mod-log'] ?? '', { limit: 100 });
  return all.find((one) => JSON.stringify(one).includes('accounts joined together'));
}

async function says(bot: TestBot, what: string): Promise<void> {
  await expect.poll(() => JSON.stringify(alertOf(bot) ?? ''), PATIENCE).toContain(what);
}

async function guarded(guard: 'pauseInvites' | 'lockdown') {
  const clock = { ahead: 0 };
  const bot = await startBot({ raids: true, now: () => new Date(Date.now() + clock.ahead) });
  await bot.set('logs', { logChannel: bot.discord.channels['mod-log'] });
  await bot.set('raids', { guard });
  return { bot, clock };
}

async function press(bot: TestBot, button: string, as = 'owner'): Promise<string> {
  const message = alertOf(bot);
  if (!message) throw new Error('there is no alert');
  return saidIn(
    await bot.discord.click(message, customId(message, `raid.${button}`), { as, unchecked: true, deadlineMs: 90_000 }),
  );
}

/** Whether people who are no staff can talk. */
function isLocked({ discord }: TestBot): boolean {
  const channel = discord.state.channels.get(discord.channels.general ?? '');
  const everybody = channel?.permission_overwrites?.find(({ id }) => id === discord.guildId);
  return (BigInt(everybody?.deny ?? 0) & (1n << 11n)) !== 0n;
}

const paused = ({ discord }: TestBot) => discord.state.guild(discord.guildId).incidents?.invites_disabled_until ?? null;

test('a raid locks the server where it wants that, and the lockdown ends by itself', async () => {
  const { bot, clock } = await guarded('lockdown');
  await using _ = bot;
  await bot.discord.join(12, { names, accountAgeDays: 2 });
  await expect.poll(() => isLocked(bot), PATIENCE).toBe(true);
  await says(bot, 'Only staff can talk until');
  await says(bot, 'raid.unlock');
  clock.ahead = HOUR_MS + 60_000;
  bot.app.timers.wake();
  await expect.poll(() => isLocked(bot), PATIENCE).toBe(false);
  await says(bot, 'Only staff could talk until');
  expect(JSON.stringify(alertOf(bot))).not.toContain('raid.unlock');
});

test('a lockdown is ended by the button, once', async () => {
  const { bot } = await guarded('lockdown');
  await using _ = bot;
  await bot.discord.join(12, { names, accountAgeDays: 2 });
  await expect.poll(() => isLocked(bot), PATIENCE).toBe(true);
  await says(bot, 'raid.unlock');
  const said = await Promise.all([press(bot, 'unlock'), press(bot, 'unlock')]);
  await expect.poll(() => isLocked(bot), PATIENCE).toBe(false);
  await says(bot, 'has ended the lockdown');
  expect(said.join()).toContain('Somebody was faster');
  expect(await bot.db`select count(*)::int as count from cases where type = 'unlock'`).toEqual([{ count: 1 }]);
});

test('invitations are paused for a time that Discord keeps, and let people in again by the button', async () => {
  const { bot } = await guarded('pauseInvites');
  await using _ = bot;
  await bot.discord.join(12, { names, accountAgeDays: 2 });
  await expect.poll(() => paused(bot), PATIENCE).not.toBeNull();
  expect(Date.parse(paused(bot) ?? '') - Date.now()).toBeGreaterThan(50 * 60_000);
  await says(bot, 'Invitations are paused until');
  await expect(bot.discord.join(1)).rejects.toThrow('invitations are paused');
  expect(await press(bot, 'resume', 'member')).not.toContain('work again');
  expect(await press(bot, 'resume')).toContain('Invitations work again');
  expect(paused(bot)).toBeNull();
  await says(bot, 'has let people in by invitations again');
});

test('what the bot may not do is said with what to give it, and the raid is told of all the same', async () => {
  const { bot } = await guarded('pauseInvites');
  await using _ = bot;
  bot.discord.faults.rest('/guilds/{guild_id}/incident-actions', {
    kind: 'status',
    status: 403,
    body: { code: 50_013, message: 'Missing Permissions' },
  });
  await bot.discord.join(12, { names, accountAgeDays: 2 });
  await says(bot, 'Invitations could not be paused');
  await says(bot, 'Manage Server');
  expect(JSON.stringify(alertOf(bot))).not.toContain('raid.resume');
});
