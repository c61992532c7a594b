import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../bench-error.ts';
import type { Runtime } from '../scenario.ts';

type Command = readonly [command: string, ...args: string[]];

/** How a source file is run on a runtime; what has no sources (the binary) is accompanied by Bun. */
export async function sourceCommand(runtime: Runtime, root: string, file: string, args: readonly string[] = []) {
  const path = join(root, file);
  if (runtime !== 'deno') return [process.execPath, path, ...args] satisfies Command;
  const config = ['--config', join(root, 'deno.json')];
  return [await denoPath(root), 'run', '--allow-all', ...config, path, ...args] satisfies Command;
}

/** How the bot's own command line is run on a runtime. UsageError when there is no binary. */
export async function botCommand(runtime: Runtime, root: string, args: readonly string[]): Promise<Command> {
  if (runtime !== 'binary') return sourceCommand(runtime, root, 'src/main.ts', args);
  const path = binaryPath(root);
  if (!(await exists(path))) throw new UsageError('there is no dist/rockhopper: build it with `bun run build` first');
  return [path, ...args];
}

export function binaryPath(root: string): string {
  return join(root, 'dist', 'rockhopper');
}

/** The program itself and not its launcher, so that its process is the one that is measured. */
export async function denoPath(root: string): Promise<string> {
  const installed = join(root, 'node_modules', 'deno', 'deno');
  return (await exists(installed)) ? installed : 'deno';
}

export async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
