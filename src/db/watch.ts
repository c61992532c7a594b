import { delay, type Waiting, withDeadline } from '../lib/deadline.ts';
import { DatabaseAwayError, DeadlineError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { databaseError } from './away.ts';
import type { Channels } from './channels.ts';
import { type Address, type Db, openPool } from './pool.ts';
import type { Presence } from './presence.ts';

const PROBE_MS = 5_000;
const PROBE_WHILE_AWAY_MS = 1_000;

interface Watched {
  readonly channels: Channels;
  readonly presence: Presence;
  readonly log: Logger;
  /** How often the server is asked whether it is there, besides when the connection breaks, and how long it may take. */
  readonly probeMs?: number | undefined;
  /** The server says nothing at all any more: whoever waits for it on another connection waits in vain. */
  readonly onSilence: () => void;
}

/**
 * One connection to the server beside the pool, so that a full pool does not look like a server that is away. It tells
 * whether the server is there, and hears what other processes say. It is opened again, and listens again, by itself.
 */
export class Watch implements AsyncDisposable {
  readonly #address: Address;
  readonly #watched: Watched;
  #db: Db;
  /** The channels that the present connection listens on; a new one listens on none. */
  #listening = new Set<string>();
  /** A connection was lost, and with it what was said meanwhile. */
  #missed = false;
  #stopped = false;
  #wake = new AbortController();
  #loop: Promise<void> | undefined;

  constructor(address: Address, watched: Watched) {
    this.#address = address;
    this.#watched = watched;
    this.#db = this.#open();
  }

  /** From now on the server is watched. */
  start(): void {
    this.#loop ??= this.#run();
  }

  /** One round trip, in milliseconds. DatabaseAwayError or DeadlineError. */
  async ping(waiting: Waiting = {}): Promise<number> {
    const began = performance.now();
    try {
      await withDeadline('asking the database for an answer', async () => await this.#db`select 1`, waiting);
    } catch (error) {
      throw databaseError(error) ?? error;
    }
    return performance.now() - began;
  }

  /** Listens on every channel that somebody wants and this connection does not hear yet. */
  async listen(): Promise<void> {
    const listening = this.#listening;
    for (const name of this.#watched.channels.names()) {
      if (listening.has(name)) continue;
      await this.#db`listen ${this.#db(name)}`;
      listening.add(name);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    this.#wake.abort();
    await this.#db.end({ timeout: 0 });
    await this.#loop;
  }

  #open(): Db {
    const { log, channels } = this.#watched;
    return openPool(this.#address, {
      applicationName: 'rockhopper watch',
      connections: 1,
      idleTimeoutMs: 0,
      log,
      onnotify: (channel, payload) => channels.deliver(channel, payload),
      onclose: () => this.#lost(),
    });
  }

  #lost(): void {
    this.#listening = new Set();
    this.#missed = true;
    // While it is away every attempt ends here, and each has its pause.
    if (!this.#watched.presence.away) this.#wake.abort();
  }

  async #run(): Promise<void> {
    const { presence, probeMs = PROBE_MS } = this.#watched;
    while (!this.#stopped) {
      this.#wake = new AbortController();
      await this.#probe();
      const pause = presence.away ? Math.min(PROBE_WHILE_AWAY_MS, probeMs) : probeMs;
      await delay(pause, { signal: this.#wake.signal }).catch(() => {});
    }
  }

  async #probe(): Promise<void> {
    const { presence, log } = this.#watched;
    try {
      await this.#ask().catch((error: unknown) => this.#askAgain(error));
      presence.back();
    } catch (error) {
      if (this.#stopped) return;
      if (error instanceof DeadlineError && !presence.away) this.#watched.onSilence();
      const away = databaseError(error) ?? (error instanceof DeadlineError ? error : undefined);
      if (away) presence.gone(away);
      else log.warn({ error }, 'the database answered the watch with an error');
    }
  }

  async #ask(): Promise<void> {
    await this.ping({ deadlineMs: this.#watched.probeMs ?? PROBE_MS });
    await this.listen();
    if (!this.#missed) return;
    this.#missed = false;
    this.#watched.channels.missed();
  }

  /** A connection that says nothing may be dead without anybody having told us; a new one knows. */
  async #askAgain(error: unknown): Promise<void> {
    if (this.#stopped || !(error instanceof DeadlineError || error instanceof DatabaseAwayError)) throw error;
    if (error instanceof DeadlineError) {
      const silent = this.#db;
      this.#db = this.#open();
      this.#lost();
      await silent.end({ timeout: 0 });
    }
    await this.#ask();
  }
}
