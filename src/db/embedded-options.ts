import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PGliteOptions } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { EMBEDDED_FILES } from './embedded-files.ts';

/** Where PGlite takes its program and data from; nothing where it finds them itself. `dataDir` is there already. */
export async function pgliteOptions(dataDir: string, files = EMBEDDED_FILES): Promise<PGliteOptions> {
  if (!files) return { extensions: { pg_trgm } };
  const [postgres, initdb, data, trigrams] = await Promise.all([
    readFile(files.postgresWasm),
    readFile(files.initdbWasm),
    readFile(files.data),
    readFile(files.trigrams),
  ]);
  // PGlite reads an extension as a stream, and what is within a compiled program cannot be read so.
  const unpacked = join(dataDir, 'pg_trgm.tar.gz');
  await writeFile(unpacked, trigrams);
  const setup = () => Promise.resolve({ bundlePath: pathToFileURL(unpacked) });
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    WebAssembly.compile(postgres),
    WebAssembly.compile(initdb),
  ]);
  const extensions = { pg_trgm: { ...pg_trgm, setup } };
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([data]), extensions };
}
