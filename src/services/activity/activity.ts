import {
  type ActivityRow,
  type ActivitySums,
  activityOfMember,
  addActivity,
  type Counts,
  messagesInGuild,
} from '../../db/activity.ts';
import type { Db } from '../../db/connect.ts';
import { unlessOptedOut } from '../../db/opt-outs.ts';
import type { Logger } from '../../lib/log.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';

/** Where and when a message was written. */
export interface Written {
  readonly guild: string;
  readonly channel: string;
  readonly member: string;
  /** `2026-11-22`, in UTC. */
  readonly day: string;
}

export interface ActivityOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long sums wait at most before they are written. Milliseconds. */
  readonly everyMs?: number;
  /** How many different sums are held at most while the database is away. */
  readonly mostWaiting?: number;
}

const MOST_WAITING = 50_000;

/** Adds up what members write and stores the sums in batches. What finds no room while the database is away is counted and logged. */
export class Activity implements AsyncDisposable {
  readonly #db: Db;
  readonly #log: Logger;
  readonly #sums: WaitingSums<ActivityRow>;
  #counted = 0;
  #dropped = 0;

  constructor({ db, log, everyMs, mostWaiting = MOST_WAITING }: ActivityOptions) {
    this.#db = db;
    this.#log = log;
    this.#sums = new WaitingSums({
      log,
      called: 'sums of activity',
      keyOf: ({ guild, channel, member, day }) => `${guild} ${channel} ${member} ${day}`,
      plus: (a, b) => ({ guild: a.guild, channel: a.channel, member: a.member, day: a.day, ...plus(a, b) }),
      store: async (rows) => {
        const willing = await unlessOptedOut(db, 'stats', rows);
        if (willing.length > 0) await addActivity(db, willing);
      },
      most: mostWaiting,
      onDropped: ({ messages }) => this.#drop(messages),
      everyMs,
    });
  }

  /** Counts one message. */
  record({ guild, channel, member, day }: Written, { words, links, mentions }: Counts): void {
    this.#counted += 1;
    this.#sums.add({ guild, channel, member, day, messages: 1, words, links, mentions });
  }

  /** Messages counted since the start, sums waiting to be stored, and messages that found no room. */
  totals(): { readonly counted: number; readonly waiting: number; readonly dropped: number } {
    return { counted: this.#counted, waiting: this.#sums.size, dropped: this.#dropped };
  }

  /** How many messages have been stored of a server. */
  ofServer(guild: string): Promise<number> {
    return messagesInGuild(this.#db, guild);
  }

  /** What a member wrote in a server, what is still waiting included. */
  async ofMember(guild: string, member: string): Promise<ActivitySums> {
    await this.#sums.settled(); // what is being written is counted by the database, once
    const stored = await activityOfMember(this.#db, guild, member);
    const waiting = this.#sums.rows().filter((one) => one.guild === guild && one.member === member);
    return waiting.reduce((sums, one) => plus(sums, one), stored);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  flush(): Promise<void> {
    return this.#sums.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#sums[Symbol.asyncDispose]();
  }

  #drop(messages: number): void {
    if (this.#dropped === 0) this.#log.warn('too much activity waits for the database; the rest is not counted');
    this.#dropped += messages;
  }
}

function plus(a: ActivitySums, b: ActivitySums): ActivitySums {
  return {
    messages: a.messages + b.messages,
    words: a.words + b.words,
    links: a.links + b.links,
    mentions: a.mentions + b.mentions,
  };
}
