import { spawn } from 'node:child_process';

/** A clone of the repository as it is committed. Undefined when this is no repository, or there is no git. */
export async function cloneTo(folder: string, root: string, signal: AbortSignal): Promise<string | undefined> {
  const code = await new Promise<number | null>((resolve) => {
    const child = spawn('git', ['clone', '--quiet', '--no-tags', '--', root, folder], { stdio: 'ignore', signal });
    child.once('error', () => resolve(null));
    child.once('exit', resolve);
  });
  signal.throwIfAborted();
  return code === 0 ? folder : undefined;
}
