import { PermissionFlagsBits as P } from 'discord.js';
import { expect, test } from 'vitest';
import { customIdsIn } from '../../../../../src/services/timers/send-once.ts';
import { startBot, type TestBot } from '../../../../bot.ts';
import { saidIn } from '../../files/inspected.ts';
import { auditOf, order } from '../../moderation/moderated.ts';

const SOON = { timeout: 60_000 };
const config = (bot: TestBot, options = {}, as = 'owner') => order(bot, 'config jail', options, as);
const jailOf = (bot: TestBot) => bot.app.settings.of(bot.discord.guildId, 'jail');

async function makeRole({ discord }: TestBot, name: string, permissions = '0'): Promise<string> {
  const body = { name, permissions };
  const made = await discord.rest('POST', `/guilds/${discord.guildId}/roles`, { as: 'owner', body });
  return (made as { readonly id: string }).id;
}

const wear = ({ discord }: TestBot, role: string, who: string) =>
  discord.rest('PUT', `/guilds/${discord.guildId}/members/${discord.people[who]}/roles/${role}`, { as: 'owner' });

/** Presses the button under `/config jail` that makes what is missing. */
async function press(bot: TestBot): Promise<string> {
  const { message } = await bot.discord.slash('config jail', {}, { as: 'owner' });
  return saidIn(await bot.discord.click(message ?? '', 'jail.setup:1', { as: 'owner' }));
}

test('a role and a channel that are there are taken; one press closes the rest, with what stands there kept, and who did it in the audit log', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { channels, guildId, people } = discord;
  const role = await makeRole(bot, 'Quiet *corner*');
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${role}`, {
    as: 'owner',
    body: { type: 0, allow: '0', deny: String(P.AddReactions) },
  });
  expect(await config(bot, { role, channel: channels['mod-log'] })).toContain('cannot talk in its channel');
  const shown = await config(bot, { role, channel: channels.general });
  expect(shown).toContain(`<@&${role}>`);
  expect(shown).toMatch(new RegExp(`Still open to <@&${role}>: .*<#${channels.random}>`));
  expect(await press(bot)).toContain(`<@&${role}> sees <#${channels.general}> alone`);
  expect(await config(bot)).not.toContain('What stands against it');
  const own = discord.state.channel(channels.random).permission_overwrites?.find(({ id }) => id === role);
  expect(own?.deny).toBe(String(P.AddReactions | P.ViewChannel));
  expect(new Set(auditOf(bot).map(({ reason }) => reason))).toEqual(
    new Set([`adelie (${people.owner}) · jail set up`]),
  );
  expect(await order(bot, 'jail', { member: 'newcomer' })).toContain('jailing (0 roles taken)');
  expect(await config(bot)).toContain('1 person');
  const body = { name: 'new' };
  const made = (await discord.rest('POST', `/guilds/${guildId}/channels`, { as: 'owner', body })) as { id: string };
  await expect.poll(() => discord.state.channel(made.id).permission_overwrites?.length, SOON).toBe(1);
  expect(auditOf(bot).at(-1)?.reason).toContain('jail: closed to those in it');
});

test('a role that people have is taken after they are asked, and none is taken for its name', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const worn = await makeRole(bot, 'Jailed');
  await wear(bot, worn, 'member');
  expect(await press(bot)).toContain('The jail is ready');
  const { role: made } = await jailOf(bot);
  expect(made).not.toBe(worn);
  const reply = await discord.slash('config jail', { role: worn }, { as: 'owner' });
  expect(saidIn(reply)).toContain(`1 person has <@&${worn}> already`);
  expect((await jailOf(bot)).role).toBe(made);
  const [take = ''] = customIdsIn(reply.message);
  expect(saidIn(await discord.click(reply.message ?? '', take, { as: 'owner' }))).toContain(`<@&${worn}>`);
  expect((await jailOf(bot)).role).toBe(worn);
});

