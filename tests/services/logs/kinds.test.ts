import { expect, test, vi } from 'vitest';
import { isRecord } from '../../../sandbox/server/http/form.ts';
import { createdAt } from '../../../src/lib/snowflake.ts';
import type { TestBot } from '../../bot.ts';
import { PARTY, PIXEL } from '../../sandbox/furnish.ts';
import { entriesIn, entryWith, PATIENCE, startLogging } from './logged.ts';

// On a machine that is busy with other tests.
vi.setConfig({ testTimeout: 120_000 });

const REASON = 'tidying up';

/** What somebody does, by the server's own routes; says the id of what was made. */
function doing({ discord }: TestBot, as = 'owner') {
  return async (method: string, path: string, body?: unknown): Promise<string> => {
    const files = path === 'stickers' ? [{ name: 'a.png', bytes: new Uint8Array([1]) }] : [];
    const at = path.startsWith('/') ? path : `/guilds/${discord.guildId}/${path}`;
    const made = await discord.rest(method, at, { as, reason: REASON, files, ...(body !== undefined && { body }) });
    return isRecord(made) ? String(made.id ?? made.code) : '';
  };
}

/** Who the owner is, as entries say it, with the reason. */
function byOwner({ discord }: TestBot) {
  return `by <@${discord.people.owner}> · reason: ${REASON}`;
}

test('of roles is told what they are, what was changed, and who did it', async () => {
  await using bot = await startLogging();
  const act = doing(bot);
  const id = await act('POST', 'roles', { name: 'blue *', permissions: '0' });
  expect(await entryWith(bot, 'Role made')).toBe(
    `**Role made** · <@&${id}> (\`blue *\`) · ${byOwner(bot)}\n> Name: blue \\*\n> Colour: \`#000000\`\n> Shown apart: no\n> Can be mentioned: no`,
  );
  await act('PATCH', `roles/${id}`, { name: 'red', permissions: String(1n << 13n), hoist: true });
  expect(await entryWith(bot, 'Role changed')).toBe(
    `**Role changed** · <@&${id}> (\`red\`) · ${byOwner(bot)}\n> Name: blue \\* → red\n> Shown apart: no → yes\n> Permissions given: Manage Messages`,
  );
  await act('DELETE', `roles/${id}`);
  expect(await entryWith(bot, 'Role deleted')).toContain(`<@&${id}> (\`red\`) · ${byOwner(bot)}`);
});

test('of channels, of who may do what in them, and of threads is told what was changed, and by whom', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const act = doing(bot);
  const id = await act('POST', 'channels', { name: 'pond', type: 0, parent_id: discord.channels.community });
  expect(await entryWith(bot, 'Channel made')).toBe(
    `**Channel made** · <#${id}> (\`#pond\`) · ${byOwner(bot)}\n> Name: pond\n> Kind: text channel\n> Belongs to: <#${discord.channels.community}>`,
  );
  await act('PATCH', `/channels/${id}`, { name: 'lake', topic: 'cold', rate_limit_per_user: 5, nsfw: true });
  expect(await entryWith(bot, 'Channel changed')).toBe(
    `**Channel changed** · <#${id}> (\`#lake\`) · ${byOwner(bot)}\n> Name: pond → lake\n> Topic: cold\n> Age-restricted: yes\n> Slow mode: 5 seconds`,
  );
  const overwrite = { type: 0, allow: String(1n << 13n), deny: String(1n << 11n) };
  await act('PUT', `/channels/${id}/permissions/${discord.roles.member}`, overwrite);
  const who = `of <@&${discord.roles.member}> (\`Member\`) in <#${id}> (\`#lake\`) · ${byOwner(bot)}`;
  expect(await entryWith(bot, 'Permissions set')).toBe(
    `**Permissions set** · ${who}\n> Allowed: Manage Messages\n> Forbidden: Send Messages`,
  );
  await act('PUT', `/channels/${id}/permissions/${discord.roles.member}`, { ...overwrite, allow: '0' });
  expect(await entryWith(bot, 'Permissions changed')).toBe(
    `**Permissions changed** · ${who}\n> As elsewhere again: Manage Messages`,
  );
  await act('DELETE', `/channels/${id}/permissions/${discord.roles.member}`);
  expect(await entryWith(bot, 'Permissions reset')).toContain('As elsewhere again: Send Messages');
  const thread = await act('POST', `/channels/${id}/threads`, { name: 'fish', type: 11 });
  expect(await entryWith(bot, 'Thread begun')).toContain(
    `<#${thread}> (\`#fish\`) in <#${id}> · by <@${discord.people.owner}>`,
  );
  await act('PATCH', `/channels/${thread}`, { name: 'krill', locked: true });
  expect(await entryWith(bot, 'Thread changed')).toBe(
    `**Thread changed** · <#${thread}> (\`#krill\`) in <#${id}> · ${byOwner(bot)}\n> Name: fish → krill\n> Locked: no → yes`,
  );
  await act('DELETE', `/channels/${thread}`);
  expect(await entryWith(bot, 'Thread deleted')).toBe(
    `**Thread deleted** · <#${thread}> (\`#krill\`) in <#${id}> · ${byOwner(bot)}`,
  );
  await act('DELETE', `/channels/${id}`);
  expect(await entryWith(bot, 'Channel deleted')).toContain(`<#${id}> (\`#lake\`) · ${byOwner(bot)}`);
});

