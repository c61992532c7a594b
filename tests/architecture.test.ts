import { describe, expect, test } from 'vitest';
import { filesBelow, importsOf, readSource } from './sources.ts';

/** Imports flow down this list, never up and never sideways: a part may use what stands in a later row. */
const LAYERS: readonly (readonly string[])[] = [
  ['main'],
  ['cli'],
  ['app'],
  ['handlers', 'scheduler', 'http'],
  ['services'],
  ['workers', 'db'],
  ['lib'],
  ['locales'],
];

/** May be imported by all but `lib`, and look at what they describe. */
const EVERYWHERE = ['config', 'context'];

/** Files that belong to a part though they do not lie in its folder. */
const BELONGS: Readonly<Record<string, string>> = { ground: 'app', panel: 'http', stores: 'app' };

/** What may be broken, and why. */
const EXCEPTIONS: readonly { readonly from: string; readonly to: string; readonly why: string }[] = [
  { from: 'src/workers/io.ts', to: 'src/db/', why: 'exports read the database in the I/O thread' },
  { from: 'src/workers/io-protocol.ts', to: 'src/db/', why: 'exports read the database in the I/O thread' },
  { from: 'src/workers/exports/order.ts', to: 'src/db/', why: 'exports read the database in the I/O thread' },
  { from: 'src/workers/exports/run-export.ts', to: 'src/db/', why: 'exports read the database in the I/O thread' },
  { from: 'src/workers/exports/serve.ts', to: 'src/db/', why: 'exports read the database in the I/O thread' },
  {
    from: 'src/workers/tasks/read-settings.ts',
    to: 'src/services/settings/areas.ts',
    why: 'a file of settings is held against their schemas in a thread',
  },
  { from: 'src/lib/version.ts', to: 'package.json', why: 'the version is written once' },
];

function partOf(path: string): string {
  const [, name = ''] = /^src\/([^/.]+)/.exec(path) ?? [];
  return BELONGS[name] ?? name;
}

function mayImport(from: string, to: string): boolean {
  if (EXCEPTIONS.some((exception) => exception.from === from && to.startsWith(exception.to))) return true;
  if (from.startsWith('sandbox/')) return to.startsWith('sandbox/') || to.startsWith('src/lib/');
  if (to.startsWith('sandbox/')) return from === 'src/main.ts';
  if (!to.startsWith('src/')) return false;
  const [importer, imported] = [partOf(from), partOf(to)];
  if (importer === imported || importer === 'context') return true;
  if (EVERYWHERE.includes(imported)) return importer !== 'lib';
  if (importer === 'config') return imported === 'lib';
  return layerOf(importer) < layerOf(imported);
}

function layerOf(part: string): number {
  const layer = LAYERS.findIndex((parts) => parts.includes(part));
  if (layer < 0) throw new Error(`src/${part} has no place in the layers: say where it stands`);
  return layer;
}

async function allImports() {
  const files = [...(await filesBelow('src')), ...(await filesBelow('sandbox'))];
  const imports = await Promise.all(
    files.map(async (from) => importsOf(from, await readSource(from)).map((found) => ({ from, ...found }))),
  );
  return imports.flat();
}

test('imports flow one way', async () => {
  const imports = await allImports();
  expect(imports.length).toBeGreaterThan(100);
  const wrong = imports.filter(({ from, target }) => !mayImport(from, target));
  expect(wrong.map(({ from, target }) => `${from} -> ${target}`)).toEqual([]);
});

test('the main thread knows tasks and errands as types only, so that what they need loads in the threads alone', async () => {
  const inThreads =
    /^src\/workers\/(tasks\/.*|worker\.ts|errands\/.*|errands\.ts|io-thread\.ts|backtracking\/(match|thread)\.ts)$/;
  const wrong = (await allImports()).filter(
    ({ from, target, typeOnly }) => inThreads.test(target) && !typeOnly && !inThreads.test(from),
  );
  // Naming the file is not loading it: this is how the pools find it.
  expect(wrong.map(({ from, target }) => `${from} -> ${target}`)).toEqual([
    'src/workers/backtracking/backtracking.ts -> src/workers/backtracking/thread.ts',
    'src/workers/io.ts -> src/workers/io-thread.ts',
    'src/workers/offload.ts -> src/workers/worker.ts',
  ]);
});

test('what the alphabets of the world look like is known in the threads alone', async () => {
  const beginsThread = /\/(?:worker|thread|io-thread|embedded-thread)\.ts$/;
  const loaded = (await allImports()).filter(({ typeOnly, target }) => !typeOnly && !beginsThread.test(target));
  const inMain = new Set(['src/app.ts']);
  // Whatever is added is visited as well.
  for (const file of inMain) for (const { from, target } of loaded) if (from === file) inMain.add(target);
  expect(inMain.size).toBeGreaterThan(100);
  expect([...inMain].filter((file) => file.startsWith('src/lib/unicode/'))).toEqual([]);
});

describe('the rule itself', () => {
  test.each([
    ['src/main.ts', 'src/app.ts'],
    ['src/main.ts', 'sandbox/main.ts'],
    ['src/app.ts', 'src/scheduler/scheduler.ts'],
    ['src/handlers/commands/utility/ping.ts', 'src/handlers/define.ts'],
    ['src/handlers/dispatch.ts', 'src/db/settings.ts'],
    ['src/services/status/status.ts', 'src/workers/offload.ts'],
    ['src/db/connect.ts', 'src/config.ts'],
    ['src/context.ts', 'src/services/health/health.ts'],
    ['sandbox/server/sandbox.ts', 'src/lib/deadline.ts'],
  ])('allows %s -> %s', (from, to) => {
    expect(mayImport(from, to)).toBe(true);
  });

  test.each([
    ['src/app.ts', 'src/main.ts'],
    ['src/app.ts', 'sandbox/main.ts'],
    ['src/handlers/dispatch.ts', 'src/scheduler/job.ts'],
    ['src/services/status/status.ts', 'src/handlers/define.ts'],
    ['src/db/connect.ts', 'src/workers/offload.ts'],
    ['src/workers/offload.ts', 'src/db/connect.ts'],
    ['src/lib/log.ts', 'src/config.ts'],
    ['src/lib/log.ts', 'src/context.ts'],
    ['src/config.ts', 'src/db/connect.ts'],
    ['src/lib/log.ts', 'tests/bot.ts'],
    ['sandbox/server/sandbox.ts', 'src/config.ts'],
  ])('refuses %s -> %s', (from, to) => {
    expect(mayImport(from, to)).toBe(false);
  });

  test('sees every form of import', () => {
    const source = `import a from './a.ts';
import type { B } from "../b.ts";
import {
  c,
} from './c/c.ts';
export { d } from './d.ts';
import './e.ts';
const f = await import('./f.ts');
type G = typeof import('./g.ts');
const h = new URL('./h.ts', import.meta.url);
import i from 'i';`;
    expect(
      importsOf('src/x/y.ts', source).map(({ target, typeOnly }) => `${target}${typeOnly ? ' (type)' : ''}`),
    ).toEqual([
      'src/x/a.ts',
      'src/b.ts (type)',
      'src/x/c/c.ts',
      'src/x/d.ts',
      'src/x/e.ts',
      'src/x/f.ts',
      'src/x/g.ts (type)',
      'src/x/h.ts',
    ]);
  });
});
