import type { Logger } from '../../lib/log.ts';

interface WaitingSumsOptions<Row> {
  readonly log: Logger;
  /** What they are called in the log. */
  readonly called: string;
  /** Rows with the same key are one sum. */
  readonly keyOf: (row: Row) => string;
  readonly plus: (a: Row, b: Row) => Row;
  readonly store: (rows: readonly Row[]) => Promise<unknown>;
  /** How many different sums are held at most, such as while the database is away. */
  readonly most: number;
  /** Hears of a row that found no room. */
  readonly onDropped?: (row: Row) => void;
  /** How long sums wait at most before they are stored. Milliseconds. */
  readonly everyMs?: number | undefined;
}

const EVERY_MS = 2_000;
/** While the database is away. Milliseconds. */
const LONGEST_PAUSE_MS = 60_000;
/** Rows a statement: Postgres takes 65,535 parameters, and a row has a few. */
const ROWS_AT_ONCE = 2_000;

/** Sums that wait to be stored in batches. A batch that could not be stored waits for the next. */
export class WaitingSums<Row> implements AsyncDisposable {
  readonly #options: WaitingSumsOptions<Row>;
  readonly #everyMs: number;
  #pauseMs: number;
  #waiting = new Map<string, Row>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(options: WaitingSumsOptions<Row>) {
    this.#options = options;
    this.#everyMs = options.everyMs ?? EVERY_MS;
    this.#pauseMs = this.#everyMs;
  }

  get size(): number {
    return this.#waiting.size;
  }

  add(row: Row): void {
    this.#put(row);
    this.#storeSoon();
  }

  /** What waits and is not being stored. */
  rows(): readonly Row[] {
    return [...this.#waiting.values()];
  }

  /** Waits for what is being stored: from then on the database knows of it, or it waits again. */
  async settled(): Promise<void> {
    await this.#flushing.catch(() => undefined);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#store());
    return this.#flushing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { log, called } = this.#options;
    try {
      await this.flush();
    } catch (error) {
      log.error({ error, sums: this.size }, `${called} were lost: the database is away and the bot stops`);
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #storeSoon(): void {
    const { log, called } = this.#options;
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => log.warn({ error }, `${called} could not be stored yet`));
    }, this.#pauseMs);
  }

  async #store(): Promise<void> {
    const rows = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      try {
        await this.#options.store(rows.slice(at, at + ROWS_AT_ONCE));
      } catch (error) {
        for (const row of rows.slice(at)) this.#put(row);
        this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
        this.#storeSoon();
        throw error;
      }
    }
    this.#pauseMs = this.#everyMs;
  }

  #put(row: Row): void {
    const { keyOf, plus, most, onDropped } = this.#options;
    const key = keyOf(row);
    const there = this.#waiting.get(key);
    if (there) this.#waiting.set(key, plus(there, row));
    else if (this.#waiting.size < most) this.#waiting.set(key, row);
    else onDropped?.(row);
  }
}
