import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** One file of the page, as it is served. */
export interface PageFile {
  readonly type: string;
  readonly body: string | Uint8Array;
}

const HTML = 'text/html; charset=utf-8';

/**
 * Makes the page's files from their sources, by the path they are served at. Only Bun can bundle; elsewhere `/` says so.
 * The build of the binary puts the finished files in the place of this module.
 */
export async function bundlePage(): Promise<ReadonlyMap<string, PageFile>> {
  if (typeof Bun === 'undefined') return new Map([['/', { type: HTML, body: ELSEWHERE }]]);
  const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const built = await Bun.build({
    entrypoints: [here('page.css'), here('main.ts')],
    target: 'browser',
    minify: true,
    // Without this the libraries take their development form, which warns in the console.
    define: { 'process.env.NODE_ENV': '"production"' },
    conditions: ['production'],
    naming: '[name].[ext]',
  });
  const files = await Promise.all(
    built.outputs.map(async (output): Promise<[string, PageFile]> => {
      const name = output.path.replaceAll('\\', '/').split('/').at(-1) ?? '';
      return [`/${name}`, { type: output.type, body: await output.text() }];
    }),
  );
  return new Map([
    ['/', { type: HTML, body: await readFile(here('index.html'), 'utf8') }],
    ['/icon.svg', { type: 'image/svg+xml', body: await readFile(here('icon.svg'), 'utf8') }],
    ...files,
  ]);
}

const ELSEWHERE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Rockhopper sandbox</title>
<h1>The sandbox is running, but its page is not</h1>
<p>This runtime cannot put the page together. Start it with Bun instead: <code>npx bun run start</code>.
<p>Everything else works: the bot, and the sandbox's verbs under <code>/sandbox/api</code>.
</html>
`;
