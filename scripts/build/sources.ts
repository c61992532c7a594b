import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, posix, sep } from 'node:path';
import type { Parts } from './binary.ts';
import { PAGE_MODULE } from './page.ts';

/** How a source names the file of a thread: `new URL('./worker.ts', import.meta.url)`. */
const THREAD = /new URL\(\s*(['"])([^'"]*\.ts)\1,\s*import\.meta\.url,?\s*\)/g;
/** How a source names a file of a package: `createRequire(import.meta.url).resolve('package/file.wasm')`. */
const PACKAGE_FILE = /createRequire\(import\.meta\.url\)\.resolve\((['"])([^'"]+)\1\)/g;
const PLACE = /\bimport\.meta\.(?:url|dir|dirname|file|filename|path|resolve)\b/;

/** The program asks its place only to know whether it is a binary; the page's module has another content here. */
const EXEMPT: readonly string[] = ['src/main.ts', PAGE_MODULE];

/** What the binary has of a source: its text there, and the threads it starts, as paths from the root. */
export interface Compiled {
  readonly text: string;
  readonly threads: readonly string[];
}

/** Finds every thread that the sources start and every file of a package they read, and has them find it in the binary. */
export async function sources(root: string): Promise<Parts> {
  const files: Record<string, string> = {};
  const threads = new Set<string>();
  for await (const found of glob(['src/**/*.ts', 'sandbox/**/*.ts'], { cwd: root })) {
    const path = found.split(sep).join('/');
    if (EXEMPT.includes(path)) continue;
    const source = await readFile(join(root, path), 'utf8');
    const compiled = compiledSource(path, source);
    if (compiled.text !== source) files[join(root, path)] = compiled.text;
    for (const thread of compiled.threads) threads.add(join(root, thread));
  }
  return { files, threads: [...threads].sort() };
}

/**
 * In the binary a module is part of the program that imports it, and that stands at the root: a thread is found from
 * there, not from the module that names it. A file of a package is embedded. Throws for a source that reaches for any
 * other file beside it, because there is none.
 */
export function compiledSource(path: string, source: string): Compiled {
  const threads: string[] = [];
  const embedded: string[] = [];
  const withFiles = source.replace(PACKAGE_FILE, (_match, _quote, specifier: string) => {
    const file = createRequire(import.meta.url).resolve(specifier);
    embedded.push(`import embedded${embedded.length} from ${JSON.stringify(file)} with { type: 'file' }; `);
    return `embedded${embedded.length - 1}`; // the imports share the first line, so that every line keeps its number
  });
  const text = withFiles.replace(THREAD, (_match, _quote, address: string) => {
    const thread = posix.join(posix.dirname(path), address);
    threads.push(thread);
    return `new URL('./${thread.replace(/\.ts$/, '.js')}', import.meta.url)`;
  });
  if (PLACE.test(withFiles.replace(THREAD, ''))) {
    throw new Error(`${path} asks where it is on disk, and in the binary it is nowhere: import what it needs instead`);
  }
  return { text: embedded.join('') + text, threads };
}
