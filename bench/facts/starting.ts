import type { Bench } from '../bench.ts';
import { plainEnv } from '../processes/environment.ts';

const LONGEST_MS = 180_000;

interface Started {
  readonly name: string;
  readonly command: readonly [command: string, ...args: string[]];
  readonly cwd: string;
}

/** Seconds from the command to the first answer of the scene that `start` plays; then it is ended again. */
export async function secondsToFirstAnswer({ processes, signal }: Bench, started: Started): Promise<number> {
  const began = performance.now();
  const env = { ...plainEnv(), SANDBOX_ADDRESS: '127.0.0.1:0', HTTP_ADDRESS: '127.0.0.1:0' };
  await using child = processes.start({ ...started, env, group: true });
  const answered = (line: string) => (line.includes('answered in') ? true : undefined);
  await child.next('it answered a command', answered, { deadlineMs: LONGEST_MS, signal });
  return (performance.now() - began) / 1_000;
}
