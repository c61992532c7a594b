import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parts } from './binary.ts';

/** PGlite's program and data, embedded: in a binary it has no package folder to look in. */
export async function embeddedDatabase(root: string): Promise<Parts> {
  const dist = fileURLToPath(new URL('.', import.meta.resolve('@electric-sql/pglite')));
  const file = (name: string) => JSON.stringify(join(dist, name));
  const text = `
    import data from ${file('pglite.data')} with { type: 'file' };
    import initdbWasm from ${file('initdb.wasm')} with { type: 'file' };
    import postgresWasm from ${file('pglite.wasm')} with { type: 'file' };
    import trigrams from ${file('pg_trgm.tar.gz')} with { type: 'file' };
    export const EMBEDDED_FILES = { data, initdbWasm, postgresWasm, trigrams };
  `;
  return { files: { [join(root, 'src/db/embedded-files.ts')]: text }, threads: [] };
}
