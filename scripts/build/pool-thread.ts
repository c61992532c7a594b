import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Parts } from './binary.ts';

/** Where piscina looks for what its threads load: beside itself, and in a binary there is nothing beside it. */
const BESIDE = "(0, node_path_1.resolve)(__dirname, 'worker.js')";
const PLACE = 'src/workers/pool-thread';

/** Piscina's own thread file, as a program of the binary, and piscina told where that is. */
export async function poolThread(root: string): Promise<Parts> {
  const dist = fileURLToPath(new URL('.', import.meta.resolve('piscina')));
  const pool = join(dist, 'index.js');
  const program = join(root, `${PLACE}.ts`);
  return {
    files: {
      [pool]: redirectPool(await readFile(pool, 'utf8')),
      [program]: `import ${JSON.stringify(join(dist, 'worker.js'))};\n`,
    },
    threads: [program],
  };
}

/** Piscina's main module with the address of its thread file as it is in the binary. */
export function redirectPool(text: string): string {
  if (text.split(BESIDE).length !== 2)
    throw new Error('piscina finds its thread file in another way now: look at its dist/index.js');
  return text.replace(BESIDE, `(0, node_path_1.resolve)(Bun.main, '../${PLACE}.js')`);
}