test('of members is told what they were given and are called, also where nobody knew how they were', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const { people, roles } = discord;
  const act = doing(bot);
  const who = `<@${people.newcomer}> (\`fiordland\`)`;
  await act('PATCH', `members/${people.newcomer}`, { nick: 'Fjord', roles: [roles.member] });
  expect(await entryWith(bot, 'Roles of a member')).toBe(
    `**Roles of a member** · ${who} · ${byOwner(bot)}\n> Given: <@&${roles.member}> (\`Member\`)`,
  );
  expect(await entryWith(bot, 'Nickname')).toBe(`**Nickname** · ${who} · ${byOwner(bot)}\n> Nickname: Fjord`);
  // From now on it is known how they are.
  const until = new Date(Math.ceil(Date.now() / 1_000) * 1_000 + 600_000);
  await act('PATCH', `members/${people.newcomer}`, {
    nick: null,
    roles: [],
    communication_disabled_until: until.toISOString(),
  });
  expect(await entryWith(bot, 'Taken')).toContain(`${who} · ${byOwner(bot)}\n> Taken: <@&${roles.member}>`);
  expect(await entryWith(bot, 'no longer')).toBe(
    `**Nickname** · ${who} · ${byOwner(bot)}\n> Nickname: no longer Fjord`,
  );
  expect(await entryWith(bot, 'Timeout')).toBe(
    `**Timeout** · ${who} · ${byOwner(bot)}\n> Until: <t:${until.getTime() / 1_000}:f>`,
  );
  await doing(bot, 'newcomer')('PATCH', 'members/@me', { avatar: PIXEL });
  expect(await entryWith(bot, 'Picture in this server')).toContain(`**Picture** · ${who}\n> Picture in this server: [`);
  await doing(bot, 'newcomer')('PATCH', '/users/@me', { username: 'rockhopper2', avatar: PIXEL });
  expect(await entryWith(bot, 'Username')).toContain('**Name** · ');
  expect(await entryWith(bot, '> Picture:')).toContain('**Picture** · ');
});

test('of bans, lifted bans and kicks is told who did it, and why', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const act = doing(bot);
  const [stranger = '', guest = ''] = await discord.join(2, { names: ['skua', 'petrel'] });
  await act('PUT', `bans/${stranger}`, {});
  expect(await entryWith(bot, 'Banned')).toBe(`**Banned** · <@${stranger}> (\`skua\`) · ${byOwner(bot)}`);
  expect(await entryWith(bot, `**Left** · <@${stranger}>`)).toContain(byOwner(bot));
  await act('DELETE', `bans/${stranger}`);
  expect(await entryWith(bot, 'Ban lifted')).toBe(`**Ban lifted** · <@${stranger}> (\`skua\`) · ${byOwner(bot)}`);
  await act('DELETE', `members/${guest}`);
  expect(await entryWith(bot, 'Kicked')).toContain(`**Kicked** · <@${guest}>`);
  expect(await entryWith(bot, `**Left** · <@${guest}>`)).toContain(byOwner(bot));
});

test('of emojis, stickers, invitations and webhooks is told what was made, changed and taken away', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const act = doing(bot);
  const emoji = await act('POST', 'emojis', { name: 'egg', image: PIXEL });
  expect(await entryWith(bot, 'Emoji added')).toBe(`**Emoji added** · :egg: (${emoji}) · ${byOwner(bot)}`);
  await act('PATCH', `emojis/${emoji}`, { name: 'nest' });
  expect(await entryWith(bot, 'Emoji renamed')).toContain('> Name: :egg: → :nest:');
  await act('DELETE', `emojis/${emoji}`);
  expect(await entryWith(bot, 'Emoji removed')).toContain(byOwner(bot));
  const sticker = await act('POST', 'stickers', { name: 'rocky', tags: 'rock' });
  expect(await entryWith(bot, 'Sticker added')).toBe(`**Sticker added** · rocky (${sticker}) · ${byOwner(bot)}`);
  await act('PATCH', `stickers/${sticker}`, { name: 'stony', description: 'of stone' });
  expect(await entryWith(bot, 'Sticker changed')).toContain('> Name: rocky → stony\n> Description: of stone');
  await act('DELETE', `stickers/${sticker}`);
  expect(await entryWith(bot, 'Sticker removed')).toContain(byOwner(bot));
  const code = await act('POST', `/channels/${discord.channels.general}/invites`, {
    max_age: 60,
    max_uses: 3,
    unique: true,
  });
  expect(await entryWith(bot, 'Invitation made')).toContain(`> Most uses: 3\n> Lasts: 60 seconds`);
  await act('DELETE', `/invites/${code}`);
  expect(await entryWith(bot, 'Invitation deleted')).toContain(byOwner(bot));
  const hook = await act('POST', `/channels/${discord.channels.general}/webhooks`, { name: 'Gull' });
  expect(await entryWith(bot, 'Webhook made')).toBe(
    `**Webhook made** · \`${hook}\` · ${byOwner(bot)}\n> Name: Gull\n> Channel: <#${discord.channels.general}>`,
  );
  await act('PATCH', `/webhooks/${hook}`, { name: 'Tern', channel_id: discord.channels.random });
  expect(await entryWith(bot, 'Webhook changed')).toContain(
    `> Name: Gull → Tern\n> Channel: <#${discord.channels.general}> → <#${discord.channels.random}>`,
  );
  await act('DELETE', `/webhooks/${hook}`);
  expect(await entryWith(bot, 'Webhook deleted')).toContain('> Name: no longer Tern');
  expect(entriesIn(bot)).toHaveLength(11);
});

