import { fileURLToPath } from 'node:url';

/** How this program starts itself again: as the single binary, or as its sources on the runtime in use. */
export function selfCommand(mainUrl: string): readonly [command: string, ...args: string[]] {
  const compiled = mainUrl.includes('/$bunfs/') || mainUrl.includes('B:/~BUN/');
  if (compiled) return [process.execPath];
  const script = fileURLToPath(mainUrl);
  if ('Deno' in globalThis) return [process.execPath, 'run', '--allow-all', script];
  return [process.execPath, script];
}
