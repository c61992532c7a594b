import { AuditLogEvent } from 'discord.js';
import { expect, test, vi } from 'vitest';
import { isRecord } from '../../../sandbox/server/http/form.ts';
import type { TestBot } from '../../bot.ts';
import { entriesIn, entryWith, PATIENCE, startLogging } from './logged.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const CREATED = 30;

/** A role comes to be, as the gateway alone tells of it: its entry in the audit log is the test's own to send. */
function roleComes({ discord }: TestBot, name: string): string {
  const id = discord.state.ids.next();
  const [like] = discord.state.guild(discord.guildId).roles.values();
  discord.raw('GUILD_ROLE_CREATE', { guild_id: discord.guildId, role: { ...like, id, name } });
  return id;
}

function entryComes({ discord }: TestBot, role: string): void {
  const entry = { user_id: discord.people.owner ?? '', target_id: role, action_type: CREATED };
  discord.state.audit(discord.state.guild(discord.guildId), entry);
}

test('who did it is told whether the audit log tells before or after the event, or late; unknown until then', async () => {
  await using bot = await startLogging();
  const by = `by <@${bot.discord.people.owner}>`;
  entryComes(bot, roleComes(bot, 'before'));
  expect(await entryWith(bot, '`before`')).toContain(by);
  const id = bot.discord.state.ids.next();
  entryComes(bot, id);
  const [like] = bot.discord.state.guild(bot.discord.guildId).roles.values();
  bot.discord.raw('GUILD_ROLE_CREATE', { guild_id: bot.discord.guildId, role: { ...like, id, name: 'after' } });
  expect(await entryWith(bot, '`after`')).toContain(by);
  const late = roleComes(bot, 'late');
  expect(await entryWith(bot, '`late`')).toContain('by unknown');
  entryComes(bot, late);
  await expect.poll(() => entriesIn(bot).find((text) => text.includes('`late`')), PATIENCE).toContain(by);
  expect(entriesIn(bot)).toHaveLength(3);
});

test('who threw somebody out is told when the audit log tells late, and until then nobody is named', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const [guest = ''] = await discord.join(1, { names: ['petrel'] });
  await discord.leave(guest);
  const left = () => entriesIn(bot).find((text) => text.includes(`**Left** · <@${guest}>`));
  expect(await entryWith(bot, `**Left** · <@${guest}>`)).not.toContain('· by ');
  const kick = { user_id: discord.people.owner ?? '', target_id: guest, action_type: AuditLogEvent.MemberKick };
  discord.state.audit(discord.state.guild(discord.guildId), kick);
  await expect.poll(left, PATIENCE).toContain(`by <@${discord.people.owner}>`);
  expect(await entryWith(bot, 'Kicked')).toContain(`<@${guest}>`);
});

test('where the bot may not see the audit log it is told at once, and nobody is named', async () => {
  await using bot = await startLogging({ logTimes: { actorMs: 600_000, everyMs: 50, storeMs: 20 } });
  const { discord } = bot;
  const role = discord.state.guild(discord.guildId).roles.get(discord.roles.bot);
  const permissions = String(BigInt(role?.permissions ?? 0) & ~(1n << 7n));
  await discord.rest('PATCH', `/guilds/${discord.guildId}/roles/${discord.roles.bot}`, {
    as: 'owner',
    body: { permissions },
  });
  expect(await entryWith(bot, 'Role changed')).toContain('by unknown');
  await discord.rest('POST', `/channels/${discord.channels.general}/webhooks`, { as: 'owner', body: { name: 'Gull' } });
  expect(await entryWith(bot, 'Webhooks changed')).toContain(`<#${discord.channels.general}> · by unknown`);
});

test('what a server leaves out is not told: channels with their threads, roles, people, bots, and messages by a pattern', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const { channels, people, roles } = discord;
  await bot.set('events', {
    exemptChannels: [channels.random],
    exemptRoles: [roles.moderator],
    exemptPeople: [people.newcomer],
    exemptPattern: '^!play',
  });
  const gone = async (content: string, as: string, channel = 'general') => {
    const message = await discord.message({ as, channel, content, unchecked: true });
    await discord.rest('DELETE', `/channels/${message.channel_id}/messages/${message.id}`, { as: 'owner' });
  };
  const thread = await discord.rest('POST', `/channels/${channels.random}/threads`, {
    as: 'owner',
    body: { name: 'side', type: 11 },
  });
  await gone('left out: channel', 'member', 'random');
  await gone('left out: thread', 'member', isRecord(thread) ? String(thread.id) : '');
  await gone('left out: role', 'moderator');
  await gone('left out: person', 'newcomer');
  await gone('left out: bot', 'bot');
  await gone('!play left out', 'member');
  await gone('told', 'member');
  await entryWith(bot, 'told');
  expect(entriesIn(bot).filter((text) => text.includes('left out') || text.includes('side'))).toEqual([]);
  await bot.set('events', { bots: true, exemptPattern: null });
  await gone('now of a bot', 'bot');
  await gone('!play now', 'member');
  await entryWith(bot, '!play now');
  expect(await entryWith(bot, 'now of a bot')).toContain(`<@${people.bot}>`);
});

test('kinds and groups go into their own channels, and what is off goes nowhere', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  await bot.set('events', {
    channels: {
      all: discord.channels['mod-log'],
      roles: discord.channels.random,
      'role-delete': discord.channels['bot-commands'],
    },
    off: ['role-update'],
  });
  const act = (method: string, path: string, body?: object) =>
    discord.rest(method, `/guilds/${discord.guildId}/${path}`, { as: 'owner', ...(body && { body }) });
  const made = await act('POST', 'roles', { name: 'blue' });
  const id = isRecord(made) ? String(made.id) : '';
  await act('PATCH', `roles/${id}`, { name: 'red' });
  await act('DELETE', `roles/${id}`);
  expect(await entryWith(bot, 'Role deleted', 'bot-commands')).toContain('`red`');
  await act('PATCH', '', { name: 'Ice' });
  await entryWith(bot, 'Server changed');
  await entryWith(bot, 'Role made', 'random');
  expect(['mod-log', 'random', 'bot-commands'].map((channel) => entriesIn(bot, channel).length)).toEqual([1, 1, 1]);
});
