import { readFile } from 'node:fs/promises';
import type { PGliteOptions } from '@electric-sql/pglite';
import { EMBEDDED_FILES } from './embedded-files.ts';

/** Where PGlite takes its program and data from; nothing when it finds them itself. */
export async function pgliteOptions(files = EMBEDDED_FILES): Promise<PGliteOptions> {
  if (!files) return {};
  const [postgres, initdb, data] = await Promise.all([
    readFile(files.postgresWasm),
    readFile(files.initdbWasm),
    readFile(files.data),
  ]);
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    WebAssembly.compile(postgres),
    WebAssembly.compile(initdb),
  ]);
  return { pgliteWasmModule, initdbWasmModule, fsBundle: new Blob([data]) };
}
