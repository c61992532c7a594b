import { expect, test } from 'vitest';
import { startSandbox } from '../../../../../sandbox/server/sandbox.ts';
import { startBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';

const owner = { as: 'owner' } as const;

test('what automod looks at is set by option and picked from menus; what is missing is said with how to mend it', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles, guildId } = discord;
  const first = await discord.slash('config automod', {}, owner);
  expect(first.content).toContain('There is no channel for alerts');
  expect(first.content).not.toContain('Message Content');
  const set = await discord.slash(
    'config automod',
    { 'alert-channel': channels['mod-log'], 'log-channel': channels.random, 'exempt-rank': 7, webhooks: true },
    owner,
  );
  expect(set.content).toContain(`Alerts go to** <#${channels['mod-log']}>`);
  expect(set.content).not.toContain('There is no channel for alerts');
  const message = set.message ?? '';
  await discord.select(message, 'config.automod.pick:1:exemptRoles', [roles.bot ?? ''], owner);
  const picked = await discord.select(message, 'config.automod.pick:1:exemptChannels', [channels.general ?? ''], owner);
  expect(picked.content).toContain(`Roles that no rule looks at** <@&${roles.bot}>`);
  const held = {
    alertChannel: channels['mod-log'],
    logChannel: channels.random,
    exemptRank: 7,
    webhooks: true,
    trusted: [],
  };
  const all = { ...held, exemptRoles: [roles.bot], exemptChannels: [channels.general] };
  expect(await bot.app.settings.of(guildId, 'automod')).toEqual(all);
  await discord.select(message, 'config.automod.pick:1:exemptChannels', [], owner);
  expect(await bot.app.settings.of(guildId, 'automod')).toEqual({ ...all, exemptChannels: [] });
  await discord.rest('DELETE', `/channels/${channels['mod-log']}`, owner);
  const broken = await discord.slash('config automod', {}, { as: 'owner' });
  expect(broken.content).toContain('deleted: pick another');
  await discord.rest('DELETE', `/channels/${channels.random}`, owner);
  expect((await discord.slash('config automod', {}, owner)).content).toContain('There is no channel for alerts');
});

test('a channel the bot cannot write to is refused, also from a menu, and so is whoever may not manage the server', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles, guildId } = discord;
  const deny = { type: 0, deny: String(1n << 11n), allow: '0' };
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: deny });
  const { message } = await discord.slash('config automod', {}, owner);
  const pick = 'config.automod.pick:1:alertChannel';
  const refused = await discord.select(message ?? '', pick, [channels.random ?? ''], owner);
  expect(saidIn(refused)).toContain(`I cannot write to <#${channels.random}>`);
  const member = await discord.slash('config automod', { webhooks: true }, { as: 'member', unchecked: true });
  expect(saidIn(member)).toContain('Manage Server');
  expect((await bot.app.settings.of(guildId, 'automod')).webhooks).toBe(false);
});

test('trust that was given by a button ends by option', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { member, owner: by } = discord.people;
  await bot.set('automod', { trusted: [{ member, by, at: 1 }] });
  expect((await discord.slash('config automod', {}, owner)).content).toContain(`Trusted members** <@${member}>`);
  const ended = await discord.slash('config automod', { untrust: member ?? '' }, owner);
  expect(ended.content).toContain('Trusted members** not set');
  const twice = await discord.slash('config automod', { untrust: member ?? '' }, owner);
  expect(saidIn(twice)).toContain('is not among the trusted members');
});

test('without the intent for the content of messages it is said who switches it on, and where', async () => {
  await using discord = await startSandbox({ port: 0, rateLimits: 'off', intents: { content: false } });
  await using bot = await startBot({ discord });
  const shown = await bot.discord.slash('config automod', {}, owner);
  expect(shown.content).toContain('has to switch on the Message Content intent');
});