test("roles that give permissions, other bots', everybody's, and those above; channels of other kinds; who may not", async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { roles, channels, people } = discord;
  const strong = await makeRole(bot, 'Strong', String(P.ManageMessages));
  expect(await config(bot, { role: strong })).toContain('gives people this: Manage Messages');
  expect(await config(bot, { role: roles.bot })).toContain('manages this role');
  expect(await config(bot, { role: discord.guildId })).toContain('Everybody has that one');
  expect(await config(bot, { role: roles.owner })).toContain('not below my highest role');
  await bot.set('permissions', { people: { [people.moderator]: 9 } });
  expect(await config(bot, { role: roles.moderator }, 'moderator')).toContain('not below your highest role');
  expect(await config(bot, { channel: channels.lounge })).toContain('channel of this kind');
  expect(await config(bot, {}, 'member')).toContain('Manage Server');
  expect(await jailOf(bot)).toEqual({});
});

test('two who press at the same moment make one role and one channel', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const shown = await Promise.all([1, 2].map(() => discord.slash('config jail', {}, { as: 'owner' })));
  await Promise.all(shown.map(({ message }) => discord.click(message ?? '', 'jail.setup:1', { as: 'owner' })));
  const guild = discord.state.guild(discord.guildId);
  const jailed = [...guild.roles.values()].filter(({ name }) => name === 'Jailed').map(({ id }) => id);
  const made = discord.state
    .channelsOf(guild)
    .filter(({ name }) => name === 'jail')
    .map(({ id }) => id);
  expect(await jailOf(bot)).toEqual({ role: jailed[0], channel: made[0] });
  expect([jailed.length, made.length]).toEqual([1, 1]);
});

test('a press that Discord breaks off is gone on from, and forgotten a jail is set up anew', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const full = { kind: 'status', status: 400, body: { message: 'x', code: 30013 } } as const;
  discord.faults.rest('/guilds/{guild_id}/channels', full, { method: 'POST', times: 1 });
  expect(await press(bot)).toContain('as many channels as Discord allows');
  const { role } = await jailOf(bot);
  expect(role).toMatch(/^\d+$/);
  expect(await press(bot)).toContain(`<@&${role}> sees`);
  await discord.rest('DELETE', `/guilds/${discord.guildId}/roles/${role}`, { as: 'owner' });
  expect(await config(bot)).toContain('deleted: press the button');
  const reply = await discord.slash('config jail', {}, { as: 'owner' });
  expect(saidIn(await discord.click(reply.message ?? '', 'config.jail.clear:1', { as: 'owner' }))).toContain('not set');
  expect(await jailOf(bot)).toEqual({});
  expect(await press(bot)).toContain('The jail is ready');
});

test('a role that stays and lets see a channel is told of, in the settings and with whoever is jailed', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { guildId, channels } = discord;
  await press(bot);
  const booster = await makeRole(bot, 'Booster');
  const guild = discord.state.guild(guildId);
  const made = guild.roles.get(booster);
  const member = guild.members.get(discord.people.member);
  if (!made || !member) throw new Error('no role or member');
  guild.setRole({ ...made, managed: true });
  discord.raw('GUILD_ROLE_UPDATE', { guild_id: guildId, role: { ...made, managed: true } });
  guild.setMember({ ...member, roles: [...member.roles, booster] });
  await discord.rest('PUT', `/channels/${channels.random}/permissions/${booster}`, {
    as: 'owner',
    body: { type: 0, allow: String(P.ViewChannel), deny: '0' },
  });
  await expect.poll(() => config(bot), SOON).toContain(`Whoever has <@&${booster}>`);
  expect(await order(bot, 'jail', { member: 'member' })).toContain(
    `1 role taken; they still see <#${channels.random}>`,
  );
  expect(await order(bot, 'jail', { member: 'newcomer' })).toContain('jailing (0 roles taken)');
});
