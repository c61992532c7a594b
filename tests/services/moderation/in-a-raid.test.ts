import { expect, test, vi } from 'vitest';
import { startBot } from '../../bot.ts';
import { bannedIn, casesOf } from '../../handlers/commands/moderation/moderated.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 90_000 });

const PATIENCE = { timeout: 60_000 };
const KICK = 20;

test('a ban does not wait until Discord lets letters be written again', async () => {
  await using bot = await startBot();
  const { guildId: guild, people } = bot.discord;
  bot.discord.faults.rest('/users/@me/channels', { kind: 'rate-limit', retryAfterMs: 120_000 });
  const actor = { id: people.owner, name: 'adelie' };
  const ban = { guild, type: 'ban', target: people.newcomer, targetName: 'newcomer', actor } as const;
  await bot.app.moderation.order({ ...ban, source: 'command' });
  await expect.poll(() => bannedIn(bot), PATIENCE).toEqual([people.newcomer]);
  await expect
    .poll(async () => (await casesOf(bot)).map(({ state, told }) => [state, told]), PATIENCE)
    .toEqual([['done', 'no']]);
});

test('a kick whose answer was lost is found in the audit log behind more than a page of others', async () => {
  await using bot = await startBot();
  const { guildId: guild, people, state, faults } = bot.discord;
  for (let at = 0; at < 250; at += 1) {
    state.audit(state.guild(guild), {
      ...{ user_id: state.bot.id, action_type: KICK, target_id: people.member ?? '', reason: `x · case ${900 + at}` },
    });
  }
  faults.rest('/guilds/{guild_id}/members/{user_id}', { kind: 'lose-answer' }, { method: 'DELETE', times: 1 });
  const actor = { id: people.owner, name: 'adelie' };
  const kick = { guild, type: 'kick', target: people.newcomer ?? '', targetName: 'newcomer', actor } as const;
  await bot.app.moderation.order({ ...kick, source: 'command' });
  await expect.poll(async () => (await casesOf(bot))[0]?.state, PATIENCE).toBe('done');
});
