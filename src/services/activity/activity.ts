import {
  type ActivityRow,
  type ActivitySums,
  activityOfMember,
  addActivity,
  type Counts,
  messagesInGuild,
} from '../../db/activity.ts';
import type { Db } from '../../db/connect.ts';
import type { Logger } from '../../lib/log.ts';

/** Where and when a message was written. */
export interface Written {
  readonly guild: string;
  readonly channel: string;
  readonly member: string;
  readonly at: Date;
}

export interface ActivityOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long sums wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
  /** How many different sums are held at most while the database is away. */
  readonly mostWaiting?: number;
}

interface Sums {
  messages: number;
  words: number;
  links: number;
  mentions: number;
}
type Waiting = Map<string, Sums & Pick<ActivityRow, 'guild' | 'channel' | 'member' | 'day'>>;

/** While the database is away. Milliseconds. */
const LONGEST_PAUSE_MS = 60_000;
/** Rows a statement: Postgres takes 65,535 parameters, and a row has eight. */
const ROWS_AT_ONCE = 2_000;

/**
 * Adds up what members write and stores the sums in batches. A batch that could not be stored waits for the next; what
 * does not fit any more is counted and logged.
 */
export class Activity implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #everyMs: number;
  #pauseMs: number;
  readonly #mostWaiting: number;
  #waiting: Waiting = new Map();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #flushing: Promise<void> = Promise.resolve();
  #counted = 0;
  #dropped = 0;

  constructor({ db, log, everyMs = 2_000, mostWaiting = 50_000 }: ActivityOptions) {
    this.#db = db;
    this.#log = log;
    this.#everyMs = everyMs;
    this.#pauseMs = everyMs;
    this.#mostWaiting = mostWaiting;
  }

  /** Counts one message. */
  record(written: Written, counts: Counts): void {
    this.#counted += 1;
    const day = written.at.toISOString().slice(0, 10);
    this.#add({ guild: written.guild, channel: written.channel, member: written.member, day, messages: 1, ...counts });
    this.#storeSoon();
  }

  /** Messages counted since the start, sums waiting to be stored, and messages that found no room. */
  totals(): { readonly counted: number; readonly waiting: number; readonly dropped: number } {
    return { counted: this.#counted, waiting: this.#waiting.size, dropped: this.#dropped };
  }

  /** How many messages have been stored of a server. */
  ofServer(guild: string): Promise<number> {
    return messagesInGuild(this.#db, guild);
  }

  /** What a member wrote in a server, what is still waiting included. */
  async ofMember(guild: string, member: string): Promise<ActivitySums> {
    await this.#flushing.catch(() => undefined); // what is being written is counted by the database, once
    const stored = await activityOfMember(this.#db, guild, member);
    const waiting = [...this.#waiting.values()].filter((one) => one.guild === guild && one.member === member);
    return waiting.reduce((sums, one) => plus(sums, one), stored);
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
      this.#log.error({ error, sums: this.#waiting.size }, 'activity was lost: the database is away and the bot stops');
    } finally {
      clearTimeout(this.#timer);
    }
  }

  #storeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.flush().catch((error: unknown) => this.#log.warn({ error }, 'activity could not be stored yet'));
    }, this.#pauseMs);
  }

  async #store(): Promise<void> {
    const rows = [...this.#waiting.values()];
    this.#waiting = new Map();
    await this.#write(rows);
    this.#pauseMs = this.#everyMs;
  }

  async #write(rows: readonly ActivityRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_AT_ONCE) {
      try {
        await addActivity(this.#db, rows.slice(at, at + ROWS_AT_ONCE));
      } catch (error) {
        for (const row of rows.slice(at)) this.#add(row);
        this.#pauseMs = Math.min(2 * this.#pauseMs, LONGEST_PAUSE_MS);
        this.#storeSoon();
        throw error;
      }
    }
  }

  #add(row: ActivityRow): void {
    const key = `${row.guild} ${row.channel} ${row.member} ${row.day}`;
    const there = this.#waiting.get(key);
    if (there) Object.assign(there, plus(there, row));
    else if (this.#waiting.size < this.#mostWaiting) this.#waiting.set(key, { ...row });
    else this.#drop(row.messages);
  }

  #drop(messages: number): void {
    if (this.#dropped === 0) this.#log.warn('too much activity waits for the database; the rest is not counted');
    this.#dropped += messages;
  }
}

function plus(a: ActivitySums, b: ActivitySums): Sums {
  return {
    messages: a.messages + b.messages,
    words: a.words + b.words,
    links: a.links + b.links,
    mentions: a.mentions + b.mentions,
  };
}
