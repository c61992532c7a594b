import { lookup as lookupOne } from 'node:dns/promises';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP } from 'node:net';
import { BotError } from './errors.ts';
import { readWhole, streamed } from './http-body.ts';
import { HttpAddressError, HttpRefusedError } from './http-errors.ts';
import { isPrivate } from './private-address.ts';

type Found = readonly { readonly address: string; readonly family: number }[];

/** Finds the addresses of a host name; tests put their own name service here. */
export type Lookup = (hostname: string) => Promise<Found>;

export interface GuardedFetchOptions {
  /** Hosts (`host` or `host:port`) that the operator named: they may be private and do without https. */
  readonly trustedHosts?: readonly string[];
  readonly lookup?: Lookup;
  /** How long a connection that nobody uses is kept (default 15 s). */
  readonly idleMs?: number;
}

interface FetchLimits {
  /** The largest answer taken. */
  readonly maxBytes: number;
  /** The hosts taken at their word (default: those that the operator named). */
  readonly trusted?: ReadonlySet<string>;
  /** Hears where the answer came from in the end, and whether every redirect on the way there was for good. */
  readonly onArrival?: (url: URL, moved: boolean) => void;
  /** Hears that another host is to be asked, instead of its being asked here; the answer is empty then. */
  readonly onElsewhere?: (way: Way) => void;
  /** How an earlier request has come here. */
  readonly way?: Way;
}

/** Where redirects have led so far. */
export interface Way {
  readonly url: URL;
  readonly hops: number;
  /** Every one of them was for good. */
  readonly moved: boolean;
}

const MOST_REDIRECTS = 5;
const IDLE_MS = 15_000;
/** Connections to one host that are kept although nobody uses them. */
const MOST_IDLE = 4;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);
const FOR_GOOD = new Set([301, 308]);
/** Headers that are not told to another host. */
export const FOR_ONE_HOST_ONLY = ['authorization', 'cookie', 'proxy-authorization'];

/**
 * A `fetch` that reaches public addresses over https, or hosts the operator named, and no other. The address that was
 * checked is the one connected to, so a name that changes its mind in between gains nothing; each redirect is checked
 * again. The body is read to its end here, so that one that is cut off counts as a failed request.
 */
export class GuardedFetch implements Disposable {
  readonly #trusted: ReadonlySet<string>;
  readonly #lookup: Lookup;
  readonly #trustedAgents: Agents;
  readonly #guardedAgents: Agents;

  constructor({
    trustedHosts = [],
    lookup = (hostname) => lookupOne(hostname, { all: true }),
    idleMs = IDLE_MS,
  }: GuardedFetchOptions = {}) {
    this.#trusted = new Set(trustedHosts.map((host) => host.toLowerCase()));
    this.#lookup = lookup;
    this.#trustedAgents = agents(idleMs);
    this.#guardedAgents = agents(idleMs);
  }

