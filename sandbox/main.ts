import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { bundlePage } from './page/bundle.ts';
import { isRecord } from './server/http/form.ts';
import type { PageHandler, SandboxOptions } from './server/options.ts';
import { type Sandbox, startSandbox } from './server/sandbox.ts';

export interface RunOptions {
  /** `host:port`. Port 0 is any free one; a taken port is left for the next. */
  readonly address: string;
  /** Speak JSON on standard output, and end when standard input closes. */
  readonly child?: boolean;
  readonly seed?: 'small' | 'demo';
  /** Listen on an address that other machines can reach. */
  readonly allowRemote?: boolean;
}

const NEXT_PORTS = 20;
/** Shorter than Discord's, so that whoever tries the bot soon sees how far away the gateway is. Milliseconds. */
const HEARTBEAT_MS = 5_000;

/** Runs the local Discord until it is asked to end: by the parent closing standard input, or by a signal. */
export async function runSandbox(o: RunOptions): Promise<void> {
  const { host, port } = placeOf(o.address);
  const remote = o.allowRemote ? { allowRemote: true } : {};
  await using sandbox = await startOnFreePort({ host, port, seed: o.seed ?? 'demo', page: servePage(), ...remote });
  const { url, apiUrl, cdnUrl, token } = sandbox;
  const ended = o.child ? listenToParent(sandbox) : untilSignal();
  process.stdout.write(
    o.child ? `${JSON.stringify({ sandbox: 'ready', url, apiUrl, cdnUrl, token })}\n` : greeting(sandbox),
  );
  await ended;
}

function placeOf(address: string): { host: string; port: number } {
  const at = address.lastIndexOf(':');
  return { host: address.slice(0, at) || '127.0.0.1', port: Number(address.slice(at + 1)) };
}

async function startOnFreePort(o: SandboxOptions): Promise<Sandbox> {
  for (let port = o.port; ; port++) {
    try {
      return await startSandbox({ heartbeatIntervalMs: HEARTBEAT_MS, ...o, port });
    } catch (error) {
      const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
      if (!taken || port >= o.port + NEXT_PORTS) throw error;
    }
  }
}

/** The page is put together while the bot starts; who asks before it is done waits. */
function servePage(): PageHandler {
  const files = bundlePage();
  files.catch(() => undefined);
  return async (url) => (await files).get(url.pathname);
}

function listenToParent(sandbox: Sandbox): Promise<void> {
  const lines = createInterface(process.stdin);
  lines.on('line', (line) => {
    const told = parsed(line);
    if (isRecord(told) && typeof told.statusUrl === 'string') sandbox.live.askStatusAt(told.statusUrl);
  });
  // A signal to the whole group (Ctrl-C) is the parent's to act on: it ends us when the bot has said goodbye.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
  return new Promise((resolve) => lines.once('close', resolve));
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}

function greeting({ url, apiUrl, cdnUrl, token }: Sandbox): string {
  return [
    `The local Discord is at ${url}`,
    'A bot started elsewhere joins it with:',
    `  DISCORD_TOKEN=${token}`,
    `  DISCORD_API_URL=${apiUrl}`,
    `  DISCORD_CDN_URL=${cdnUrl}`,
    `  ATTACHMENT_HOSTS=${new URL(url).host}`,
    'Ctrl-C ends it.\n',
  ].join('\n');
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      address: { type: 'string', default: '127.0.0.1:4310' },
      child: { type: 'boolean', default: false },
      seed: { type: 'string', default: 'demo' },
      'allow-remote': { type: 'boolean', default: false },
    },
  });
  const { address, child, seed } = values;
  await runSandbox({ address, child, seed: seed === 'small' ? 'small' : 'demo', allowRemote: values['allow-remote'] });
  process.exit();
}
