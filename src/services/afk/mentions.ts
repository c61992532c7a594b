import type { Mentioned } from '../../db/afk.ts';
import { addMentions, KEPT_LINKS } from '../../db/afk.ts';
import type { Db } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';

interface MentionsOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long counts wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
}

/** A message that mentions people who are away. */
export interface Mention {
  readonly guild: string;
  readonly users: readonly string[];
  /** The message, as `channel/message`. */
  readonly link: string;
  /** When it came, by the bot's clock. */
  readonly at: Date;
}

/** While the database is away. Milliseconds. */
const LONGEST_PAUSE_MS = 60_000;
const ROWS_AT_ONCE = 2_000;
/** People; each is some hundred bytes. */
const MOST_WAITING = 100_000;

/** Adds up, person by person, how often those who are away are mentioned: a flood of mentions is one change of a row in some seconds. */
export class Mentions implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #everyMs: number;
  #pauseMs: number;
  readonly #waiting = new Map<string, Mentioned>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor({ db, log, everyMs = 2_000 }: MentionsOptions) {
    this.#db = db;
    this.#log = log;
    this.#everyMs = everyMs;
    this.#pauseMs = everyMs;
  }

  count({ guild, users, link, at }: Mention): void {
    for (const user of users) this.#add({ guild, user, mentions: 1, links: [link], at });
    this.#flushLater();
  }

  /** Stores what waits of one person, or everything. Rejects when the database is away; nothing is lost by that. */
  flush(whose?: { readonly guild: string; readonly user: string }): Promise<void> {
    const flushed = this.#flushing.catch(() => undefined).then(() => this.#store(whose && keyOf(whose)));
    this.#flushing = flushed;
    return flushed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    try {
      await this.flush();
    } catch (error) {
      const people = this.#waiting.size;
      this.#log.error({ error, people }, 'mentions were lost: the database is away and the bot stops');
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #flushLater(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.flush().catch((error: unknown) => this.#log.warn({ error }, 'mentions could not be stored yet'));
    }, this.#pauseMs);
  }

  async #store(key: string | undefined): Promise<void> {
    const keys = key === undefined ? [...this.#waiting.keys()] : [key];
    const rows = keys.flatMap((one) => this.#waiting.get(one) ?? []);
    for (const one of keys) this.#waiting.delete(one);
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      try {
        await addMentions(this.#db, rows.slice(at, at + ROWS_AT_ONCE));
      } catch (error) {
        for (const row of rows.slice(at)) this.#add(row, true);
        this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
        this.#flushLater();
        throw error;
      }
    }
    this.#pauseMs = this.#everyMs;
  }

  /** `earlier`: it came before what waits by now. */
  #add(row: Mentioned, earlier = false): void {
    const key = keyOf(row);
    const there = this.#waiting.get(key);
    if (!there && this.#waiting.size >= MOST_WAITING) return;
    const [first, second] = earlier ? [row, there] : [there ?? row, there && row];
    this.#waiting.set(key, {
      ...first,
      mentions: first.mentions + (second?.mentions ?? 0),
      links: [...first.links, ...(second?.links ?? [])].slice(-KEPT_LINKS),
    });
  }
}

function keyOf({ guild, user }: { readonly guild: string; readonly user: string }): string {
  return `${guild}:${user}`;
}
