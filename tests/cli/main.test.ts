import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startSandbox } from '../../sandbox/server/sandbox.ts';
import { runMain } from '../process.ts';

test.each([
  ['an unknown word', ['halp'], 2, 'Did you mean help'],
  ['an unknown option', ['run', '--quick'], 2, "unknown option '--quick'"],
  ['too many words', ['run', 'fast'], 2, 'too many arguments'],
  ['no token', ['run'], 78, 'DISCORD_TOKEN is not set'],
  ['help', ['help'], 0, 'doctor'],
  ['version', ['version'], 0, '0.1.0'],
] as const)('%s: exit code and words', async (_, args, code, words) => {
  await using run = await runMain(args);
  expect(await run.ended).toBe(code);
  expect(run.output.join('\n')).toContain(words);
});

test('every problem of a configuration is named in one message, and no secret is shown', async () => {
  const secret = 'postgrex://user:hunter2@host/db';
  await using run = await runMain(['run'], { DATABASE_URL: secret, WORKER_THREADS: 'many', LOG_LEVEL: 'loud' });
  expect(await run.ended).toBe(78);
  const said = run.output.join('\n');
  for (const name of ['DATABASE_URL', 'WORKER_THREADS', 'LOG_LEVEL']) expect(said).toContain(name);
  expect(said).not.toContain('hunter2');
});

test('config shows what is in effect, from .env and the environment, which wins; secrets are masked', async () => {
  await using first = await runMain(['version']);
  await first.ended;
  await writeFile(
    join(first.folder, '.env'),
    'DISCORD_TOKEN=a-very-secret-token-indeed\nLOG_LEVEL=debug\nSHUTDOWN_GRACE_MS=1\n',
  );
  await using run = await runMain(['config'], { LOG_LEVEL: 'error' }, first.folder);
  expect(await run.ended).toBe(0);
  const said = run.output.join('\n');
  expect(said).toMatch(/DISCORD_TOKEN +\(set, hidden\)/);
  expect(said).toMatch(/LOG_LEVEL +error/);
  expect(said).toMatch(/SHUTDOWN_GRACE_MS +1/);
  expect(said).not.toContain('secret');
});

test('a taken HTTP address is one clear line', async () => {
  await using discord = await startSandbox({ port: 0 });
  const { port } = new URL(discord.url);
  const env = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl, HTTP_ADDRESS: `127.0.0.1:${port}` };
  await using run = await runMain(['run'], env);
  expect(await run.ended).toBe(78);
  expect(run.output.join('\n')).toContain(`HTTP_ADDRESS 127.0.0.1:${port} is taken`);
});

test('doctor finds what is wrong, and says how to mend it', async () => {
  await using discord = await startSandbox({ port: 0, intents: { content: false } });
  await using run = await runMain(['doctor'], { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl });
  expect(await run.ended).toBe(1);
  const said = run.output.join('\n');
  expect(said).toContain('BAD  Intent Message Content');
  expect(said).toContain('developer portal');
  expect(said).toContain('ok   Worker task inspectFile');
  expect(said).toContain('ok   Database: embedded');
  expect(said).toContain(
    'ok   Lists of dangerous domains: none, so links are judged without; name some in PHISHING_LISTS',
  );
});

test('doctor on a refused token says where to get one', async () => {
  await using discord = await startSandbox({ port: 0 });
  await using run = await runMain(['doctor'], { DISCORD_TOKEN: 'x'.repeat(30), DISCORD_API_URL: discord.apiUrl });
  expect(await run.ended).toBe(1);
  expect(run.output.join('\n')).toContain('copy it anew from the Bot page');
});

test('doctor does not wait long for a database that is away, and says how to mend it', async () => {
  await using run = await runMain(['doctor'], { DATABASE_URL: 'postgres://someone:hunter2@127.0.0.1:1/none' });
  expect(await run.ended).toBe(1);
  const said = run.output.join('\n');
  expect(said).toMatch(/BAD {2}Database: .*127\.0\.0\.1:1\/none did not answer\. Start it, or correct DATABASE_URL/);
  expect(said).not.toContain('hunter2');
});

test('the sandbox lets other machines in only when it is told to', async () => {
  const env = { SANDBOX_ADDRESS: '0.0.0.0:0' };
  await using refused = await runMain(['sandbox'], env);
  expect(await refused.ended).toBe(1);
  expect(refused.output.join('\n')).toContain('explicit permission');
  await using open = await runMain(['sandbox', '--allow-remote'], env);
  expect(await open.line((line) => line.includes('The local Discord is at'))).toContain('http://');
});
