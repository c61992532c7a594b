import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';

const owner = { as: 'owner' } as const;

test('channels are set by option or picked from menus, and cleared', async () => {
  await using bot = await startBot();
  const { channels } = bot.discord;
  const set = await bot.discord.slash('config logs', { 'log-channel': channels['mod-log'] }, owner);
  expect(set.content).toContain(`Log channel** <#${channels['mod-log']}>`);
  if (!set.message) throw new Error('no message');
  const picked = await bot.discord.select(set.message, 'config.logs.pick:1:ownersChannel', [channels.general], owner);
  expect(picked.content).toContain(`Owners' channel** <#${channels.general}>`);
  const cleared = await bot.discord.click(set.message, 'config.logs.clear:1', owner);
  expect(cleared.content).toContain('Log channel** not set');
});

test('a channel that was deleted is shown as broken, with what to do', async () => {
  await using bot = await startBot();
  const { channels } = bot.discord;
  await bot.discord.slash('config logs', { 'log-channel': channels.random }, owner);
  await bot.discord.rest('DELETE', `/channels/${channels.random}`, owner);
  const shown = await bot.discord.slash('config logs', {}, owner);
  expect(shown.content).toContain('deleted: pick another');
});

test('a channel the bot cannot write to is refused, with what to do', async () => {
  await using bot = await startBot();
  const { channels, roles } = bot.discord;
  const deny = { type: 0, deny: String(1n << 11n), allow: '0' };
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: deny });
  const refused = await bot.discord.slash('config logs', { 'log-channel': channels.random }, owner);
  expect(refused.content).toContain(`I cannot write to <#${channels.random}>`);
  expect(await bot.app.settings.of(bot.discord.guildId, 'logs')).toEqual({});
});

test('a voice channel or a channel of another server is refused, whatever the client sends', async () => {
  await using bot = await startBot();
  const { channels } = bot.discord;
  const { message } = await bot.discord.slash('config logs', {}, owner);
  if (!message) throw new Error('no message');
  const pick = 'config.logs.pick:1:ownersChannel';
  const refused = await bot.discord.select(message, pick, [channels.lounge], { ...owner, unchecked: true });
  expect(refused.content).toContain("Owners' channel cannot be a channel of this kind");
  expect(await bot.app.settings.of(bot.discord.guildId, 'logs')).toEqual({});
});
