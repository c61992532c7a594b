import type { Db } from '../../db/connect.ts';
import { addDayCounts, type DayCount, dayCounts } from '../../db/server-days.ts';
import type { Logger } from '../../lib/log.ts';

type Hour = `hour-${number}`;

/** What is counted of a server each day: `hour-13` are the messages from 13:00 to 14:00 UTC. */
export type Counted =
  | Hour
  | 'joins'
  | 'leaves'
  | 'pictures-deleted'
  | 'pictures-reported'
  | 'secrets-warned'
  | 'self-timeouts';

interface TallyOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long counts wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
}

/** While the database is away. Milliseconds. */
const LONGEST_PAUSE_MS = 60_000;
const ROWS_AT_ONCE = 2_000;
/** Servers times days times things that are counted; each is a few dozen bytes. */
const MOST_WAITING = 100_000;

/** Counts what happens in servers, day by day (UTC), and stores the sums in batches. */
export class Tally implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #everyMs: number;
  #pauseMs: number;
  #waiting = new Map<string, DayCount>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor({ db, log, everyMs = 2_000 }: TallyOptions) {
    this.#db = db;
    this.#log = log;
    this.#everyMs = everyMs;
    this.#pauseMs = everyMs;
  }

  /** Counts one thing that happened in a server. */
  count(guild: string, what: Counted, at: Date): void {
    this.#add({ guild, what, day: dayOf(at), amount: 1 });
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => this.#log.warn({ error }, 'counts could not be stored yet'));
    }, this.#pauseMs);
  }

  /** What was counted in a server on a day (`2026-11-22`, UTC), as far as it is stored; a moment ago may be missing. */
  ofDay(guild: string, day: string): Promise<ReadonlyMap<string, number>> {
    return dayCounts(this.#db, guild, day);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#flushing = this.#flushing.catch(() => undefined).then(() => this.#store());
    return this.#flushing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      this.#log.error(
        { error, counts: this.#waiting.size },
        'counts were lost: the database is away and the bot stops',
      );
    } finally {
      clearTimeout(this.#timer);
    }
  }

  async #store(): Promise<void> {
    const rows = [...this.#waiting.values()];
    this.#waiting = new Map();
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      try {
        await addDayCounts(this.#db, rows.slice(at, at + ROWS_AT_ONCE));
      } catch (error) {
        for (const row of rows.slice(at)) this.#add(row);
        this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
        this.#timer ??= setTimeout(() => void this.flush().catch(() => {}), this.#pauseMs);
        throw error;
      }
    }
    this.#pauseMs = this.#everyMs;
  }

  #add(row: DayCount): void {
    const key = `${row.guild} ${row.day} ${row.what}`;
    const there = this.#waiting.get(key);
    if (!there && this.#waiting.size >= MOST_WAITING) return;
    this.#waiting.set(key, { ...row, amount: row.amount + (there?.amount ?? 0) });
  }
}

/** The hour of the day that a message is counted in. */
export function hourOf(at: Date): Hour {
  return `hour-${at.getUTCHours()}`;
}

/** `2026-11-22`, in UTC. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
