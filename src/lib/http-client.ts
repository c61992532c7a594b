import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import ky, { type KyInstance } from 'ky';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Waiting, withDeadline } from './deadline.ts';
import { FOR_ONE_HOST_ONLY, GuardedFetch, type GuardedFetchOptions, type Way } from './guarded-fetch.ts';
import { conditionsOf, type HttpCache, type Kept, keptOf, NO_CACHE, renewed } from './http-cache.ts';
import { HttpCircuits } from './http-circuits.ts';
import { HttpRefusedError } from './http-errors.ts';
import { BUSY, classified, type HttpOutcome, outcomeOf, waitAskedBy } from './http-failure.ts';

export interface HttpOptions extends GuardedFetchOptions {
  /** How the bot names itself to every service. */
  readonly userAgent: string;
  /** Requests under way to one host at the same time; the others wait their turn. */
  readonly perHost?: number;
  readonly random?: () => number;
  /** Hears of each request, for counting. */
  readonly onOutcome?: (host: string, outcome: HttpOutcome) => void;
  /** Where JSON answers are kept, for as long as their service says; nowhere unless given. */
  readonly cache?: HttpCache;
}

/** One request. `deadlineMs` is for the whole of it: waiting for a turn, every try, the body (default 30 s). */
export interface HttpRequest extends Waiting {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Media types that are taken, such as `text/html`; any when not given. */
  readonly accept?: readonly string[];
  /** For one try, from connecting to the end of the answer (default 10 s); the whole has `deadlineMs`. */
  readonly tryMs?: number;
  /** The largest answer taken, in bytes (default 1 MiB). */
  readonly maxBytes?: number;
  /** The address comes from members, not from the operator: it may not be private, whoever else is trusted. */
  readonly fromMembers?: boolean;
  /** Hosts that members may name although they are private or do without https; nobody else is trusted then. */
  readonly openToMembers?: readonly string[];
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where it came from, after all redirects. */
  readonly url: string;
  /** Whether it was somewhere else, and every redirect said: for good. */
  readonly moved: boolean;
}

const DEADLINE_MS = 30_000;
const TRY_MS = 10_000;
const RETRIES = 2;
const FIRST_RETRY_MS = 300;
/** Who asks us to wait longer is told so by the caller, not waited for. */
const LONGEST_WAIT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const PER_HOST = 10;
const NOT_MODIFIED = 304;

/**
 * The one way out to other services: one pool of connections, bounded in time, size and number a host, tried again
 * with jitter where that can help, and left alone when a host is down. Throws HttpBusyError, HttpGoneError, HttpRefusedError, HttpTooLargeError,
 * HttpAddressError, DeadlineError, or the signal's reason.
 */
export class HttpClient implements Disposable {
  readonly #ky: KyInstance;
  readonly #fetch: GuardedFetch;
  readonly #limits = new Map<string, LimitFunction>();
  readonly #perHost: number;
  readonly #circuits = new HttpCircuits();
  readonly #cache: HttpCache;
  readonly #onOutcome: NonNullable<HttpOptions['onOutcome']>;