test('of voice is told who came, went and was sent away, and whom the server has muted', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const act = doing(bot);
  const other = await act('POST', 'channels', { name: 'hall', type: 2 });
  const member = discord.people.member ?? '';
  await discord.voice('member', 'lounge');
  expect(await entryWith(bot, 'Joined a voice channel')).toBe(
    `**Joined a voice channel** · <@${member}> (\`chinstrap\`)\n> Channel: <#${discord.channels.lounge}>`,
  );
  await act('PATCH', `members/${member}`, { mute: true });
  expect(await entryWith(bot, 'Muted in voice')).toBe(
    `**Muted in voice** · <@${member}> (\`chinstrap\`) · ${byOwner(bot)}`,
  );
  await act('PATCH', `members/${member}`, { channel_id: other });
  expect(await entryWith(bot, 'Went to another')).toContain(
    `${byOwner(bot)}\n> Channel: <#${discord.channels.lounge}> → <#${other}>`,
  );
  await discord.voice('member', null);
  expect(await entryWith(bot, 'Left a voice channel')).toBe(
    `**Left a voice channel** · <@${member}> (\`chinstrap\`)\n> Channel: no longer <#${other}>`,
  );
});

test('of the server itself and its calendar is told what was changed', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const act = doing(bot);
  await act('PATCH', '', { name: 'Ice', verification_level: 3, afk_channel_id: discord.channels.lounge });
  expect(await entryWith(bot, 'Server changed')).toBe(
    `**Server changed** · Ice · ${byOwner(bot)}\n> Name: Rockhopper Colony → Ice\n` +
      `> Verification: a confirmed e-mail address → a member for 10 minutes\n> Channel for who is away: <#${discord.channels.lounge}>`,
  );
  const event = await act('POST', 'scheduled-events', PARTY);
  expect(await entryWith(bot, 'Event planned')).toContain(
    `**Event planned** · Party (${event}) · ${byOwner(bot)}\n> Name: Party\n> Begins: <t:${Date.parse(PARTY.scheduled_start_time) / 1_000}:f>`,
  );
  await act('PATCH', `scheduled-events/${event}`, { name: 'Dance' });
  expect(await entryWith(bot, 'Event changed')).toBe(
    `**Event changed** · Dance (${event}) · ${byOwner(bot)}\n> Name: Party → Dance`,
  );
  await act('DELETE', `scheduled-events/${event}`);
  expect(await entryWith(bot, 'Event called off')).toContain(byOwner(bot));
});

test('of who joins is told how old their account is and what is known of them, of who leaves what they had, in order', async () => {
  await using bot = await startLogging();
  const { discord } = bot;
  const { people, roles } = discord;
  const act = doing(bot);
  const [id = ''] = await discord.join(1, { names: ['*gull*'], accountAgeDays: 2 });
  const count = discord.state.guild(discord.guildId).members.size;
  const made = Math.floor(createdAt(id).getTime() / 1_000);
  const who = `<@${id}> (\`*gull*\`)`;
  expect(await entryWith(bot, '**Joined**')).toBe(
    `**Joined** · ${who}\n> Account made: <t:${made}:R>\n> Members now: ${count}`,
  );
  await act('PUT', `members/${id}/roles/${roles.member}`);
  await entryWith(bot, '> Given');
  await discord.leave(id);
  const since = Math.floor(
    Date.parse(discord.state.guild(discord.guildId).formerMembers.get(id)?.joined_at ?? '') / 1_000,
  );
  expect(await entryWith(bot, '**Left**')).toBe(
    `**Left** · ${who}\n> Joined: <t:${since}:R>\n> Roles: <@&${roles.member}> (\`Member\`)`,
  );
  // Whoever was warned, and comes back at once, and goes again.
  await discord.slash('warn', { member: people.newcomer ?? '', reason: 'noise' }, { as: 'owner' });
  await discord.leave('newcomer');
  await discord.join('newcomer');
  await discord.leave('newcomer');
  const told = () => entriesIn(bot).filter((text) => text.includes('fiordland') && /Joined\*\*|Left\*\*/.test(text));
  await expect.poll(told, PATIENCE).toHaveLength(3);
  expect(told()[0]).toContain('**Left**');
  expect(told()[1]).toContain('> Was here before: yes\n> Invitation: none that I know of\n> Earlier cases: 1');
  expect(told()[2]).toContain('**Left**');
});
