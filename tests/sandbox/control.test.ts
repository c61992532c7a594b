import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Snapshot } from '../../sandbox/server/live.ts';
import { RemoteSandbox } from '../../sandbox/server/remote.ts';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { connect } from './connect.ts';

interface Frame {
  readonly op: string;
  readonly t?: string;
  readonly d: Record<string, unknown> & Snapshot;
}

/** What one person's page is told, as it comes. */
class Feed implements Disposable {
  readonly frames: Frame[] = [];
  readonly #socket: WebSocket;

  constructor(sandbox: Sandbox, as: string) {
    this.#socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/live?as=${as}`);
    this.#socket.on('message', (data) => this.frames.push(JSON.parse(String(data))));
  }

  async first(fits: (frame: Frame) => boolean): Promise<Frame> {
    await expect.poll(() => this.frames.some(fits)).toBe(true);
    return this.frames.find(fits) ?? expect.unreachable();
  }

  act(as: string): void {
    this.#socket.send(JSON.stringify({ op: 'act', as }));
  }

  [Symbol.dispose](): void {
    this.#socket.terminate();
  }
}

test('the verbs work over HTTP as they do in the process', async () => {
  await using bot = await connect({ seed: 'demo' });
  const { sandbox, client } = bot;
  await client.application.commands.set([
    { name: 'size', description: 'Size', options: [{ type: 11, name: 'file', description: 'File', required: true }] },
  ]);
  client.on('interactionCreate', (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    const { name, size } = interaction.options.getAttachment('file', true);
    void interaction
      .deferReply()
      .then(() => interaction.editReply(`${name} ${size}`))
      .then(() => interaction.followUp('more'));
  });
  const remote = new RemoteSandbox(sandbox.url);
  const state = await remote.state();
  expect(state).toMatchObject({
    guildId: sandbox.guildId,
    connected: true,
    channels: { general: sandbox.channels.general },
  });
  expect(state.samples.map(({ name }) => name)).toEqual([
    'sales.csv',
    'inventory.json',
    'station.log',
    'season.zip',
    'handbook.pdf',
    'colony.png',
  ]);
  const sample = await remote.sample('sales.csv');
  const reply = await remote.slash('size', { file: { sample: 'sales.csv' } });
  expect(reply).toMatchObject({ kind: 'deferred', content: `sales.csv ${sample.bytes.length}` });
  const later = await reply.until(({ followUps }) => followUps.length === 1);
  expect(later.followUps[0]?.content).toBe('more');
  const upload = await remote.upload({ name: 'big.bin', bytes: new Uint8Array(1_000) });
  expect((await remote.slash('size', { file: upload })).content).toBe('big.bin 1000');
  const file = { name: 'inline.txt', bytes: new TextEncoder().encode('abc') };
  expect((await remote.message({ content: 'with a file', files: [file] })).attachments[0]).toMatchObject({ size: 3 });
  await expect(remote.slash('gone')).rejects.toThrow('no command "gone"');
  await expect(remote.call('dance')).rejects.toThrow('no verb "dance"');
  expect(await remote.join(2)).toHaveLength(2);
  const entry = await remote.waitFor((one) => one.kind === 'event' && one.t === 'GUILD_MEMBER_ADD');
  expect(entry.kind).toBe('event');
});

test('people write at the rate they are told', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const remote = new RemoteSandbox(sandbox.url);
  await remote.post({ perSecond: 2_000, seconds: 0.2, channel: 'random' });
  await expect.poll(() => remote.posted()).toEqual({ posting: false, sent: 400 });
  expect(sandbox.state.messages.idsOf(sandbox.channels.random)).toHaveLength(400);
});

test('the live feed shows a person what this person may see, and nothing else', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'whisper', description: 'Whisper' }]);
  client.on('interactionCreate', (interaction) => {
    if (interaction.isChatInputCommand()) void interaction.reply({ content: 'psst', flags: 64 });
  });
  using member = new Feed(sandbox, 'member');
  using moderator = new Feed(sandbox, 'moderator');
  const { d } = await member.first(({ op }) => op === 'snapshot');
  const names = (snapshot: Snapshot) => snapshot.channels.map((channel) => ('name' in channel ? channel.name : ''));
  expect(d.me.id).toBe(sandbox.people.member);
  expect(names(d)).not.toContain('mod-log');
  expect(names((await moderator.first(({ op }) => op === 'snapshot')).d)).toContain('mod-log');
  expect(d.commands.map(({ name }) => name)).toEqual(['whisper']);
  await sandbox.message({ as: 'moderator', channel: 'mod-log', content: 'staff only' });
  await sandbox.slash('whisper');
  await member.first(({ t, d: message }) => t === 'MESSAGE_CREATE' && message.content === 'psst');
  await member.first(({ t }) => t === 'SANDBOX_INTERACTION_ACK');
  await sandbox.message({ content: 'for all' });
  await moderator.first(({ d: message }) => message.content === 'for all');
  expect(member.frames.filter((frame) => frame.d.content === 'staff only')).toEqual([]);
  expect(moderator.frames.filter((frame) => frame.d.content === 'psst')).toEqual([]);
  member.act('owner');
  await member.first(({ op, d: shown }) => op === 'snapshot' && shown.me.id === sandbox.people.owner);
});

test('the status of the bot is asked for and passed on', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const bot = createServer((_, response) => response.end('{"ready":true}'));
  await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
  const address = bot.address();
  using feed = new Feed(sandbox, 'member');
  sandbox.live.askStatusAt(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`);
  expect((await feed.first(({ op }) => op === 'status')).d).toEqual({ ready: true });
  bot.close();
});

test('requests for or from another address are refused', async () => {
  await using sandbox = await startSandbox({ port: 0 });
  const state = `${sandbox.url}/sandbox/api/state`;
  expect((await fetch(state)).status).toBe(200);
  expect((await fetch(state, { headers: { origin: 'https://evil.example' } })).status).toBe(403);
  expect((await fetch(`${sandbox.apiUrl}/v10/gateway`, { headers: { origin: 'https://evil.example' } })).status).toBe(
    403,
  );
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/sandbox/live`, {
    headers: { origin: 'https://evil.example' },
  });
  const [error] = await once(socket, 'error');
  expect(error).toBeInstanceOf(Error);
  await expect(startSandbox({ port: 0, host: '0.0.0.0' })).rejects.toThrow('this machine only');
});

function startChild(...args: string[]): ChildProcess {
  const main = fileURLToPath(new URL('../../sandbox/main.ts', import.meta.url));
  const runtime = 'Deno' in globalThis ? ['run', '--allow-all', main] : [main];
  return spawn(process.execPath, [...runtime, '--child', ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
}

async function firstLine(child: ChildProcess): Promise<Record<string, string>> {
  const [line] = await once(createInterface(child.stdout ?? expect.unreachable()), 'line');
  return JSON.parse(String(line));
}

test('as a child process it says where it is, leaves a taken port alone, and ends with its parent', async () => {
  const first = startChild('--address', '127.0.0.1:0');
  const ready = await firstLine(first);
  expect(ready).toMatchObject({ sandbox: 'ready', token: expect.stringMatching(/^sandbox\..{20}/) });
  const second = startChild('--address', new URL(ready.url ?? '').host);
  const other = await firstLine(second);
  expect(other.url).not.toBe(ready.url);
  expect((await fetch(`${other.url}/sandbox/samples/colony.png`)).headers.get('content-type')).toBe('image/png');
  for (const child of [first, second]) {
    const exit = once(child, 'exit');
    child.stdin?.end();
    expect((await exit)[0]).toBe(0);
  }
});
