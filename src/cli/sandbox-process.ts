import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Static, Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { ConfigError } from '../lib/errors.ts';

const Ready = Type.Object({ url: Type.String(), apiUrl: Type.String(), cdnUrl: Type.String(), token: Type.String() });
const STARTING_MS = 30_000;
const CLOSING_MS = 3_000;

type Child = ChildProcessByStdio<Writable, Readable, null>;

/** The local Discord in a process of its own, so that it shares no event loop with the bot. It ends when we do. */
export interface SandboxProcess extends AsyncDisposable, Static<typeof Ready> {
  /** Resolves when the process has ended by itself. */
  readonly ended: Promise<void>;
  /** Where the sandbox can ask how the bot is doing. */
  tellStatusUrl(url: string | undefined): void;
}

/** Starts this program again as `sandbox --child` and waits until it listens. ConfigError when it does not. */
export async function openSandboxProcess(
  self: readonly [string, ...string[]],
  address: string,
): Promise<SandboxProcess> {
  const [command, ...args] = self;
  const child = spawn(command, [...args, 'sandbox', '--child'], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, SANDBOX_ADDRESS: address },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  try {
    const ready = await firstLine(child, ended);
    return {
      ...ready,
      ended,
      tellStatusUrl(url) {
        if (url !== undefined) child.stdin.write(`${JSON.stringify({ statusUrl: url })}\n`);
      },
      [Symbol.asyncDispose]: () => close(child, ended),
    };
  } catch (error) {
    await close(child, ended);
    throw error;
  }
}

async function firstLine(child: Child, ended: Promise<void>): Promise<Static<typeof Ready>> {
  const lines = createInterface(child.stdout);
  const line = new Promise<string>((resolve) => lines.once('line', resolve));
  const failed = ended.then(() => {
    throw new ConfigError('the sandbox did not start; see above');
  });
  const late = AbortSignal.timeout(STARTING_MS);
  const timeout = new Promise<never>((_, reject) => {
    late.addEventListener('abort', () => reject(new ConfigError('the sandbox did not start in time')), { once: true });
  });
  const said: unknown = JSON.parse(await Promise.race([line, failed, timeout]));
  if (!Value.Check(Ready, said)) throw new ConfigError('the sandbox did not say where it is');
  return said;
}

/** Closing its standard input asks it to end; what does not is ended. */
async function close(child: Child, ended: Promise<void>): Promise<void> {
  child.stdin.end();
  const force = setTimeout(() => child.kill('SIGKILL'), CLOSING_MS);
  await ended;
  clearTimeout(force);
}
