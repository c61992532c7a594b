import { expect, test } from 'vitest';
import { startBot } from '../bot.ts';
import { casesOf, lettersTo, order, withLog } from '../handlers/commands/moderation/moderated.ts';

test('whoever has Discord in German is answered in German by the bot alone, and others in English', async () => {
  await using bot = await startBot();
  const show = (locale: string) => bot.discord.slash('timezone show', {}, { as: 'member', locale });
  expect((await show('de')).content).toContain('Du hast keine festgelegt, also gilt');
  expect((await show('de')).content).toContain('`/zeitzone setzen`');
  expect((await show('en-GB')).content).toContain('You have set none');
  expect((await show('fr')).content).toContain('`/timezone set`');
  const help = await bot.discord.slash('help', { command: 'zeitzone setzen' }, { as: 'member', locale: 'de' });
  expect(help.content).toContain('`zone` Eine Stadt');
  const [shown] = [...bot.discord.state.commands.values()].filter(({ name }) => name === 'timezone');
  expect(shown).toMatchObject({ name_localizations: { de: 'zeitzone' } });
});

test('a server that is set to German is written to in German: answers to all, the log, and letters', async () => {
  await using bot = await startBot();
  await bot.set('general', { language: 'de' });
  const entries = await withLog(bot);
  const drawn = await bot.discord.slash('random number', { from: 1, to: 1 }, { as: 'member' });
  expect(drawn.content).toContain('**1**, gezogen aus 1 bis 1.');
  // What somebody is told alone is in their own language all the same.
  expect(await order(bot, 'warn', { member: 'member', reason: 'x' })).toContain('**Case 1** · warning of');
  expect(lettersTo(bot, 'member')).toEqual([expect.stringContaining('Du bist auf Rockhopper Colony verwarnt worden')]);
  await expect.poll(entries).toEqual([expect.stringContaining('Fall 1: Verwarnung')]);
  await expect.poll(async () => (await casesOf(bot))[0]?.log).toMatch(/^\d+$/);
});

test('whoever has Discord in Spanish is answered in Spanish, and a server that is set to it is written to in it', async () => {
  await using bot = await startBot();
  const show = (locale: string) => bot.discord.slash('timezone show', {}, { as: 'member', locale });
  for (const locale of ['es-ES', 'es-419']) expect((await show(locale)).content).toContain('`/zonahoraria fijar`');
  const help = await bot.discord.slash('help', { command: 'zonahoraria fijar' }, { as: 'member', locale: 'es-ES' });
  expect(help.content).toContain('`zona` ');
  const [shown] = [...bot.discord.state.commands.values()].filter(({ name }) => name === 'timezone');
  expect(shown).toMatchObject({ name_localizations: { 'es-ES': 'zonahoraria', 'es-419': 'zonahoraria' } });
  await bot.set('general', { language: 'es' });
  const entries = await withLog(bot);
  const drawn = await bot.discord.slash('random number', { from: 1, to: 1 }, { as: 'member' });
  expect(drawn.content).toContain('**1**, ');
  expect(drawn.content).not.toContain('drawn');
  expect(await order(bot, 'warn', { member: 'member', reason: 'x' })).toContain('**Case 1** · warning of');
  expect(lettersTo(bot, 'member')).toEqual([expect.stringContaining('Rockhopper Colony')]);
  expect(lettersTo(bot, 'member')[0]).not.toContain('You were');
  await expect.poll(entries).toEqual([expect.stringContaining('Caso 1: ')]);
});
