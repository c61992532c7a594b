import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const RUNTIME = 'Deno' in globalThis ? [process.execPath, 'run', '--allow-all', MAIN] : [process.execPath, MAIN];

/** What a line of output must say to be waited for. */
type Fits = (line: string) => boolean;

/** The real program in a process of its own, in an empty folder, ended by its id when the test is over. */
export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  readonly folder: string;
  readonly output: readonly string[];
  /** The first line, already there or still to come, that fits; rejects when the process ends without it. */
  line(fits: Fits): Promise<string>;
  /** Sends a signal. */
  kill(signal: NodeJS.Signals): void;
  /** Exit code; null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

export async function runMain(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  folder?: string,
): Promise<Running> {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'rockhopper-run-')));
  const [command = '', ...rest] = RUNTIME;
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(command, [...rest, ...args], {
    cwd: own,
    env: { PATH, HOME, LOG_FORMAT: 'json', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output: string[] = [];
  const waiting = new Set<(line: string) => void>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      output.push(line);
      for (const tell of waiting) tell(line);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    folder: own,
    output,
    ended,
    // Deno's child.kill() makes it report the signal as the end, whatever the process did.
    kill: (signal) => void process.kill(child.pid ?? 0, signal),
    line: (fits) =>
      new Promise((resolve, reject) => {
        const found = output.find(fits);
        if (found !== undefined) return resolve(found);
        const tell = (line: string) => {
          if (!fits(line)) return;
          waiting.delete(tell);
          resolve(line);
        };
        waiting.add(tell);
        void ended.then((code) =>
          reject(new Error(`ended with ${code} before that line; it said:\n${output.join('\n')}`)),
        );
      }),
    async [Symbol.asyncDispose]() {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
      await ended;
      if (folder === undefined) await rm(own, { recursive: true, force: true });
    },
  };
}

/** A line of the JSON log with this message. */
export function says(msg: string): Fits {
  return (line) => line.startsWith('{') && line.includes(`"msg":"${msg}"`);
}
