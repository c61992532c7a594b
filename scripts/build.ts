/** Makes `dist/rockhopper`: the bot, the sandbox, the database and the runtime in one file. Needs Bun, not the network. */
import { fileURLToPath } from 'node:url';
import { buildBinary } from './build/binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { outfile, bytes, seconds } = await buildBinary(root, process.argv[2] ?? 'dist/rockhopper');
process.stdout.write(`${outfile}: ${(bytes / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s\n`);
