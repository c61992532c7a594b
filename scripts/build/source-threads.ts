import { glob, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Parts } from './binary.ts';
import { PAGE_MODULE } from './page.ts';

/** How a source names the file of a thread: `new URL('./worker.ts', import.meta.url)`. */
const ADDRESS = /new URL\(\s*(['"])(?<to>[^'"]*)\1,\s*import\.meta\.url,?\s*\)/g;
const PLACE = /\bimport\.meta\.(?:url|dir|dirname|file|filename|path|resolve)\b/;
/** It asks its place only to know whether it is in a binary; the page's module has another content here. */
const EXEMPT = new Set(['src/main.ts', PAGE_MODULE]);

/**
 * In the binary every module of the main program stands at its root, so a thread's file is found from there and not from
 * the module that names it. A source that reaches for any other file beside it fails the build: the binary has none.
 */
export async function sourceThreads(root: string): Promise<Parts> {
  const files: Record<string, string> = {};
  const threads = new Set<string>();
  for await (const found of glob(['src/**/*.ts', 'sandbox/**/*.ts'], { cwd: root })) {
    const path = found.split(sep).join('/');
    const redirected = EXEMPT.has(path) ? undefined : redirect(path, await readFile(join(root, path), 'utf8'));
    if (!redirected) continue;
    files[join(root, path)] = redirected.text;
    for (const thread of redirected.threads) threads.add(join(root, thread));
  }
  return { files, threads: [...threads].sort() };
}

/** The text with its threads' addresses as they are in the binary, and those threads; undefined when it names none. */
export function redirect(
  path: string,
  text: string,
): { readonly text: string; readonly threads: readonly string[] } | undefined {
  const threads: string[] = [];
  const redirected = text.replace(ADDRESS, (_, _quote, to: string) => {
    if (!to.endsWith('.ts'))
      throw new Error(`${path} asks for ${to}: the binary does not carry it. Import it instead.`);
    const thread = relative('/', resolve('/', dirname(path), to))
      .split(sep)
      .join('/');
    threads.push(thread);
    return `new URL('./${thread.replace(/\.ts$/, '.js')}', import.meta.url)`;
  });
  const rest = text.replace(ADDRESS, '');
  if (PLACE.test(rest)) throw new Error(`${path} asks where it is on disk: in the binary it is nowhere.`);
  return threads.length > 0 ? { text: redirected, threads } : undefined;
}
