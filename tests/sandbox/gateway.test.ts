import { Client, GatewayIntentBits as I } from 'discord.js';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { clientFor, connect } from './connect.ts';

const isSession = (what: string) => (entry: { kind: string; what?: string }) =>
  entry.kind === 'session' && entry.what === what;

test('discord.js sees the server, its channels and people, and the last message of each channel', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const { id } = await sandbox.message({ content: 'before' });
  const client = clientFor(sandbox);
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(sandbox.token);
  await ready;
  const guild = client.guilds.cache.get(sandbox.guildId);
  const general = client.channels.cache.get(sandbox.channels.general);
  expect(guild).toMatchObject({ name: 'Rockhopper Colony', memberCount: 5, available: true });
  expect(guild?.ownerId).toBe(sandbox.people.owner);
  expect(general && 'lastMessageId' in general && general.lastMessageId).toBe(id);
  expect(guild?.members.me?.roles.highest.id).toBe(sandbox.roles.bot);
  await client.destroy();
});

test('messages reach the bot with their member, and without content where the intent is missing', async () => {
  await using bot = await connect({}, { intents: [I.Guilds, I.GuildMessages] });
  const { sandbox, client } = bot;
  const next = () =>
    new Promise<[string, string | undefined]>((resolve) => {
      client.once('messageCreate', (message) => resolve([message.content, message.member?.id]));
    });
  const hidden = next();
  await sandbox.message({ content: 'secret', as: 'member' });
  expect(await hidden).toEqual(['', sandbox.people.member]);
  const mentioned = next();
  await sandbox.message({ content: `<@${sandbox.people.bot}> hi`, as: 'member' });
  expect((await mentioned)[0]).toBe(`<@${sandbox.people.bot}> hi`);
});

test('a dropped connection is resumed and misses nothing', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const seen: string[] = [];
  client.on('messageCreate', ({ content }) => seen.push(content));
  const mark = sandbox.mark();
  sandbox.faults.gateway.drop();
  await sandbox.waitFor(isSession('closed'), { since: mark });
  await sandbox.message({ content: 'meanwhile' });
  await sandbox.waitFor(isSession('resumed'), { since: mark });
  await sandbox.message({ content: 'after' });
  await expect.poll(() => seen).toEqual(['meanwhile', 'after']);
});

test('op 7 is followed by a resume, op 9 without leave to resume by a new session', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const mark = sandbox.mark();
  sandbox.faults.gateway.reconnect();
  await sandbox.waitFor(isSession('resumed'), { since: mark });
  // discord.js comes back by itself when it is destroyed while it waits for READY: wait until it has it.
  const ready = new Promise((resolve) => client.once('shardReady', resolve));
  sandbox.faults.gateway.invalidSession(false);
  await sandbox.waitFor(isSession('ready'), { since: mark });
  await ready;
});

test('a client notices that heartbeats are not acknowledged', async () => {
  await using bot = await connect({ heartbeatIntervalMs: 200 });
  const { sandbox } = bot;
  const mark = sandbox.mark();
  sandbox.faults.gateway.zombie();
  await sandbox.waitFor(isSession('closed'), { since: mark });
  sandbox.faults.gateway.zombie(false);
  await sandbox.waitFor(isSession('resumed'), { since: mark });
});

test('a wrong token, a privileged intent that is off and unknown intents are refused', async () => {
  await using sandbox = await startSandbox({ port: 0, intents: { members: false } });
  const wrong = clientFor(sandbox);
  await expect(wrong.login('sandbox.wrong.token')).rejects.toThrow(/invalid token/i);
  const nosy = clientFor(sandbox, { intents: [I.Guilds, I.GuildMembers] });
  await expect(nosy.login(sandbox.token)).rejects.toThrow(/disallowed/i);
  await nosy.destroy();
  expect(
    await closeCode(sandbox.gateway.url, { op: 2, d: { token: sandbox.token, intents: 1 << 30, properties: {} } }),
  ).toBe(4013);
  expect(await closeCode(sandbox.gateway.url, { op: 2, d: { token: 'no', intents: 1 } })).toBe(4004);
  expect(await closeCode(sandbox.gateway.url, { op: 3, d: {} })).toBe(4003);
  expect(await closeCode(sandbox.gateway.url, 'not json')).toBe(4002);
});

function closeCode(url: string, first: unknown): Promise<number> {
  const socket = new WebSocket(`${url}?v=10&encoding=json`);
  return new Promise((resolve) => {
    socket.on('message', () => socket.send(typeof first === 'string' ? first : JSON.stringify(first)));
    socket.on('close', resolve);
  });
}

test('a session that sends more than 120 things in a minute is ended', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const socket = new WebSocket(`${sandbox.gateway.url}?v=10&encoding=json`);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  const presence = { op: 3, d: { since: null, activities: [], status: 'online', afk: false } };
  await new Promise((resolve) => socket.once('message', resolve));
  socket.send(JSON.stringify({ op: 2, d: { token: sandbox.token, intents: 0, properties: {} } }));
  for (let sent = 1; sent <= 120; sent += 1) socket.send(JSON.stringify(presence));
  expect(await closed).toBe(4008);
  const kept = sandbox.journal.since(0).filter((entry) => entry.kind === 'session' && entry.what === 'sent');
  expect(kept).toHaveLength(119);
});

test('members come in chunks, by name and whole', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await sandbox.join(1_500);
  const guild = await client.guilds.fetch(sandbox.guildId);
  guild.members.cache.clear();
  expect((await guild.members.fetch()).size).toBe(1_505);
  expect((await guild.members.fetch({ query: 'adel', limit: 5 })).map(({ user }) => user.username)).toEqual(['adelie']);
});

test('shards share the servers', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const other = await sandbox.addGuild('Second');
  const client = new Client({ intents: [I.Guilds], shardCount: 2, rest: { api: sandbox.apiUrl } });
  const ready = new Promise((resolve) => client.once('clientReady', resolve));
  await client.login(sandbox.token);
  await ready;
  expect([...client.guilds.cache.keys()].sort()).toEqual([sandbox.guildId, other].sort());
  expect(client.ws.shards.size).toBe(2);
  await client.destroy();
});

test('a server that is gone for a while is found again on the same port', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const mark = sandbox.mark();
  await sandbox.faults.away(300);
  await sandbox.waitFor(isSession('resumed'), { since: mark });
  const channel = await client.channels.fetch(sandbox.channels.general);
  expect(channel?.id).toBe(sandbox.channels.general);
});
