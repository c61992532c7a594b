import type { ArchiveRow } from '../../db/archive.ts';
import type { Logger } from '../../lib/log.ts';

interface QueueOptions {
  readonly log: Logger;
  readonly store: (rows: readonly ArchiveRow[]) => Promise<void>;
  /** How long a row waits at most before it is stored. Milliseconds. */
  readonly everyMs?: number | undefined;
  /** How many rows wait at most, such as while the database is away. */
  readonly most?: number | undefined;
}

const EVERY_MS = 500;
const LONGEST_PAUSE_MS = 30_000;
const MOST = 50_000;
/** A statement's rows are made into one text on the main thread: so many take it about a millisecond. */
const ROWS_AT_ONCE = 500;

/** What is to be archived, in the order in which it came, until the database has it. */
export class ArchiveQueue implements AsyncDisposable {
  readonly #o: QueueOptions;
  #waiting: ArchiveRow[] = [];
  #pauseMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #dropped = 0;

  constructor(options: QueueOptions) {
    this.#o = options;
    this.#pauseMs = options.everyMs ?? EVERY_MS;
  }

  get size(): number {
    return this.#waiting.length;
  }

  /** How many rows found no room since the start. */
  get dropped(): number {
    return this.#dropped;
  }

  add(row: ArchiveRow): void {
    if (this.#waiting.length < (this.#o.most ?? MOST)) this.#waiting.push(row);
    else this.#drop();
    this.#storeSoon();
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#store());
    return this.#flushing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { log } = this.#o;
    try {
      await this.flush();
    } catch (error) {
      log.error({ error, rows: this.size }, 'messages were not archived: the database is away and the bot stops');
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #storeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => this.#o.log.warn({ error }, 'messages could not be archived yet'));
    }, this.#pauseMs);
  }

  async #store(): Promise<void> {
    const { everyMs = EVERY_MS, store } = this.#o;
    while (this.#waiting.length > 0) {
      const rows = this.#waiting.slice(0, ROWS_AT_ONCE);
      try {
        await store(rows);
      } catch (error) {
        this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
        this.#storeSoon();
        throw error;
      }
      this.#waiting.splice(0, rows.length);
    }
    this.#pauseMs = everyMs;
  }

  #drop(): void {
    if (this.#dropped === 0)
      this.#o.log.error('too many messages wait for the database; the rest is not archived, and counted in the status');
    this.#dropped += 1;
  }
}
