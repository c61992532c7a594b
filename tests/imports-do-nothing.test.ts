import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { filesBelow, ROOT } from './sources.ts';

/** What is started, not imported: a program, or what a thread runs. */
const ENTRY_POINTS = ['src/main.ts', 'sandbox/main.ts', 'src/workers/io-thread.ts', 'src/db/embedded-thread.ts'];

async function importAll(files: readonly string[], root = ROOT.replace(/\/$/, '')) {
  const script = `${ROOT}/tests/import-child.ts`;
  const command = 'Deno' in globalThis ? ['run', '--allow-all', script] : [script];
  const child = spawn(process.execPath, [...command, root, ...files], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
    // Left open, it is ended for that: the test then sees the signal instead of an exit code.
    timeout: 60_000,
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code, signal] = await once(child, 'close');
  return { code, signal, caught: JSON.parse(text || '[]') };
}

test('importing a module does nothing: no timer, socket, listener or environment, and nothing keeps the process alive', async () => {
  const files = [...(await filesBelow('src')), ...(await filesBelow('sandbox/server'))];
  const modules = files.filter((path) => !ENTRY_POINTS.includes(path));
  expect(modules.length).toBeGreaterThan(50);
  expect(await importAll(modules)).toEqual({ code: 0, signal: null, caught: [] });
});

describe('the check itself', () => {
  test('sees what a module does when it is imported', async () => {
    const planted = 'tests/fixtures/src/busy-on-import.ts';
    expect(await importAll([planted])).toEqual({
      code: 0,
      signal: null,
      caught: ['setTimeout', 'process.on', 'reads HOME from the environment', 'listen'].map(
        (what) => `${planted}: ${what}`,
      ),
    });
  });
});
