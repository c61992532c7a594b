import { expect, test } from 'vitest';
import { startBot } from '../../../../bot.ts';
import { makeManager, Setter } from './setter.ts';

const owner = { as: 'owner' } as const;
const VIEW = 1n << 10n;
const SEND = 1n << 11n;

test('says what is missing and how to mend it, and mends by a press what the bot can mend', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, roles, guildId, people } = discord;
  const setter = new Setter(bot);
  await bot.set('logs', { logChannel: channels.random, ownersChannel: channels.ideas });
  await bot.set('automod', { alertChannel: channels['bot-commands'], exemptRoles: [roles.member] });
  await bot.set('permissions', { people: { [people.member ?? '']: 1 } });
  const role = (await discord.rest('POST', `/guilds/${guildId}/roles`, { ...owner, body: { name: 'x' } })) as {
    id: string;
  };
  await bot.set('permissions', { roles: { [role.id]: 1, [roles.moderator ?? '']: 4 } });
  await discord.rest('DELETE', `/guilds/${guildId}/roles/${role.id}`, owner);
  await discord.rest('DELETE', `/channels/${channels.ideas}`, owner);
  const deny = { type: 0, deny: String(SEND), allow: '0' };
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: deny });
  const me = discord.state.guild(guildId).roles.get(roles.bot ?? '');
  const fewer = String(BigInt(me?.permissions ?? '0') & ~(1n << 2n)); // no Ban Members
  await discord.rest('PATCH', `/guilds/${guildId}/roles/${roles.bot}`, { ...owner, body: { permissions: fewer } });
  await expect.poll(() => setter.order('check')).toContain('I lack Ban Members');
  const said = await setter.order('check');
  expect(said).toMatch(/Ban Members, which .*`\/ban`/);
  expect(said).toContain("Logs: **Owners' channel** names a channel that is gone");
  expect(said).toContain('Ranks: **Ranks of roles** names a role that is gone');
  expect(said).toContain(`Logs: Log channel is <#${channels.random}>, where I lack Send Messages`);
  expect(said).toContain('above mine');
  expect(said).toContain('Automod has no rules yet');
  // Somebody who may not change ranks takes out the rest.
  await makeManager(bot);
  const manager = new Setter(bot, 'moderator');
  await bot.set('permissions', { roles: { [role.id]: 1, [roles.moderator ?? '']: 8 } });
  await manager.order('check');
  const partly = await manager.press('config.check.takeOut');
  expect(partly).toContain('for the owner of the server alone');
  expect(partly).not.toContain("Owners' channel** names");
  await setter.order('check');
  expect(await setter.press('config.check.takeOut')).not.toContain('is gone');
  expect(await bot.app.settings.of(guildId, 'permissions')).toMatchObject({ roles: { [roles.moderator ?? '']: 8 } });
  expect(await setter.press('config.check.letIn')).not.toContain('where I lack');
  const channel = discord.state.channels.get(channels.random ?? '');
  const own = channel?.permission_overwrites?.find(({ id }) => id === people.bot);
  expect(BigInt(own?.allow ?? '0')).toBe(VIEW | SEND);
});

test('whoever may not manage the server is refused', async () => {
  await using bot = await startBot();
  expect(await new Setter(bot, 'member').order('check')).toContain('Manage Server');
});
