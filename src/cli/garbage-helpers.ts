/** How many threads Bun has mark what is still in use; it reads that once, before a program runs. */
const MARKERS = 'BUN_JSC_numberOfGCMarkers';

/**
 * Starts this program anew in the same process, so that each thread looks through its own garbage: otherwise helpers do so
 * at ordinary priority, and take cores from the main thread for what threads of the lowest priority left behind. `self` as
 * `selfCommand` tells it. Does nothing where the option is set already, and where threads have no priorities of their own.
 */
export function withoutGarbageHelpers([program, ...script]: readonly [program: string, ...script: string[]]): void {
  if (!('Bun' in globalThis) || process.platform !== 'linux' || process.env[MARKERS] !== undefined) return;
  // Options stand before a script; the binary has none, and would take them for its own.
  const options = script.length > 0 ? process.execArgv : [];
  try {
    process.execve?.(program, [program, ...options, ...script, ...process.argv.slice(2)], {
      ...process.env,
      [MARKERS]: '1',
    });
  } catch {
    // A system may forbid it, or the program is no longer where it was: the bot runs all the same.
  }
}
