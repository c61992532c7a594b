import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import { expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '../../sandbox/server/sandbox.ts';
import { freshDatabase } from '../database.ts';
import { runMain, says } from '../process.ts';

const CALLBACK = '/interactions/{interaction_id}/{interaction_token}/callback';

function envFor(discord: Sandbox, databaseUrl: string): Record<string, string> {
  return {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    DISCORD_CDN_URL: discord.cdnUrl,
    ATTACHMENT_HOSTS: new URL(discord.url).host,
    DATABASE_URL: databaseUrl,
    HTTP_ADDRESS: '127.0.0.1:0',
    SHUTDOWN_GRACE_MS: '5000',
  };
}

async function startReady(env: Record<string, string> = {}) {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await freshDatabase());
  const discord = opened.use(await startSandbox({ port: 0, rateLimits: 'off' }));
  const bot = opened.use(await runMain(['run'], { ...envFor(discord, database.url), ...env }));
  const ready = JSON.parse(await bot.line(says('ready')));
  const owned = opened.move();
  const inFlight = async (): Promise<number> => (await (await fetch(`${ready.http}/status.json`)).json()).inFlight;
  return {
    discord,
    database,
    bot,
    http: String(ready.http),
    inFlight,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

test.each(['SIGTERM', 'SIGINT'] as const)('%s: the bot stops, says so, and exits with 0', async (signal) => {
  await using at = await startReady();
  expect((await at.discord.slash('ping')).content).toContain('Pong');
  at.bot.kill(signal);
  expect(await at.bot.ended).toBe(0);
  expect(at.bot.output.some(says('stopping'))).toBe(true);
});

const onLinux = test.runIf(process.platform === 'linux');

onLinux('no helpers collect garbage for its threads on Bun, and it stays the process that was started', async () => {
  await using at = await startReady();
  const environment = (await readFile(`/proc/${at.bot.child.pid}/environ`, 'utf8')).split('\0');
  expect(environment.includes('BUN_JSC_numberOfGCMarkers=1')).toBe('Bun' in globalThis);
  expect(environment).toContain(`DISCORD_TOKEN=${at.discord.token}`);
});

onLinux('what the operator says of helpers holds', async () => {
  await using at = await startReady({ BUN_JSC_numberOfGCMarkers: '3' });
  expect(await readFile(`/proc/${at.bot.child.pid}/environ`, 'utf8')).toContain('BUN_JSC_numberOfGCMarkers=3\0');
});

test('a command that runs when the bot is asked to stop is still answered', async () => {
  await using at = await startReady();
  const bytes = new TextEncoder().encode('a,b\n1,2\n');
  const held = Promise.withResolvers<void>();
  at.discord.faults.files('held.csv', { kind: 'held', until: held.promise });
  const asked = at.discord.slash('inspect', { file: { name: 'held.csv', bytes, contentType: 'text/csv' } });
  await expect.poll(at.inFlight).toBe(1);
  at.bot.kill('SIGTERM');
  await at.bot.line(says('stopping'));
  held.resolve();
  await (await asked).until(({ content }) => content.includes('a table (CSV)'));
  expect(await at.bot.ended).toBe(0);
});

test('messages that were written before the bot is asked to stop are stored', async () => {
  await using at = await startReady();
  for (let count = 0; count < 20; count++) await at.discord.message({ as: 'member', content: `message ${count}` });
  await at.discord.slash('ping'); // comes after the messages, so they have arrived
  at.bot.kill('SIGTERM');
  expect(await at.bot.ended).toBe(0);
  expect(await at.database.db`select messages from activity`).toEqual([{ messages: 20 }]);
});

test('whoever asks while the bot stops is told to try again', async () => {
  await using at = await startReady();
  const held = Promise.withResolvers<void>();
  at.discord.faults.files('held.csv', { kind: 'held', until: held.promise });
  const file = { name: 'held.csv', bytes: new TextEncoder().encode('a,b\n1,2\n'), contentType: 'text/csv' };
  const running = at.discord.slash('inspect', { file });
  await expect.poll(at.inFlight).toBe(1);
  at.bot.kill('SIGTERM');
  await at.bot.line(says('stopping'));
  expect((await at.discord.slash('ping')).content).toContain('about to restart');
  held.resolve();
  await running;
  expect(await at.bot.ended).toBe(0);
});

test('a second signal leaves at once', async () => {
  await using at = await startReady({ SHUTDOWN_GRACE_MS: '600000' });
  at.discord.faults.files('never.csv', { kind: 'slow', bytesPerSecond: 1 });
  const file = { name: 'never.csv', bytes: new Uint8Array(10_000), contentType: 'text/csv' };
  const asked = at.discord.slash('inspect', { file }, { deadlineMs: 500 }).catch(() => undefined);
  await expect.poll(at.inFlight).toBe(1);
  at.bot.kill('SIGTERM');
  await at.bot.line(says('stopping'));
  at.bot.kill('SIGTERM');
  expect(await at.bot.ended).toBe(1);
  await asked;
});

test('asked to stop while it still waits for Discord, the bot stops', async () => {
  await using database = await freshDatabase();
  await using discord = await startSandbox({ port: 0, rateLimits: 'off' });
  discord.faults.rest('/applications/@me', { kind: 'status', status: 503 });
  await using bot = await runMain(['run'], envFor(discord, database.url));
  await bot.line((line) => line.includes('out of reach'));
  bot.kill('SIGTERM');
  expect(await bot.ended).toBe(0);
});

test('panel, metrics and health are there, and nothing else', async () => {
  await using at = await startReady();
  const fetched = async (path: string) => {
    const response = await fetch(`${at.http}${path}`);
    return { status: response.status, body: await response.text() };
  };
  expect((await fetched('/healthz')).status).toBe(200);
  expect((await fetched('/readyz')).status).toBe(200);
  expect((await fetched('/metrics')).body).toContain('rockhopper_ack_seconds');
  expect((await fetched('/')).body).toContain('<title>Rockhopper</title>');
  expect(JSON.parse((await fetched('/status.json')).body)).toMatchObject({ ready: true });
  expect((await fetched('/nothing')).status).toBe(404);
  expect((await fetch(`${at.http}/`, { method: 'POST' })).status).toBe(405);
  expect(await statusAs('elsewhere.example', `${at.http}/status.json`)).toBe(403);
});

test('/readyz is 503 while the gateway is away, and 200 again afterwards', async () => {
  await using at = await startReady();
  const status = async () => (await fetch(`${at.http}/readyz`)).status;
  at.discord.faults.refuse();
  await expect.poll(status).toBe(503);
  expect((await fetch(`${at.http}/healthz`)).status).toBe(200);
  at.discord.faults.accept();
  await expect.poll(status).toBe(200);
});

test('a token that Discord refuses while the bot runs ends it with 78 and one clear line', async () => {
  await using at = await startReady();
  at.discord.faults.gateway.drop(4004);
  expect(await at.bot.ended).toBe(78);
  expect(at.bot.output.join('\n')).toContain('Discord refuses the token');
});

test('neither token nor password are ever written', async () => {
  await using at = await startReady({ LOG_LEVEL: 'trace' });
  at.discord.faults.rest(CALLBACK, { kind: 'status', status: 500 }, { times: 2 });
  await at.discord.slash('ping');
  at.bot.kill('SIGTERM');
  await at.bot.ended;
  const said = at.bot.output.join('\n');
  expect(said).not.toContain(at.discord.token);
  expect(said).not.toContain(new URL(at.database.url).password);
});

/** What a request is answered whose Host header names somebody else. */
function statusAs(host: string, url: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    }).once('error', reject);
  });
}
