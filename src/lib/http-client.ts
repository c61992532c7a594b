import type { Static, TSchema } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import ky, { HTTPError, type KyInstance } from 'ky';
import pLimit, { type LimitFunction } from 'p-limit';
import { type Waiting, withDeadline } from './deadline.ts';
import { BotError, DeadlineError } from './errors.ts';
import { GuardedFetch, type GuardedFetchOptions } from './guarded-fetch.ts';
import { HttpBusyError, HttpGoneError, HttpRefusedError } from './http-errors.ts';

export interface HttpOptions extends GuardedFetchOptions {
  /** How the bot names itself to every service. */
  readonly userAgent: string;
  /** Requests under way to one host at the same time; the others wait their turn. */
  readonly perHost?: number;
  readonly random?: () => number;
  /** Hears of each request, for counting. */
  readonly onOutcome?: (host: string, outcome: 'ok' | 'busy' | 'gone' | 'refused' | 'deadline' | 'aborted') => void;
}

/** One request. `deadlineMs` is for the whole of it: waiting for a turn, every try, the body (default 30 s). */
export interface HttpRequest extends Waiting {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD';
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Media types that are taken, such as `text/html`; any when not given. */
  readonly accept?: readonly string[];
  /** The largest answer taken, in bytes (default 1 MiB). */
  readonly maxBytes?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const DEADLINE_MS = 30_000;
/** One try, from connecting to the end of the answer. */
const TRY_MS = 10_000;
const RETRIES = 2;
const FIRST_RETRY_MS = 300;
/** Who asks us to wait longer is told so by the caller, not waited for. */
const LONGEST_WAIT_MS = 10_000;
const MAX_BYTES = 1024 * 1024;
const PER_HOST = 10;
const BUSY = [408, 425, 429, 500, 502, 503, 504];

/**
 * The one way out to other services: one pool of connections, bounded in time, size and number a host, tried again
 * with jitter where that can help. Throws HttpBusyError, HttpGoneError, HttpRefusedError, HttpTooLargeError,
 * HttpAddressError, DeadlineError, or the signal's reason.
 */
export class HttpClient implements Disposable {
  readonly #ky: KyInstance;
  readonly #fetch: GuardedFetch;
  readonly #limits = new Map<string, LimitFunction>();
  readonly #perHost: number;
  readonly #onOutcome: NonNullable<HttpOptions['onOutcome']>;

  constructor({ userAgent, perHost = PER_HOST, random = Math.random, onOutcome = () => {}, ...guard }: HttpOptions) {
    this.#perHost = perHost;
    this.#onOutcome = onOutcome;
    this.#fetch = new GuardedFetch(guard);
    this.#ky = ky.create({
      headers: { 'user-agent': userAgent },
      timeout: TRY_MS,
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
    const run = (inner: AbortSignal) => this.#inTurn(url.host, () => this.#send(url, what, request, inner));
    try {
      const answer = await withDeadline(what, run, { signal, deadlineMs });
      this.#onOutcome(url.host, 'ok');
      return answer;
    } catch (error) {
      const known = signal?.aborted ? error : classified(what, error);
      this.#onOutcome(url.host, outcomeOf(known));
      throw known;
    }
  }

  /** A JSON answer of the shape described. */
  async json<T extends TSchema>(address: string | URL, schema: T, request: HttpRequest = {}): Promise<Static<T>> {
    const value: unknown = await this.text(address, { accept: ['application/json'], ...request }).then((text) => {
      try {
        return JSON.parse(text);
      } catch (cause) {
        throw new HttpRefusedError(`${new URL(address).host} answered with what is not JSON`, { cause });
      }
    });
    if (Value.Check(schema, value)) return value;
    const first = Value.Errors(schema, value).First();
    throw new HttpRefusedError(
      `${new URL(address).host} answered something else: ${first?.path || 'value'}: ${first?.message}`,
    );
  }

  /** A text answer, read as UTF-8. */
  async text(address: string | URL, request: HttpRequest = {}): Promise<string> {
    const { bytes } = await this.request(address, request);
    return new TextDecoder().decode(bytes);
  }

  [Symbol.dispose](): void {
    this.#fetch[Symbol.dispose]();
  }

  async #send(
    url: URL,
    what: string,
    { method = 'GET', headers = {}, json, accept = [], maxBytes = MAX_BYTES }: HttpRequest,
    signal: AbortSignal,
  ): Promise<HttpAnswer> {
    signal.throwIfAborted();
    const response = await this.#ky(url, {
      method,
      headers: { ...(accept.length > 0 && { accept: accept.join(', ') }), ...headers },
      signal,
      fetch: (input, init) => this.#fetch.fetch(new Request(input, init), maxBytes),
      ...(json !== undefined && { json }),
    });
    const type = response.headers.get('content-type') ?? '';
    if (accept.length > 0 && !accept.some((wanted) => fits(type, wanted))) {
      throw new HttpRefusedError(`${what} answered ${type || 'something of no type'} instead of ${accept.join(', ')}`);
    }
    return { status: response.status, headers: response.headers, bytes: new Uint8Array(await response.arrayBuffer()) };
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

function classified(what: string, cause: unknown): unknown {
  if (cause instanceof BotError) return cause;
  if (!(cause instanceof HTTPError)) return new HttpBusyError(`${what} got no answer`, { cause });
  const { status } = cause.response;
  const message = `${what} was answered ${status}`;
  if (status === 404 || status === 410) return new HttpGoneError(message, { cause });
  if (!BUSY.includes(status) && status < 500) return new HttpRefusedError(message, { cause, status });
  const retryAfterMs = waitAskedBy(cause);
  return new HttpBusyError(message, { cause, ...(retryAfterMs > 0 && { retryAfterMs }) });
}

function outcomeOf(error: unknown): 'busy' | 'gone' | 'refused' | 'deadline' | 'aborted' {
  if (error instanceof HttpBusyError) return 'busy';
  if (error instanceof HttpGoneError) return 'gone';
  if (error instanceof DeadlineError) return 'deadline';
  return error instanceof BotError ? 'refused' : 'aborted';
}

/** Milliseconds that a `Retry-After` header asks for, as seconds or as a date; 0 without one. */
function waitAskedBy(error: unknown): number {
  const header = error instanceof HTTPError ? error.response.headers.get('retry-after') : null;
  if (!header) return 0;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000;
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
