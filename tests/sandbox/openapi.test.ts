import { ChannelType, type REST } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { allRoutes } from '../../sandbox/server/routes/routes.ts';
import type { Sandbox } from '../../sandbox/server/sandbox.ts';
import { connect } from './connect.ts';
import { PIXEL } from './furnish.ts';
import { readOfficial } from './official.ts';
import { restBot } from './rest.ts';
import { everyComponent, rows } from './sample-components.ts';

const official = await readOfficial();

/** Holds all that the bot asked, and was answered, against the description. */
function expectAsDescribed(sandbox: Sandbox, atLeast: number): void {
  const requests = sandbox.requests();
  expect(requests.length).toBeGreaterThanOrEqual(atLeast);
  expect(requests.flatMap((request) => official?.problems(request) ?? [])).toEqual([]);
}

interface Made {
  readonly id: string;
}

async function make(rest: REST, path: `/${string}`, body: unknown): Promise<string> {
  return ((await rest.post(path, { body })) as Made).id;
}

describe.skipIf(!official)("against Discord's own description", () => {
  test('what is not known is written down', async () => {
    await using bot = await restBot();
    const known = new Set(allRoutes(bot.sandbox.gateway).map(({ method, path }) => `${method} ${path}`));
    const unknown = official?.routes.filter((one) => !known.has(one)) ?? [];
    const invented = [...known].filter((one) => !official?.routes.includes(one));
    expect(invented).toEqual([]);
    const text = `${JSON.stringify(unknown, null, 2)}\n`;
    const hint =
      'docs/engineers/sandbox-unknown-routes.json is out of date: run this test with --update and look at it';
    await expect(text, hint).toMatchFileSnapshot('../../docs/engineers/sandbox-unknown-routes.json');
  });

  test('messages, reactions, pins and threads', async () => {
    await using bot = await restBot();
    const { rest, sandbox } = bot;
    const { general, random, ideas } = sandbox.channels;
    const at = `/channels/${general}/messages` as const;
    const first = await make(rest, at, {
      content: `hello <@${sandbox.people.member}> <@&${sandbox.roles.moderator}>`,
      nonce: '1',
      enforce_nonce: true,
    });
    await rest.post(at, {
      body: {
        embeds: [
          {
            title: 'T',
            description: 'D',
            color: 1,
            url: 'https://example.com/',
            timestamp: '2026-01-01T00:00:00Z',
            author: { name: 'A', icon_url: 'https://example.com/a.png' },
            footer: { text: 'F' },
            image: { url: 'attachment://a.txt' },
            fields: [{ name: 'n', value: 'v' }],
          },
        ],
        message_reference: { message_id: first },
        attachments: [{ id: '0', description: 'text' }],
      },
      files: [{ name: 'a.txt', data: Buffer.from('abc') }],
    });
    const second = await make(rest, at, { content: 'second', components: rows() });
    const v2 = await rest.post(at, {
      body: { flags: 1 << 15, components: everyComponent() },
      files: [{ name: 'b.txt', data: Buffer.from('b') }],
    });
    expect(v2).toMatchObject({ flags: 1 << 15 });
    await rest.get(at, { query: new URLSearchParams({ limit: '2', before: second }) });
    await rest.get(`${at}/${first}`);
    await rest.patch(`${at}/${first}`, { body: { content: 'edited' } });
    const heart = encodeURIComponent('❤️');
    await rest.put(`${at}/${first}/reactions/${heart}/@me`);
    await sandbox.react(first, '👍', { as: 'member' });
    await rest.get(`${at}/${first}/reactions/${heart}`);
    await rest.get(`${at}/${first}`);
    await rest.delete(`${at}/${first}/reactions/${heart}/@me`);
    await rest.delete(`${at}/${first}/reactions`);
    await rest.put(`${at}/pins/${first}`);
    await rest.get(`${at}/pins`);
    await rest.get(`/channels/${general}/pins`);
    await rest.delete(`${at}/pins/${first}`);
    await rest.post(`/channels/${general}/typing`);
    const thread = await make(rest, `${at}/${first}/threads`, { name: 'talk' });
    await make(rest, `/channels/${thread}/messages`, { content: 'inside' });
    await rest.put(`/channels/${thread}/thread-members/${sandbox.people.member}`);
    await rest.get(`/channels/${thread}/thread-members`);
    await rest.get(`/channels/${thread}/thread-members/${sandbox.people.member}`);
    await rest.get(`/guilds/${sandbox.guildId}/threads/active`);
    await rest.patch(`/channels/${thread}`, { body: { archived: true, locked: true } });
    await rest.get(`/channels/${general}/threads/archived/public`);
    await rest.get(`/channels/${thread}`);
    await make(rest, `/channels/${random}/threads`, { name: 'free', type: ChannelType.PublicThread });
    await make(rest, `/channels/${ideas}/threads`, { name: 'post', message: { content: 'an idea' } });
    await rest.delete(`${at}/${second}`);
    const more = [await make(rest, at, { content: 'a' }), await make(rest, at, { content: 'b' })];
    await rest.post(`${at}/bulk-delete`, { body: { messages: more } });
    await rest.delete(`/channels/${thread}`);
    await rest.post(at, { body: { content: '' } }).catch(() => undefined);
    await rest.post(at, { body: { content: 'x'.repeat(2_001) } }).catch(() => undefined);
    await rest.get(`${at}/${second}`).catch(() => undefined);
    expectAsDescribed(sandbox, 35);
  });

  test('servers, channels, members, roles, bans, invites, webhooks and emojis', async () => {
    await using bot = await restBot();
    const { rest, sandbox } = bot;
    const guild = `/guilds/${sandbox.guildId}` as const;
    const { member, newcomer, moderator } = sandbox.people;
    for (const path of [
      '',
      '/channels',
      '/members?limit=10',
      '/members/search?query=g',
      '/roles',
      '/roles/member-counts',
      '/emojis',
      '/bans',
      '/invites',
      '/webhooks',
      '/audit-logs',
    ]) {
      await rest.get(`${guild}${path}`);
    }
    await rest.get(guild, { query: new URLSearchParams({ with_counts: 'true' }) });
    await rest.patch(guild, { body: { description: 'A place' } });
    for (const type of [0, 2, 4, 5, 13, 15]) await make(rest, `${guild}/channels`, { name: `kind ${type}`, type });
    const channel = await make(rest, `${guild}/channels`, {
      name: 'new',
      type: 0,
      permission_overwrites: [
        { id: sandbox.guildId, type: 0, deny: '1024' },
        { id: sandbox.people.bot, type: 1, allow: '1024' },
      ],
    });
    await rest.get(`/channels/${channel}`);
    await rest.patch(`/channels/${channel}`, { body: { topic: 'T' } });
    await rest.put(`/channels/${channel}/permissions/${sandbox.roles.member}`, { body: { type: 0, allow: '1024' } });
    await rest.delete(`/channels/${channel}/permissions/${sandbox.roles.member}`);
    const invite = (await rest.post(`/channels/${channel}/invites`, { body: { max_age: 60 } })) as { code: string };
    await rest.get(`/invites/${invite.code}`);
    await rest.get(`/channels/${channel}/invites`);
    await rest.delete(`/invites/${invite.code}`);
    const webhook = (await rest.post(`/channels/${channel}/webhooks`, { body: { name: 'Hook' } })) as Made & {
      token: string;
    };
    await rest.get(`/channels/${channel}/webhooks`);
    const hook = `/webhooks/${webhook.id}/${webhook.token}` as const;
    const said = (await rest.post(`${hook}?wait=true`, {
      body: { content: 'from the hook', username: 'Other' },
    })) as Made;
    await rest.patch(`${hook}/messages/${said.id}`, { body: { content: 'changed' } });
    await rest.get(hook);
    await rest.patch(`/webhooks/${webhook.id}`, { body: { name: 'Renamed' } });
    await rest.delete(`/webhooks/${webhook.id}`);
    const role = await make(rest, `${guild}/roles`, { name: 'New', permissions: '0', color: 5 });
    await rest.patch(`${guild}/roles/${role}`, { body: { hoist: true } });
    await rest.patch(`${guild}/roles`, { body: [{ id: role, position: 2 }] });
    await rest.get(`${guild}/roles/${role}`);
    await rest.put(`${guild}/members/${member}/roles/${role}`);
    await rest.patch(`${guild}/members/${newcomer}`, {
      body: { nick: 'New', communication_disabled_until: new Date(Date.now() + 60_000).toISOString() },
    });
    await rest.patch(`${guild}/members/@me`, { body: { nick: 'Rocky' } });
    await rest.get(`${guild}/members/${member}`);
    await rest.delete(`${guild}/members/${member}/roles/${role}`);
    await rest.delete(`${guild}/roles/${role}`);
    await sandbox.voice('moderator', 'lounge');
    await rest.get(`${guild}/voice-states/${moderator}`);
    const emoji = await make(rest, `${guild}/emojis`, { name: 'rock', image: PIXEL });
    await rest.patch(`${guild}/emojis/${emoji}`, { body: { name: 'hopper' } });
    await rest.delete(`${guild}/emojis/${emoji}`);
    const application = `/applications/${sandbox.people.bot}` as const;
    const own = await make(rest, `${application}/emojis`, { name: 'mine', image: PIXEL });
    await rest.get(`${application}/emojis`);
    await rest.delete(`${application}/emojis/${own}`);
    await rest.put(`${guild}/bans/${newcomer}`, { body: { delete_message_seconds: 60 }, reason: 'spam' });
    await rest.get(`${guild}/bans/${newcomer}`);
    await rest.delete(`${guild}/bans/${newcomer}`);
    await rest.post(`${guild}/bulk-ban`, { body: { user_ids: [newcomer, sandbox.people.owner] } });
    await rest.delete(`${guild}/members/${member}`);
    await rest.get(`${guild}/audit-logs`);
    for (const path of [
      '/users/@me',
      '/users/@me/guilds',
      `/users/${member}`,
      '/applications/@me',
      '/oauth2/applications/@me',
      '/gateway/bot',
      '/gateway',
    ] as const) {
      await rest.get(path);
    }
    const dm = await make(rest, '/users/@me/channels', { recipient_id: moderator });
    await make(rest, `/channels/${dm}/messages`, { content: 'just for you' });
    await rest.get(`/channels/${dm}`);
    await rest.delete(`/channels/${channel}`);
    await rest.get(`${guild}/members/${member}`).catch(() => undefined);
    await rest.get('/users/1').catch(() => undefined);
    expectAsDescribed(sandbox, 70);
  });

  test('commands, interactions and what is dispatched', async () => {
    await using bot = await connect();
    const { sandbox, client } = bot;
    const commands = await client.application.commands.set([
      {
        name: 'all',
        description: 'All',
        nameLocalizations: { de: 'alles' },
        options: [
          { type: 3, name: 'text', description: 'Text', choices: [{ name: 'A', value: 'a' }] },
          { type: 4, name: 'number', description: 'Number', autocomplete: true, minValue: 0 },
          { type: 6, name: 'user', description: 'User' },
          { type: 11, name: 'file', description: 'File' },
        ],
      },
      { type: 2, name: 'Who' },
    ]);
    await client.application.commands.fetch({ withLocalizations: true });
    await client.application.commands.fetch();
    const [id = ''] = commands.keys();
    await client.application.commands.edit(id, { description: 'Everything' });
    const errors: unknown[] = [];
    client.on('interactionCreate', (interaction) => {
      const run = async (): Promise<unknown> => {
        if (interaction.isAutocomplete()) return interaction.respond([{ name: 'one', value: 1 }]);
        if (interaction.isButton()) return interaction.update({ content: 'pressed' });
        if (interaction.isStringSelectMenu())
          return interaction.deferUpdate().then(() => interaction.editReply('picked'));
        if (!interaction.isChatInputCommand())
          return (
            interaction.isRepliable() &&
            interaction.deferReply({ flags: 64 }).then(() => interaction.editReply('later'))
          );
        await interaction.reply({ content: 'first', components: rows(), withResponse: true });
        await interaction.fetchReply();
        const followUp = await interaction.followUp({
          content: 'more',
          files: [{ name: 'c.txt', attachment: Buffer.from('c') }],
        });
        return interaction.deleteReply(followUp);
      };
      run().catch((error: unknown) => errors.push(error));
    });
    const file = { name: 'd.txt', bytes: new TextEncoder().encode('d') };
    const reply = await sandbox.slash('all', { text: 'a', user: 'owner', file });
    await sandbox.waitFor((entry) => entry.kind === 'request' && entry.method === 'DELETE');
    await sandbox.autocomplete('all', {}, 'number');
    await sandbox.userMenu('Who', 'member');
    const message = reply.message ?? expect.unreachable();
    await sandbox.select(message, 'pick', ['1']);
    await sandbox.click(message, 'press');
    await sandbox.join(1);
    await sandbox.message({ content: 'seen', replyTo: message.id });
    expect(errors).toEqual([]);
    expectAsDescribed(sandbox, 12);
    const dispatched: Readonly<Record<string, string>> = {
      MESSAGE_CREATE: 'MessageResponse',
      MESSAGE_UPDATE: 'MessageResponse',
      GUILD_MEMBER_ADD: 'GuildMemberResponse',
    };
    const seen = sandbox.journal.since().flatMap((entry) => (entry.kind === 'event' ? [entry] : []));
    const problems = seen.flatMap(({ t, d }) => {
      const schema = dispatched[t];
      return schema === undefined ? [] : (official?.check(schema, d) ?? []).map((one) => `${t}${one}`);
    });
    expect(problems).toEqual([]);
  });
});
