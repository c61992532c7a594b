import { expect, test } from 'vitest';
import { connect } from './connect.ts';
import { refused, restBot } from './rest.ts';

const MESSAGES = '/channels/{channel_id}/messages';

test('REST fails on demand, so many times or until it is lifted', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const { faults, channels } = sandbox;
  const path = `/channels/${channels.general}/messages` as const;
  faults.rest(MESSAGES, { kind: 'status', status: 503 }, { times: 1, method: 'POST' });
  await expect(rest.post(path, { body: { content: 'a' } })).rejects.toMatchObject({ status: 503 });
  expect(await rest.post(path, { body: { content: 'b' } })).toMatchObject({ content: 'b' });
  const lift = faults.rest(/messages/, { kind: 'rate-limit', retryAfterMs: 50 });
  await expect(rest.get(path)).rejects.toMatchObject({ name: expect.stringContaining('RateLimitError') });
  lift();
  expect(await rest.get(path)).toHaveLength(1);
  const before = performance.now();
  faults.rest(path, { kind: 'slow', ms: 60 }, { times: 1 });
  await rest.get(path);
  expect(performance.now() - before).toBeGreaterThan(50);
  // Bun's fetch tries a GET again by itself when a connection that it used before is cut, so cut that one too.
  const lettingGo = faults.rest(path, { kind: 'reset' });
  await expect(rest.get(path)).rejects.toThrow();
  lettingGo();
  faults.rest(path, { kind: 'lose-answer' }, { times: 1 });
  await expect(rest.post(path, { body: { content: 'done all the same' } })).rejects.toThrow();
  expect(await rest.get(path)).toMatchObject([{ content: 'done all the same' }, { content: 'b' }]);
});

test('a fault for every path meets every path', async () => {
  await using bot = await restBot();
  const { sandbox, rest } = bot;
  const lift = sandbox.faults.rest('*', { kind: 'status', status: 503 });
  await expect(rest.get('/users/@me')).rejects.toMatchObject({ status: 503 });
  await expect(rest.get(`/channels/${sandbox.channels.general}`)).rejects.toMatchObject({ status: 503 });
  lift();
  expect(await rest.get('/users/@me')).toMatchObject({ bot: true });
});

test('an answer that was carried out but lost comes back as 40060 when it is tried again', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  await client.application.commands.set([{ name: 'once', description: 'Once' }]);
  sandbox.faults.rest(
    '/interactions/{interaction_id}/{interaction_token}/callback',
    { kind: 'lose-answer' },
    { times: 1 },
  );
  const failed = new Promise((resolve) => {
    client.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand()) interaction.reply('hello').catch(resolve);
    });
  });
  expect((await sandbox.slash('once')).content).toBe('hello');
  expect(await failed).toMatchObject(refused(40060));
});

test('files are cut short, slow or gone on demand', async () => {
  await using bot = await restBot();
  const { sandbox } = bot;
  const bytes = new Uint8Array(50_000).fill(65);
  const { attachments } = await sandbox.message({ files: [{ name: 'big.txt', bytes }] });
  const { url } = attachments[0] ?? expect.unreachable();
  const length = async (): Promise<number> => (await (await fetch(url)).arrayBuffer()).byteLength;
  expect(await length()).toBe(50_000);
  sandbox.faults.files('big.txt', { kind: 'truncate', bytes: 100 }, { times: 1 });
  await expect(length()).rejects.toThrow();
  sandbox.faults.files('big.txt', { kind: 'status', status: 404 }, { times: 1 });
  expect((await fetch(url)).status).toBe(404);
  sandbox.faults.files('big.txt', { kind: 'slow', bytesPerSecond: 250_000 }, { times: 1 });
  const before = performance.now();
  expect(await length()).toBe(50_000);
  expect(performance.now() - before).toBeGreaterThan(80);
});

test('connections are refused until they are accepted again', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const mark = sandbox.mark();
  sandbox.faults.refuse();
  await expect(fetch(`${sandbox.apiUrl}/v10/gateway`)).rejects.toThrow();
  expect((await fetch(`${sandbox.url}/sandbox/api/state`)).status).toBe(200);
  sandbox.faults.accept();
  await sandbox.waitFor((entry) => entry.kind === 'session' && entry.what === 'resumed', { since: mark });
  expect(client.isReady()).toBe(true);
});

test('malformed frames and unknown events reach the client as they are', async () => {
  await using bot = await connect();
  const { sandbox, client } = bot;
  const raw: string[] = [];
  client.on('raw', ({ t }) => raw.push(t));
  client.on('error', () => undefined);
  sandbox.raw('SOMETHING_NEW', { anything: true });
  sandbox.faults.gateway.frame('{"op":99,"d":null,"s":null,"t":null}');
  await expect.poll(() => raw).toContain('SOMETHING_NEW');
  expect(client.isReady()).toBe(true);
});

test('the client resumes after close codes that let it', async () => {
  await using bot = await connect();
  const { sandbox } = bot;
  for (const code of [4000, 4001, 4002]) {
    const mark = sandbox.mark();
    sandbox.faults.gateway.drop(code, 'on demand');
    const back = await sandbox.waitFor((entry) => entry.kind === 'session' && entry.what === 'resumed', {
      since: mark,
    });
    expect(back.kind).toBe('session');
  }
});
