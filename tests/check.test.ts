import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ROOT } from './sources.ts';

/** A folder with the house's own lint rules and one file planted in it. */
async function planted(path: string, source: string) {
  const folder = await mkdtemp(join(tmpdir(), 'rockhopper-check-'));
  await mkdir(join(folder, dirname(path)), { recursive: true });
  await mkdir(join(folder, 'scripts'), { recursive: true });
  await cp(join(ROOT, 'biome.json'), join(folder, 'biome.json'));
  await cp(join(ROOT, '.gitignore'), join(folder, '.gitignore'));
  await cp(join(ROOT, 'scripts/no-sync.grit'), join(folder, 'scripts/no-sync.grit'));
  await writeFile(join(folder, path), source);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** What `check` says about a file: the rules broken, none when it passes. */
async function lint(path: string, source: string): Promise<readonly string[]> {
  await using place = await planted(path, source);
  const biome = join(ROOT, 'node_modules/@biomejs/biome/bin/biome');
  const command = 'Deno' in globalThis ? ['run', '--allow-all', biome] : [biome];
  const given = ['lint', '--error-on-warnings', '--reporter=json', path];
  const child = spawn(process.execPath, [...command, ...given], {
    cwd: place.folder,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  const [code] = await once(child, 'close');
  const { diagnostics }: { diagnostics: { category: string }[] } = JSON.parse(text);
  const broken = diagnostics.map(({ category }) => category);
  expect(code, text).toBe(broken.length === 0 ? 0 : 1);
  return broken;
}

describe('check refuses', () => {
  test.each([
    ['a call', `import { readFileSync } from 'node:fs';\nexport const text = readFileSync('a', 'utf8');\n`, 2],
    ['a member', `import fs from 'node:fs';\nexport const there = fs.existsSync('a');\n`, 1],
    [
      'another name for it',
      `import { execSync as run } from 'node:child_process';\nexport const now = run('date');\n`,
      1,
    ],
    ['a compressor', `import * as zlib from 'node:zlib';\nexport const small = zlib.gzipSync('a');\n`, 1],
    [
      'a key derivation',
      `import crypto from 'node:crypto';\nexport const key = crypto.pbkdf2Sync('a', 'b', 1, 8, 'sha256');\n`,
      1,
    ],
    ["Bun's", `export const started = Bun.spawnSync(['date']);\n`, 1],
    ['one taken by its name', `import fs from 'node:fs';\nexport const text = fs['readFileSync']('a');\n`, 1],
    ['a wait for a lock', `export const woken = (cells: Int32Array) => Atomics.wait(cells, 0, 0);\n`, 1],
  ])('what holds the main thread up: %s', async (_, source, times) => {
    for (const path of ['src/services/planted.ts', 'sandbox/server/planted.ts']) {
      const broken = await lint(path, source);
      expect(broken.filter((rule) => rule === 'plugin')).toHaveLength(times);
    }
  });

  test('a promise that nobody waits for', async () => {
    const source = `async function save(): Promise<void> {}\nexport function run(): void {\n  save();\n}\n`;
    expect(await lint('src/services/planted.ts', source)).toEqual(['lint/nursery/noFloatingPromises']);
  });

  test('an exception that excepts nothing', async () => {
    const source = `// biome-ignore lint/plugin: read once, at the start\nexport const nothing = 1;\n`;
    expect(await lint('src/services/planted.ts', source)).toEqual(['suppressions/unused']);
  });
});

describe('check lets pass', () => {
  const waiting = `import { readFileSync } from 'node:fs';\nexport const text = readFileSync('a', 'utf8');\n`;

  test('a clean file', async () => {
    const source = `import { readFile } from 'node:fs/promises';\nexport const text = async () => await readFile('a', 'utf8');\n`;
    expect(await lint('src/services/planted.ts', source)).toEqual([]);
  });

  test.each(['src/workers/tasks/planted.ts', 'scripts/planted.ts', 'bench/planted.ts', 'tests/planted.ts'])(
    'waiting where the main thread is not: %s',
    async (path) => {
      expect(await lint(path, waiting)).toEqual([]);
    },
  );

  test('an exception that gives its reason', async () => {
    const ignore = '// biome-ignore lint/plugin: read once, before anything is open';
    const source = waiting
      .split('\n')
      .flatMap((line) => (line === '' ? [line] : [ignore, line]))
      .join('\n');
    expect(await lint('src/services/planted.ts', source)).toEqual([]);
  });
});
