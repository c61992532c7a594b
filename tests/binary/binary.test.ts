import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ROOT } from '../sources.ts';

const run = promisify(execFile);

// `scripts/try-binary.sh` tries the rest: start, run, signals, the page.
test.skipIf('Deno' in globalThis)(
  'one file, alone in an empty folder, has every worker task and the database in it',
  async () => {
    await using stack = new AsyncDisposableStack();
    const folder = async () => {
      const path = await mkdtemp(join(tmpdir(), 'rockhopper-binary-'));
      stack.defer(() => rm(path, { recursive: true, force: true }));
      return path;
    };
    const built = join(await folder(), 'rockhopper');
    await run(process.execPath, ['scripts/build.ts', built], { cwd: ROOT });
    const alone = await folder();
    await copyFile(built, join(alone, 'rockhopper'));
    const options = { cwd: alone, env: { PATH: '/usr/bin:/bin', HOME: alone, SANDBOX_ADDRESS: '127.0.0.1:0' } };
    // What it has found is in either; that it ended with another code than 0 would say less.
    const { stdout } = await run('./rockhopper', ['doctor'], options).catch(
      (error: { readonly stdout: string }) => error,
    );
    expect(stdout).toContain('All is well.');
    expect(stdout).toMatch(/^ok +Database: embedded, [1-9]\d* migrations run/m);
    expect(stdout.match(/^ok +Worker task /gm)?.length).toBeGreaterThan(3);
  },
  120_000,
);
