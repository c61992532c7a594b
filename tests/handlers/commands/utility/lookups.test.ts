import { expect, test } from 'vitest';
import { startBot } from '../../../bot.ts';

test('a server, its members, roles and channels are told of as they are', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { people, roles, channels } = discord;

  const server = await discord.slash('serverinfo', {}, { as: 'member' });
  expect(server.content).toContain(`Owner** <@${people.owner}>`);
  expect(server.content).toContain('Members** 5, 4 of them online');
  expect(server.content).toContain('4 for text, 1 for voice, 1 forum, 1 category');
  expect(server.content).toContain('Roles** 4');
  const counted = await discord.slash('membercount', {}, { as: 'member' });
  expect(counted.content).toBe('There are 5 members here, 4 of them online.');

  const role = await discord.slash('roleinfo', { role: roles.member }, { as: 'member' });
  expect(role.content).toContain(`<@&${roles.member}>`);
  expect(role.content).toContain('Members** 2');
  expect(role.content).toContain('Place** 4 of 5 from the top');
  expect(role.content).toContain('Allows** nothing by itself');
  const bots = await discord.slash('roleinfo', { role: roles.bot }, { as: 'member' });
  expect(bots.content).toContain('Managed by an app or by Discord** yes');
  const everyone = await discord.slash('roleinfo', { role: roles.everyone }, { as: 'member' });
  expect(everyone.content).toContain('Members** 5');
  expect(everyone.content).toContain('View Channel');

  const channel = await discord.slash('channelinfo', { channel: channels.general }, { as: 'member' });
  expect(channel.content).toContain(`<#${channels.general}>`);
  expect(channel.content).toContain('Topic** Everything and nothing');
  expect(channel.content).toContain('Seen by** everybody');
  const here = await discord.slash('channelinfo', {}, { as: 'member', channel: 'random' });
  expect(here.content).toContain(`<#${channels.random}>`);
  const closed = await discord.slash('channelinfo', { channel: channels['mod-log'] }, { as: 'moderator' });
  expect(closed.content).toContain('Seen by** some roles or people alone');
});

test('a channel is told of to nobody who does not see it', async () => {
  await using bot = await startBot();
  const hidden = { channel: bot.discord.channels['mod-log'] };
  const reply = await bot.discord.slash('channelinfo', hidden, { as: 'member', unchecked: true });
  await reply.until(({ content }) => content.includes('no such channel that you can see'));
  expect(reply.content).not.toContain('For the moderators');
});

test('what others wrote as topic and name is shown as written', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const { general } = discord.channels;
  await discord.rest('PATCH', `/channels/${general}`, { as: 'owner', body: { topic: '**bold** @everyone <@&1>' } });
  await discord.rest('PATCH', `/guilds/${discord.guildId}`, { as: 'owner', body: { name: '_We_ ~~all~~' } });
  await expect.poll(() => bot.app.discord.guilds.cache.get(discord.guildId)?.name).toBe('_We_ ~~all~~');
  const channel = await discord.slash('channelinfo', { channel: general }, { as: 'member' });
  expect(channel.content).toContain('\\*\\*bold\\*\\* @everyone \\<@&1\\>');
  const server = await discord.slash('serverinfo', {}, { as: 'member' });
  expect(server.content).toContain('\\_We\\_ \\~\\~all\\~\\~');
});

test('members are counted by what is known where Discord does not count them', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  discord.faults.rest(/^\/guilds\/\d+(\/roles\/member-counts)?$/, { kind: 'status', status: 500 });
  const counted = await discord.slash('membercount', {}, { as: 'member' });
  expect(counted.content).toBe('There are 5 members here.');
  const role = await discord.slash('roleinfo', { role: discord.roles.member }, { as: 'member' });
  expect(role.content).toContain('Members** could not be counted just now');
});

test('a picture is shown by its address, that of the server before that of the account', async () => {
  await using bot = await startBot();
  const { discord } = bot;
  const who = { who: discord.people.newcomer };
  const account = await discord.slash('avatar', who, { as: 'owner' });
  expect(account.content).toContain('Fiordland');
  expect(picturesOf(account)).toEqual([expect.stringContaining(`/avatars/${discord.people.newcomer}/`)]);
  await discord.rest('PATCH', `/guilds/${discord.guildId}/members/@me`, { as: 'newcomer', body: { avatar: PIXEL } });
  const both = await discord.slash('avatar', who, { as: 'owner' });
  const inServer = expect.stringContaining(`/guilds/${discord.guildId}/users/${discord.people.newcomer}/avatars/`);
  expect(picturesOf(both)).toEqual([inServer, ...picturesOf(account)]);
  const own = await discord.slash('avatar', {}, { as: 'newcomer' });
  expect(picturesOf(own)).toEqual(picturesOf(both));
});

const PIXEL = 'data:image/png;base64,iVBORw0KGgo=';

/** The addresses of the pictures that an answer shows, from above. */
function picturesOf({ message }: { readonly message?: unknown }): readonly string[] {
  const shown = JSON.stringify(message ?? {}).matchAll(/"media":\{[^}]*?"url":"([^"]+)"/g);
  return [...shown].map(([, url = '']) => url);
}
