import { expect, test } from 'vitest';
import { GROUPS } from '../../../../../src/services/logs/kind.ts';
import { KIND_NAMES } from '../../../../../src/services/logs/kinds.ts';
import { startBot } from '../../../../bot.ts';

const owner = { as: 'owner' } as const;

test('everything, a group or a kind is given a channel, switched off and on again', async () => {
  await using bot = await startBot();
  const { channels, guildId } = bot.discord;
  const stored = async () => {
    const { channels: into, off } = await bot.app.settings.of(guildId, 'events');
    return { into, off };
  };
  const config = (options: object) => bot.discord.slash('config events', { ...options }, owner);
  const first = await config({ channel: channels['mod-log'] });
  expect(first.content).toContain(`Everything** <#${channels['mod-log']}>`);
  await config({ what: 'messages', channel: channels.random });
  const shown = await config({ what: 'message-edit', off: true });
  expect(shown.content).toContain(`Messages** <#${channels.random}>, edited messages, off`);
  expect(await stored()).toEqual({
    into: { all: channels['mod-log'], messages: channels.random },
    off: ['message-edit'],
  });
  await config({ what: 'message-edit', off: false });
  await config({ what: 'messages', off: true });
  expect(await stored()).toEqual({ into: { all: channels['mod-log'] }, off: ['messages'] });
});

test('everything is switched off at once', async () => {
  await using bot = await startBot();
  const { channels, guildId } = bot.discord;
  await bot.set('events', { channels: { all: channels['mod-log'], roles: channels.random }, off: ['messages'] });
  await bot.discord.slash('config events', { off: true }, owner);
  expect(await bot.app.settings.of(guildId, 'events')).toMatchObject({ channels: {}, off: [] });
});

test('what is left out is picked from menus, and a pattern is checked before it is kept', async () => {
  await using bot = await startBot();
  const { channels, people, roles, guildId } = bot.discord;
  const { message } = await bot.discord.slash(
    'config events',
    { bots: true, 'keep-hours': 48, pattern: '^!\\w+' },
    owner,
  );
  if (!message) throw new Error('no message');
  for (const [field, id] of [
    ['exemptChannels', channels.random],
    ['exemptRoles', roles.member],
    ['exemptPeople', people.member],
  ])
    await bot.discord.select(message, `config.events.pick:1:${field}`, [id ?? ''], owner);
  expect(await bot.app.settings.of(guildId, 'events')).toMatchObject({
    ...{ bots: true, keptHours: 48, exemptPattern: '^!\\w+' },
    ...{ exemptChannels: [channels.random], exemptRoles: [roles.member], exemptPeople: [people.member] },
  });
  const refused = await bot.discord.slash('config events', { pattern: '(' }, owner);
  expect(refused.content).toContain('cannot be used');
  await bot.discord.slash('config events', { pattern: '-' }, owner);
  expect((await bot.app.settings.of(guildId, 'events')).exemptPattern).toBeUndefined();
});

test('what is no kind, a kind without a channel, and a channel the bot cannot write to are refused, with what to do', async () => {
  await using bot = await startBot();
  const { channels, roles } = bot.discord;
  const config = async (options: object) => (await bot.discord.slash('config events', { ...options }, owner)).content;
  expect(await config({ what: '@everyone' })).toContain('no kind of event called @everyone');
  expect(await config({ what: 'ban' })).toContain('Say with `channel:` where I write bans');
  const deny = { type: 0, deny: String(1n << 11n), allow: '0' };
  await bot.discord.rest('PUT', `/channels/${channels.random}/permissions/${roles.bot}`, { ...owner, body: deny });
  expect(await config({ what: 'ban', channel: channels.random })).toContain('I cannot write to');
  const offered = await bot.discord.autocomplete('config events', { what: 'messa' }, 'what', owner);
  expect(offered.map(({ value }) => value)).toEqual([
    'messages',
    'message-bulk-delete',
    'message-delete',
    'message-edit',
  ]);
  for (const name of [...GROUPS, 'all']) expect(bot.app.i18n.has(`eventLogs.groups.${name}`), name).toBe(true);
  for (const name of KIND_NAMES) expect(bot.app.i18n.has(`eventLogs.kinds.${name}`), name).toBe(true);
});