  constructor({
    userAgent,
    perHost = PER_HOST,
    random = Math.random,
    onOutcome = () => {},
    cache = NO_CACHE,
    ...guard
  }: HttpOptions) {
    this.#perHost = perHost;
    this.#onOutcome = onOutcome;
    this.#cache = cache;
    this.#fetch = new GuardedFetch(guard);
    this.#ky = ky.create({
      headers: { 'user-agent': userAgent },
      throwHttpErrors: (status) => status !== NOT_MODIFIED,
      retry: {
        limit: RETRIES,
        statusCodes: BUSY,
        afterStatusCodes: [413, 429, 503],
        retryOnTimeout: true,
        maxRetryAfter: LONGEST_WAIT_MS,
        delay: (attempt) => FIRST_RETRY_MS * 2 ** (attempt - 1),
        jitter: (delayMs) => random() * delayMs,
        shouldRetry: ({ error }) => (waitAskedBy(error) > LONGEST_WAIT_MS ? false : undefined),
      },
    });
  }

  /** The answer as it is, whatever its type unless `accept` says. */
  async request(address: string | URL, request: HttpRequest = {}): Promise<HttpAnswer> {
    const url = new URL(address);
    const { signal, deadlineMs = DEADLINE_MS } = request;
    const what = `${request.method ?? 'GET'} ${url.origin}${url.pathname}`;
    // Members may name any number of hosts: they are counted together.
    const counted = request.fromMembers ? 'named by members' : url.host;
    const run = (inner: AbortSignal) => this.#follow(url, what, request, inner);
    try {
      const answer = await withDeadline(what, run, { signal, deadlineMs });
      this.#onOutcome(counted, 'ok');
      return answer;
    } catch (error) {
      const known = signal?.aborted ? error : classified(what, error);
      this.#onOutcome(counted, outcomeOf(known));
      throw known;
    }
  }

  /** A JSON answer of the shape described and nothing beyond it; one that was kept, while its service says it holds. */
  async json<T extends TSchema>(address: string | URL, schema: T, request: HttpRequest = {}): Promise<Static<T>> {
    const url = new URL(address);
    // What was read from a private host on the operator's word is not there for who names that host without it.
    const key = request.fromMembers ? `members ${url.href}` : url.href;
    const kept = await this.#kept(key, schema);
    const now = Date.now();
    if (kept && kept.freshUntil > now) return JSON.parse(kept.body);
    const headers = { ...request.headers, ...conditionsOf(kept) };
    const answer = await this.request(url, { accept: ['application/json'], ...request, headers });
    if (kept && answer.status === NOT_MODIFIED) {
      this.#cache.put(key, renewed(kept, answer.headers, now));
      return JSON.parse(kept.body);
    }
    const value = shaped(url.host, answer.bytes, schema);
    const keeping = keptOf(key, JSON.stringify(value), answer.headers, now);
    if (keeping) this.#cache.put(key, keeping);
    return value;
  }

  /**
   * The same past the cache, for who keeps what to ask with (`conditions`) themselves. Without a value: what they have
   * still holds.
   */
  async jsonUnless<T extends TSchema>(
    conditions: Pick<Kept, 'etag' | 'modified'>,
    address: string | URL,
    schema: T,
    request: HttpRequest = {},
  ): Promise<{ readonly headers: Headers; readonly value: Static<T> | undefined }> {
    const url = new URL(address);
    const asked = {
      accept: ['application/json'],
      ...request,
      headers: { ...request.headers, ...conditionsOf(conditions) },
    };
    const { status, headers, bytes } = await this.request(url, asked);
    return { headers, value: status === NOT_MODIFIED ? undefined : shaped(url.host, bytes, schema) };
  }

  /** A text answer, read as UTF-8. */
  async text(address: string | URL, request: HttpRequest = {}): Promise<string> {
    const { bytes } = await this.request(address, request);
    return new TextDecoder().decode(bytes);
  }

  [Symbol.dispose](): void {
    this.#fetch[Symbol.dispose]();
  }

  /** What another version of this program kept may have another shape: then it was not kept. */
  async #kept(key: string, schema: TSchema): Promise<Kept | undefined> {
    const kept = await this.#cache.get(key);
    return kept && Value.Check(schema, JSON.parse(kept.body)) ? kept : undefined;
  }

  /** Each host on the way is asked in its own turn, and by its own circuit; no turn is kept while another is waited for. */
  async #follow(first: URL, what: string, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
    let way: Way = { url: first, hops: 0, moved: true };
    let { headers = {} } = request;
    for (;;) {
      const here = way;
      const asked = { ...request, headers };
      const answer = await this.#inTurn(here.url.host, () => this.#attempt(here, what, asked, signal));
      if (!('hops' in answer)) return answer;
      way = answer;
      const told = Object.entries(headers).filter(([name]) => !FOR_ONE_HOST_ONLY.includes(name.toLowerCase()));
      headers = Object.fromEntries(told);
    }
  }

  /** A request whose caller left while it waited for its turn is not made, and says nothing about the host. */
  #attempt(way: Way, what: string, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer | Way> {
    signal.throwIfAborted();
    return this.#circuits.run(way.url.host, async () => {
      try {
        return await this.#send(way, what, request, signal);
      } catch (error) {
        throw signal.aborted ? signal.reason : classified(what, error);
      }
    });
  }

  async #send(
    way: Way,
    what: string,
    {
      method = 'GET',
      headers = {},
      json,
      accept = [],
      maxBytes = MAX_BYTES,
      tryMs = TRY_MS,
      fromMembers = false,
      openToMembers = [],
    }: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpAnswer | Way> {
    let arrived = { url: way.url.href, moved: false };
    let next: Way | undefined;
    const limits = {
      way,
      onElsewhere: (to: Way) => {
        next = to;
      },
      maxBytes,
      ...(fromMembers && { trusted: new Set(openToMembers.map((host) => host.toLowerCase())) }),
      onArrival: ({ href }: URL, moved: boolean) => {
        arrived = { url: href, moved };
      },
    };
    const response = await this.#ky(way.url, {
      method,
      timeout: tryMs,
      headers: { ...(accept.length > 0 && { accept: accept.join(', ') }), ...headers },
      signal,
      fetch: (input, init) => this.#fetch.fetch(new Request(input, init), limits),
      ...(json !== undefined && { json }),
    });
    if (next) return next;
    const type = response.headers.get('content-type') ?? '';
    const fitting =
      accept.length === 0 || response.status === NOT_MODIFIED || accept.some((wanted) => fits(type, wanted));
    if (!fitting) {
      throw new HttpRefusedError(`${what} answered ${type || 'something of no type'} instead of ${accept.join(', ')}`);
    }
    const bytes = new Uint8Array(await response.arrayBuffer());
    return { status: response.status, headers: response.headers, bytes, ...arrived };
  }

  async #inTurn<T>(host: string, run: () => Promise<T>): Promise<T> {
    const limit = this.#limits.get(host) ?? pLimit(this.#perHost);
    this.#limits.set(host, limit);
    try {
      return await limit(run);
    } finally {
      if (limit.activeCount + limit.pendingCount === 0) this.#limits.delete(host);
    }
  }
}

export function createHttp(options: HttpOptions): HttpClient {
  return new HttpClient(options);
}

/** Whether a content type is the one wanted; `application/json` also stands for `application/problem+json` and the like. */
function fits(type: string, wanted: string): boolean {
  const [media = ''] = type.toLowerCase().split(';');
  return media.trim() === wanted || (wanted === 'application/json' && media.trim().endsWith('+json'));
}

function shaped<T extends TSchema>(host: string, bytes: Uint8Array, schema: T): Static<T> {
  const value = parsed(host, bytes);
  if (Value.Check(schema, value)) return Value.Clean(schema, value) as Static<T>; // only takes away what it does not name
  const first = Value.Errors(schema, value).First();
  throw new HttpRefusedError(`${host} answered something else: ${first?.path || 'value'}: ${first?.message}`);
}

function parsed(host: string, bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new HttpRefusedError(`${host} answered with what is not JSON`, { cause });
  }
}
