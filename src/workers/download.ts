import { createHash } from 'node:crypto';
import ky from 'ky';
import { withDeadline } from '../lib/deadline.ts';
import { BotError, DeadlineError } from '../lib/errors.ts';
import type { GuardedFetch } from '../lib/guarded-fetch.ts';
import { HttpAddressError } from '../lib/http-errors.ts';

export type DownloadCode = 'host-not-allowed' | 'too-large' | 'too-slow' | 'gone' | 'failed';

/** An attachment could not be fetched; `code` says which answer its owner deserves. */
export class DownloadError extends BotError {
  readonly code: DownloadCode;

  constructor(code: DownloadCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

export interface DownloadLimits {
  readonly maxBytes: number;
  /** For the whole of it, in milliseconds. */
  readonly deadlineMs: number;
  /** Hosts (`host` or `host:port`) that the operator trusts besides Discord's own. */
  readonly hosts: readonly string[];
  readonly signal?: AbortSignal | undefined;
  /** Connects to the addresses that it has checked. */
  readonly guarded: Pick<GuardedFetch, 'open'>;
}

export interface Downloaded {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

const DISCORD_HOSTS: ReadonlySet<string> = new Set(['cdn.discordapp.com', 'media.discordapp.net']);
const MAX_REDIRECTS = 3;

/**
 * Fetches an attachment into memory: from Discord's own hosts over https, or a host the operator named, from no other.
 * Stops at `maxBytes`, counted as they arrive. Throws DownloadError, or the signal's reason.
 */
export async function download(url: string, limits: DownloadLimits): Promise<Downloaded> {
  const { signal, deadlineMs, maxBytes } = limits;
  try {
    return await withDeadline('the download', (stop) => fetchWhole(url, limits, stop), { signal, deadlineMs });
  } catch (cause) {
    if (signal?.aborted) throw signal.reason;
    if (cause instanceof DownloadError) throw cause;
    if (cause instanceof HttpAddressError) throw new DownloadError('host-not-allowed', cause.message, { cause });
    if (cause instanceof DeadlineError) {
      throw new DownloadError('too-slow', `the file did not arrive within ${deadlineMs} ms`, { cause });
    }
    throw new DownloadError('failed', `the file (at most ${maxBytes} bytes) could not be fetched`, { cause });
  }
}

async function fetchWhole(url: string, limits: DownloadLimits, signal: AbortSignal): Promise<Downloaded> {
  const { hosts, maxBytes, guarded } = limits;
  const { url: from, trusted } = allowed(url, hosts);
  const open = (request: Request) => guarded.open(request, trusted);
  const response = await follow(from, open, { signal, redirectsLeft: MAX_REDIRECTS });
  try {
    refuseUnfit(response, maxBytes);
    return await readWhole(response, maxBytes);
  } finally {
    // Of a body that was read to its end nothing is left to cancel; of any other, nobody wants the rest.
    if (response.body && !response.body.locked) await response.body.cancel().catch(() => {});
  }
}

/** Every hop stays on the host that was asked for, and is checked anew. */
async function follow(
  url: URL,
  open: (request: Request) => Promise<Response>,
  { signal, redirectsLeft }: { readonly signal: AbortSignal; readonly redirectsLeft: number },
): Promise<Response> {
  const response = await ky(url, {
    signal,
    fetch: (input, init) => open(new Request(input, init)),
    redirect: 'manual',
    // What is thrown is tried again; every other status is looked at here.
    throwHttpErrors: (status) => status >= 500 || status === 429,
    timeout: false,
    retry: { limit: 2, backoffLimit: 1_000 },
    headers: { 'accept-encoding': 'identity' },
  });
  const location = response.headers.get('location');
  if (response.status < 300 || response.status > 399 || location === null) return response;
  await response.body?.cancel();
  const next = URL.parse(location, url);
  if (!next || next.host !== url.host || next.protocol !== url.protocol) {
    throw new DownloadError('host-not-allowed', `${url.host} sends on to another host`);
  }
  if (redirectsLeft === 0) throw new DownloadError('failed', `${url.host} sends on without end`);
  return await follow(next, open, { signal, redirectsLeft: redirectsLeft - 1 });
}

interface Allowed {
  readonly url: URL;
  /** Taken at the operator's word: such a host may be private and do without https. Discord's names never are private. */
  readonly trusted: ReadonlySet<string>;
}

function allowed(text: string, hosts: readonly string[]): Allowed {
  const url = URL.parse(text);
  if (url && url.username === '' && url.password === '') {
    if (url.protocol === 'https:' && DISCORD_HOSTS.has(url.host)) return { url, trusted: new Set() };
    if (/^https?:$/.test(url.protocol) && hosts.some((host) => sameHost(url, host))) {
      return { url, trusted: new Set([url.host]) };
    }
  }
  throw new DownloadError('host-not-allowed', `${url?.host ?? 'this address'} is not a host files are fetched from`);
}

/** An entry without a port stands for the protocol's own. However it is spelt, it is compared as an address is. */
function sameHost(url: URL, entry: string): boolean {
  return URL.parse(`${url.protocol}//${entry}`)?.host.replace(/\.(?=:|$)/, '') === url.host;
}

function refuseUnfit({ ok, status, headers }: Response, maxBytes: number): void {
  if (status === 403 || status === 404 || status === 410)
    throw new DownloadError('gone', `the file is gone (${status})`);
  if (!ok) throw new DownloadError('failed', `the host answered ${status}`);
  const announced = Number(headers.get('content-length') ?? 0);
  if (announced > maxBytes) throw tooLarge(maxBytes);
}

async function readWhole({ body, headers }: Response, maxBytes: number): Promise<Downloaded> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    hash.update(chunk);
    chunks.push(chunk);
  }
  const announced = headers.get('content-length');
  if (announced !== null && Number(announced) !== size) {
    throw new DownloadError('failed', `only ${size} of ${announced} bytes arrived`);
  }
  return { bytes: joined(chunks, size), sha256: hash.digest('hex') };
}

function joined(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

function tooLarge(maxBytes: number): DownloadError {
  return new DownloadError('too-large', `the file is over ${maxBytes} bytes`);
}
