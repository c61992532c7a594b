import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { refuseMissing } from '../../scripts/build/optional-packages.ts';
import { redirectPool } from '../../scripts/build/pool-thread.ts';
import { compiledSource, sources } from '../../scripts/build/sources.ts';
import { ROOT } from '../sources.ts';

test('every thread that the sources start is a program of the binary', async () => {
  const { threads, files } = await sources(ROOT);
  const paths = threads.map((path) => path.slice(ROOT.length));
  expect(paths).toEqual(
    expect.arrayContaining(['src/db/embedded-thread.ts', 'src/workers/io-thread.ts', 'src/workers/worker.ts']),
  );
  const texts = Object.values(files).join('\n');
  for (const path of paths) expect(texts).toContain(`new URL('./${path.replace(/ts$/, 'js')}', import.meta.url)`);
});

describe('a source in the binary', () => {
  test('finds its threads from the root, from whatever folder it names them', () => {
    const source = `new Worker(new URL('./a.ts', import.meta.url)); new Worker(new URL("../lib/b.ts", import.meta.url));`;
    expect(compiledSource('src/workers/pool.ts', source)).toEqual({
      text: `new Worker(new URL('./src/workers/a.js', import.meta.url)); new Worker(new URL('./src/lib/b.js', import.meta.url));`,
      threads: ['src/workers/a.ts', 'src/lib/b.ts'],
    });
  });

  test('has the files of packages that it names embedded, and its lines where they were', () => {
    const source = "readFile(\n  createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'),\n);";
    const { text, threads } = compiledSource('src/workers/chart/chart-files.ts', source);
    expect(threads).toEqual([]);
    expect(text).toMatch(
      /^import embedded0 from "\/.*\/@resvg\/resvg-wasm\/index_bg\.wasm" with \{ type: 'file' \}; readFile\(\n {2}embedded0,\n\);$/,
    );
  });

  test.each([
    "readFile(new URL('./sample.csv', import.meta.url))",
    'join(import.meta.dirname, name)',
    'import.meta.url',
  ])('may not reach for a file beside it: %s', (source) => {
    expect(() => compiledSource('src/services/sample.ts', source)).toThrow('src/services/sample.ts');
  });
});

describe('the pool in the binary', () => {
  test('is told where its thread is', async () => {
    const text = redirectPool(await readFile(`${ROOT}/node_modules/piscina/dist/index.js`, 'utf8'));
    expect(text).toContain("resolve)(Bun.main, '../src/workers/pool-thread.js')");
    expect(text).not.toContain('__dirname');
  });

  test('is not built with a piscina that looks for its thread in a way unknown here', () => {
    expect(() => redirectPool('const filename = somewhereElse();')).toThrow('piscina');
  });
});

test('a package that would be looked for on disk fails the build, what the runtime has does not', () => {
  const importing = (path: string) => ({
    inputs: { 'src/main.ts': { bytes: 1, imports: [{ path, kind: 'require-call' as const, external: true }] } },
    outputs: {},
  });
  expect(() => refuseMissing(importing('bufferutil'))).toThrow('bufferutil, which src/main.ts loads');
  expect(() => refuseMissing(importing('node:fs'))).not.toThrow();
});
