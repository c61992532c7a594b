import { SandboxError } from './api-error.ts';

/** What goes wrong with a REST request instead of (or before, or after) it being carried out. */
export type RestFault =
  | { readonly kind: 'status'; readonly status: number; readonly body?: unknown }
  | { readonly kind: 'rate-limit'; readonly retryAfterMs: number; readonly global?: boolean }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'reset' }
  /** Taken, and never carried out or answered: the connection stays open. */
  | { readonly kind: 'silent' }
  | { readonly kind: 'lose-answer' };

/** What goes wrong with a file that the bot downloads. */
export type FileFault =
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'slow'; readonly bytesPerSecond: number }
  /** So many zeros follow what was uploaded, and nobody says beforehand how much will come. */
  | { readonly kind: 'grow'; readonly bytes: number }
  | { readonly kind: 'redirect'; readonly to: string }
  /** Announced, and nothing of it comes until then. */
  | { readonly kind: 'held'; readonly until: Promise<unknown> }
  | { readonly kind: 'reset' };

export interface Span {
  /** How many requests it meets. Default: all, until lifted. */
  readonly times?: number;
  /** For how long, in milliseconds. Default: until lifted. */
  readonly forMs?: number;
  /** Only requests of this method. */
  readonly method?: string;
}

export interface GatewayFaults {
  /** Closes every socket with this code; without one the line is simply cut. */
  drop(code?: number, reason?: string): void;
  /** Heartbeats are not acknowledged any more, until `stop` is false. */
  zombie(stop?: boolean): void;
  /** Op 7: the bot is asked to reconnect. */
  reconnect(): void;
  /** Op 9. Not resumable also forgets the session. */
  invalidSession(resumable: boolean): void;
  /** Writes this text to every socket as it is: bad JSON, unknown ops, anything. */
  frame(text: string): void;
}

/** Meets every request. */
const EVERY = '*';

interface Rule<F> {
  readonly fault: F;
  readonly path: string | RegExp;
  readonly method: string | undefined;
  readonly until: number;
  left: number;
}

/** Things that go wrong, on demand. Each REST and file fault returns a function that lifts it; `clear` lifts all. */
export class Faults {
  readonly gateway: GatewayFaults;
  readonly #listener: { close(): Promise<void>; open(): Promise<void> };
  readonly #rest: Rule<RestFault>[] = [];
  readonly #files: Rule<FileFault>[] = [];
  #refusedUntil = 0;

  constructor(gateway: GatewayFaults, listener: { close(): Promise<void>; open(): Promise<void> }) {
    this.gateway = gateway;
    this.#listener = listener;
  }

  /** `path` is a route of the description (`/channels/{channel_id}/messages`), a real path, `*` for all, or a pattern for either. */
  rest(path: string | RegExp, fault: RestFault, span: Span = {}): () => void {
    return addRule(this.#rest, path, fault, span);
  }

  /** `name` is a file's name or a pattern for its path. */
  files(name: string | RegExp, fault: FileFault, span: Span = {}): () => void {
    return addRule(this.#files, name, fault, span);
  }

  /** REST and gateway connections are cut as soon as they arrive; the sandbox's own verbs go on. Default: until `accept`. */
  refuse(forMs = Number.POSITIVE_INFINITY): void {
    this.#refusedUntil = performance.now() + forMs;
    this.gateway.drop();
  }

  accept(): void {
    this.#refusedUntil = 0;
  }

  get refusing(): boolean {
    return performance.now() < this.#refusedUntil;
  }

  /** The server is gone for `ms`: nothing listens on its port, the sandbox's own HTTP verbs neither. */
  async away(ms: number): Promise<void> {
    if (!(ms >= 0 && ms <= 600_000)) throw new SandboxError('away(ms): between 0 and 600,000 ms');
    await this.#listener.close();
    await new Promise((resolve) => setTimeout(resolve, ms));
    await this.#listener.open();
  }

  clear(): void {
    this.#rest.length = 0;
    this.#files.length = 0;
    this.#refusedUntil = 0;
    this.gateway.zombie(false);
  }

  /** The fault that meets this request, counted as used. */
  meetRest(method: string, route: string | undefined, path: string): RestFault | undefined {
    return meet(this.#rest, method, (rule) =>
      typeof rule === 'string'
        ? rule === EVERY || rule === route || rule === path
        : rule.test(path) || rule.test(route ?? ''),
    );
  }

  meetFile(path: string): FileFault | undefined {
    return meet(this.#files, 'GET', (rule) => (typeof rule === 'string' ? path.endsWith(`/${rule}`) : rule.test(path)));
  }
}

function addRule<F>(rules: Rule<F>[], path: string | RegExp, fault: F, span: Span): () => void {
  const rule: Rule<F> = {
    path,
    fault,
    method: span.method,
    until: performance.now() + (span.forMs ?? Number.POSITIVE_INFINITY),
    left: span.times ?? Number.POSITIVE_INFINITY,
  };
  rules.push(rule);
  return () => {
    const at = rules.indexOf(rule);
    if (at >= 0) rules.splice(at, 1);
  };
}

function meet<F>(rules: Rule<F>[], method: string, fits: (path: string | RegExp) => boolean): F | undefined {
  if (rules.length === 0) return undefined;
  const now = performance.now();
  const rule = rules.find(
    (one) => one.left > 0 && one.until > now && (one.method ?? method) === method && fits(one.path),
  );
  if (rule) rule.left--;
  return rule?.fault;
}
