import { SandboxError } from './api-error.ts';
import type { Happening } from './state/state.ts';

/** One REST request of the bot, and what it was answered. */
export interface RecordedRequest {
  readonly kind: 'request';
  readonly method: string;
  /** The path with its ids, without `/api/v10`. */
  readonly path: string;
  /** The route it took, as in the OpenAPI description; absent for unknown ones. */
  readonly route: string | undefined;
  readonly query: string;
  readonly body: unknown;
  readonly files: readonly string[];
  readonly reason: string | undefined;
  readonly status: number;
  readonly answer: unknown;
  readonly ms: number;
}

/** One event dispatched, whoever was told. */
export interface RecordedEvent {
  readonly kind: 'event';
  readonly t: string;
  readonly d: unknown;
}

/** The bot's gateway session came, went or said something. */
export interface RecordedSession {
  readonly kind: 'session';
  readonly what: 'ready' | 'resumed' | 'closed' | 'sent';
  readonly shard: number;
  readonly detail: unknown;
}

/** The stand-in itself failed at something: a fault of its own, never the bot's. */
export interface RecordedCrash {
  readonly kind: 'crash';
  readonly what: string;
  readonly error: string;
}

export type Entry = RecordedRequest | RecordedEvent | RecordedSession | RecordedCrash;

/** How long the local Discord waits for what is to come, in milliseconds, unless it is told: long enough for a busy machine. */
export const WAIT_MS = 30_000;

export interface WaitOptions {
  /** How long to wait, in milliseconds. Default 30,000. */
  readonly deadlineMs?: number;
  /** Only what is recorded after this mark (see `mark`) counts. Default: everything kept. */
  readonly since?: number;
}

/** The last things that happened, bounded, for tests to look at and to wait for. */
export class Journal {
  readonly #keep: number;
  #entries: Entry[] = [];
  #dropped = 0;
  readonly #waiting = new Set<(entry: Entry) => void>();

  constructor(keep = 5_000) {
    this.#keep = keep;
  }

  /** The place where the next entry will stand; give it to `waitFor` as `since`. */
  get mark(): number {
    return this.#dropped + this.#entries.length;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length >= this.#keep * 2) {
      this.#dropped += this.#entries.length - this.#keep;
      this.#entries = this.#entries.slice(-this.#keep);
    }
    for (const wake of [...this.#waiting]) wake(entry);
  }

  addHappening({ t, d }: Happening): void {
    this.add({ kind: 'event', t, d });
  }

  since(mark = 0): readonly Entry[] {
    return this.#entries.slice(Math.max(0, mark - this.#dropped));
  }

  /** What stands after the mark; when there is nothing yet, waits for the first so long. */
  async after(mark: number, deadlineMs: number): Promise<{ mark: number; entries: readonly Entry[] }> {
    if (this.mark <= mark && deadlineMs > 0) {
      await this.waitFor(() => true, { since: mark, deadlineMs }).catch(() => undefined);
    }
    return { entries: this.since(mark), mark: this.mark };
  }

  requests(mark = 0): RecordedRequest[] {
    return this.since(mark).filter((entry) => entry.kind === 'request');
  }

  /** The first entry that fits, of those kept or to come. Rejects when none came in time. */
  waitFor(fits: (entry: Entry) => boolean, { deadlineMs = WAIT_MS, since = 0 }: WaitOptions = {}): Promise<Entry> {
    const already = this.since(since).find(fits);
    if (already) return Promise.resolve(already);
    const { promise, resolve, reject } = Promise.withResolvers<Entry>();
    const stop = (): void => {
      clearTimeout(timer);
      this.#waiting.delete(wake);
    };
    const wake = (entry: Entry): void => {
      try {
        if (!fits(entry)) return;
        stop();
        resolve(entry);
      } catch (error) {
        stop();
        reject(error);
      }
    };
    const timer = setTimeout(() => {
      stop();
      reject(new SandboxError(`waited ${deadlineMs} ms, but nothing that fits was seen; last: ${this.#lately()}`));
    }, deadlineMs);
    this.#waiting.add(wake);
    return promise;
  }

  #lately(): string {
    return this.#entries
      .slice(-8)
      .map((entry) => {
        if (entry.kind === 'event') return entry.t;
        if (entry.kind === 'session') return `session ${entry.what}`;
        if (entry.kind === 'crash') return `crash in ${entry.what}`;
        return `${entry.method} ${entry.path} ${entry.status}`;
      })
      .join(', ');
  }
}
