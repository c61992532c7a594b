/**
 * Installs what a command needs, and only when the lock file, or a patch, has changed since the last time.
 * `run`: what running the bot needs. `test`: also the tools of development.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { applyPatches } from './patches.ts';

const root = new URL('..', import.meta.url);
const wanted = process.argv[2] === 'run' ? 'run' : 'test';
const lock = await hashOf([
  'bun.lock',
  ...(await readdir(new URL('patches', root))).sort().map((name) => `patches/${name}`),
]);
const stamp = new URL('node_modules/.rockhopper-setup', root);
const [had, forWhat] = (await readFile(stamp, 'utf8').catch(() => '')).split(' ');

if (had !== lock || (wanted === 'test' && forWhat !== 'test')) {
  await install();
  if ('Deno' in globalThis) await applyPatches(root);
  await mkdir(new URL('node_modules', root), { recursive: true });
  // Written anew and moved there: a folder that was copied by hard links must not say of its copies that they are up to date.
  const written = new URL(`node_modules/.rockhopper-setup-${process.pid}`, root);
  await writeFile(written, `${lock} ${wanted}`);
  await rename(written, stamp);
}

async function hashOf(files: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const file of files) hash.update(await readFile(new URL(file, root)));
  return hash.digest('hex');
}

async function install(): Promise<void> {
  const production = wanted === 'run' ? ['--production'] : [];
  const [command, args] =
    'Deno' in globalThis
      ? [process.execPath, ['install', '--quiet', ...(wanted === 'run' ? ['--prod'] : [])]]
      : [process.execPath, ['install', '--frozen-lockfile', '--no-summary', ...production]];
  const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) {
    process.stderr.write('The packages could not be installed; see above. Is the network there?\n');
    process.exit(1);
  }
}