  /** Throws HttpAddressError, HttpTooLargeError, HttpRefusedError, TypeError('fetch failed') with its cause, or the signal's reason. */
  async fetch(
    request: Request,
    { maxBytes, trusted = this.#trusted, onArrival = () => {}, onElsewhere, way }: FetchLimits,
  ): Promise<Response> {
    const { method, signal } = request;
    const body = request.body ? new Uint8Array(await request.arrayBuffer()) : undefined;
    const headers = new Headers(request.headers);
    headers.set('accept-encoding', 'gzip');
    let url = new URL(request.url);
    let moved = way?.moved ?? true;
    try {
      for (let hops = way?.hops ?? 0; hops <= MOST_REDIRECTS; hops += 1) {
        const answer = await this.#once(url, { method, headers, signal, body, trusted });
        const next = nextOf(answer, url);
        if (!next) {
          onArrival(url, moved && hops > 0);
          return await readWhole(answer, { maxBytes, signal });
        }
        moved &&= FOR_GOOD.has(answer.statusCode ?? 0);
        answer.destroy();
        if (body) throw new HttpRefusedError(`${url.host} sends on what was to be sent to it`);
        if (onElsewhere && next.host !== url.host) {
          onElsewhere({ url: next, hops: hops + 1, moved });
          return new Response(null, { status: 204 });
        }
        // What was meant for one service is not told to another.
        if (next.host !== url.host) for (const name of FOR_ONE_HOST_ONLY) headers.delete(name);
        url = next;
      }
    } catch (error) {
      throw signal.aborted ? signal.reason : asFetchFails(error);
    }
    throw new HttpRefusedError(`${url.host} sends on without end`);
  }

  /**
   * One hop, for what is too large to be read here: a redirect is handed back as it is, and so is the body, as it arrives.
   * It goes on until it is read, cancelled, or the request's signal says so. Throws what `fetch` does.
   */
  async open(request: Request, trusted: ReadonlySet<string>): Promise<Response> {
    const { method, signal, headers } = request;
    try {
      const answer = await this.#once(new URL(request.url), { method, headers, signal, body: undefined, trusted });
      return streamed(answer, signal);
    } catch (error) {
      throw signal.aborted ? signal.reason : asFetchFails(error);
    }
  }

  [Symbol.dispose](): void {
    for (const { plain, secure } of [this.#trustedAgents, this.#guardedAgents]) {
      plain.destroy();
      secure.destroy();
    }
  }

  #once(url: URL, { method, headers, signal, body, trusted: hosts }: Once): Promise<IncomingMessage> {
    const trusted = hosts.has(url.host) || hosts.has(url.hostname);
    refuseAddress(url, trusted);
    // A connection that is kept looks nothing up again: one that trust has opened is never lent to who has none.
    const { plain, secure } = trusted ? this.#trustedAgents : this.#guardedAgents;
    const { request, agent } =
      url.protocol === 'https:' ? { request: https.request, agent: secure } : { request: http.request, agent: plain };
    const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
    const outgoing = request(url, {
      method,
      agent,
      headers: Object.fromEntries(headers),
      lookup: (hostname, _options, done) => {
        this.#addressesOf(hostname, trusted).then(
          (found) => done(null, [...found]),
          (error: Error) => done(error, []),
        );
      },
    });
    const abort = () => outgoing.destroy(new Error('given up'));
    signal.addEventListener('abort', abort, { once: true });
    outgoing.once('response', resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
    if (signal.aborted) abort();
    return promise.finally(() => signal.removeEventListener('abort', abort));
  }

  async #addressesOf(hostname: string, trusted: boolean): Promise<Found> {
    const found = await this.#lookup(hostname);
    if (trusted || !found.some(({ address }) => isPrivate(address))) return found;
    throw new HttpAddressError(`${hostname} points into a private network`);
  }
}

interface Agents {
  readonly plain: http.Agent;
  readonly secure: https.Agent;
}

/** Members may name any number of hosts, and none of them need ever hang up. */
function agents(idleMs: number): Agents {
  const kept = { keepAlive: true, timeout: idleMs, maxFreeSockets: MOST_IDLE };
  return { plain: new http.Agent(kept), secure: new https.Agent(kept) };
}

interface Once {
  readonly method: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly body: Uint8Array | undefined;
  readonly trusted: ReadonlySet<string>;
}

function refuseAddress({ protocol, host, hostname }: URL, trusted: boolean): void {
  if (trusted && (protocol === 'http:' || protocol === 'https:')) return;
  if (protocol !== 'https:') throw new HttpAddressError(`${host || protocol} is not an https address`);
  const literal = hostname.replace(/^\[|\]$/g, '');
  // A name is checked when it is looked up; an address never is looked up.
  if (isIP(literal) !== 0 && isPrivate(literal)) throw new HttpAddressError(`${host} is in a private network`);
}

function nextOf({ statusCode = 0, headers }: IncomingMessage, url: URL): URL | null {
  return REDIRECTS.has(statusCode) && headers.location ? URL.parse(headers.location, url.href) : null;
}

/** ky tries again after what looks like a failed `fetch`, and after nothing else that is thrown. */
function asFetchFails(cause: unknown): unknown {
  if (cause instanceof BotError) return cause;
  return new TypeError('fetch failed', { cause });
}
