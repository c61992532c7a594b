import { expect, test } from 'vitest';
import { startSandbox } from '../../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../../bot.ts';
import { freshDatabase } from '../../../../database.ts';
import { makeManager, Setter } from './setter.ts';

test('a server is set up click by click, and the end says what is missing', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles, guildId } = discord;
  const setter = new Setter(bot);
  const fill = async (setting: string, value: string | readonly string[]) => {
    await setter.pick('config.setup.pick', [setting]);
    return await setter.fill({ value });
  };
  const first = await setter.order('setup');
  expect(first).toContain('Set up, 1 of 8: Logs');
  expect(first).toContain('Log channel** not set');
  expect([setter.offers('Skip'), setter.offers('Next')]).toEqual([true, false]);
  const logged = await fill('logChannel', ['mod-log']);
  expect(logged).toContain('Saved.');
  expect(logged).toContain(`Log channel** <#${channels['mod-log']}>`);
  expect([setter.offers('Skip'), setter.offers('Next')]).toEqual([false, true]);
  // Welcome is skipped, and gone back to.
  expect(await setter.press('config.setup.go', 'welcome')).toContain('2 of 8: Welcome');
  expect(await setter.press('config.setup.go', 'roles')).toContain('3 of 8: Roles of new members');
  expect(await setter.press('config.setup.go', 'welcome')).toContain('2 of 8');
  expect(await fill('channel', ['general'])).toContain(`<#${channels.general}>`);
  await setter.pick('config.setup.jump', ['roles']);
  expect(await fill('people', ['member'])).toContain(`<@&${roles.member}>`);
  expect(await setter.press('config.setup.go', 'jail')).toContain('4 of 8: Jail');
  expect(await setter.press('config.setup.jail')).toContain('The jail is ready');
  expect(await setter.press('config.setup.go', 'ranks')).toContain('5 of 8: Ranks');
  await setter.press('config.setup.rank');
  const ranked = await setter.fill({ role: ['moderator'], rank: ['6'] });
  expect(ranked).toContain('Saved.');
  expect(ranked).toContain('This is the first role with a rank');
  expect(await setter.press('config.setup.go', 'automod')).toContain('**Rules**: 0');
  const preset = await setter.pick('config.setup.preset', ['anti-scam']);
  expect(preset).toContain('Take over this preset?');
  expect(preset).toContain('Scam: links that imitate a site');
  expect(await setter.press('config.plan.confirm')).toContain('Saved: 1 change');
  expect(await setter.press('config.setup.go', 'automod')).toContain('**Rules**: 6');
  expect(await setter.press('config.setup.go', 'language')).toContain('7 of 8: Language');
  expect(await fill('language', ['de'])).toContain('Deutsch');
  expect(await setter.press('config.setup.go', 'timeZone')).toContain('8 of 8: Time zone');
  expect(await fill('timeZone', 'Berlin')).toContain('Europe/Berlin');
  const end = await setter.press('config.setup.go', 'end');
  expect(end).toContain('Set up: what is missing');
  expect(end).not.toContain('There is no log channel');
  expect(end).not.toContain('Automod has no rules yet');
  const { settings } = bot.app;
  expect(await settings.of(guildId, 'logs')).toEqual({ logChannel: channels['mod-log'] });
  expect(await settings.of(guildId, 'welcome')).toMatchObject({ channel: channels.general });
  expect(await settings.of(guildId, 'joinRoles')).toMatchObject({ people: [roles.member] });
  expect((await settings.of(guildId, 'permissions')).roles[roles.moderator ?? '']).toBe(6);
  expect(await settings.of(guildId, 'general')).toEqual({ language: 'de', timeZone: 'Europe/Berlin' });
  expect((await settings.of(guildId, 'jail')).role).toBeDefined();
});

test('what is left out is told of at the end, and a step can be begun with', async () => {
  await using bot = await startBot();
  const setter = new Setter(bot);
  expect(await setter.order('setup', { step: 'timeZone' })).toContain('8 of 8');
  const end = await setter.press('config.setup.go', 'end');
  expect(end).toContain('There is no log channel');
  expect(end).toContain('Automod has no rules yet');
  expect(await setter.press('config.setup.go', 'timeZone')).toContain('8 of 8');
});

test('of two who set up at once the second is shown what changed, and finds back', async () => {
  await using bot = await startBot();
  await makeManager(bot);
  const { channels, roles, guildId } = bot.discord;
  const [mine, theirs] = [new Setter(bot), new Setter(bot, 'moderator')];
  await mine.order('setup');
  await theirs.order('setup');
  await mine.pick('config.setup.pick', ['logChannel']);
  await theirs.pick('config.setup.pick', ['logChannel']);
  await mine.fill({ value: ['mod-log'] });
  const asked = await theirs.fill({ value: ['general'] });
  expect(asked).toContain('Meanwhile changed by');
  expect((await bot.app.settings.of(guildId, 'logs')).logChannel).toBe(channels['mod-log']);
  expect(await theirs.press('config.plan.confirm')).toContain('Saved: 1 change');
  expect(await theirs.press('config.setup.go', 'logs')).toContain(`Log channel** <#${channels.general}>`);
  // A rank as well: of the same role nothing is stored, of another one it is.
  await bot.set('permissions', { roles: { [roles.moderator ?? '']: 8 } });
  await mine.order('setup', { step: 'ranks' });
  await theirs.order('setup', { step: 'ranks' });
  await mine.press('config.setup.rank');
  await theirs.press('config.setup.rank');
  await mine.fill({ role: ['member'], rank: ['1'] });
  const moved = await theirs.fill({ role: ['member'], rank: ['2'] });
  expect(moved).toContain('Nothing was saved');
  expect(moved).toContain('Meanwhile changed by');
  expect((await bot.app.settings.of(guildId, 'permissions')).roles[roles.member ?? '']).toBe(1);
  await theirs.press('config.setup.rank');
  expect(await theirs.fill({ role: ['member'], rank: ['2'] })).toContain('Saved.');
});

test('whoever may not manage the server is refused', async () => {
  await using bot = await startBot();
  expect(await new Setter(bot, 'member').order('setup')).toContain('Manage Server');
});

test('the buttons, menus and forms of the wizard go on after a restart', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  const env = { DATABASE_URL: database.url };
  const first = await startBot({ discord, env });
  const setter = new Setter(first);
  await setter.order('setup');
  await setter.pick('config.setup.pick', ['logChannel']);
  await first[Symbol.asyncDispose]();
  await using second = await startBot({ discord, env });
  // The form that was open then, and the card it was opened from.
  expect(await setter.fill({ value: ['mod-log'] })).toContain('Saved.');
  expect(await second.app.settings.of(discord.guildId, 'logs')).toMatchObject({
    logChannel: discord.channels['mod-log'],
  });
  expect(await setter.press('config.setup.go', 'welcome')).toContain('2 of 8: Welcome');
  expect(await setter.pick('config.setup.jump', ['timeZone'])).toContain('8 of 8: Time zone');
});
