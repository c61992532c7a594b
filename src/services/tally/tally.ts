import { addChannelHours, type ChannelHour } from '../../db/channel-hours.ts';
import type { Db } from '../../db/connect.ts';
import { addDayCounts, type DayCount, dayCounts } from '../../db/server-days.ts';
import type { Logger } from '../../lib/log.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';

export type Hour = `hour-${number}`;

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

/** When a message was written: the day and the hour, in UTC, the latter also as a number. */
interface Heard {
  readonly day: string;
  readonly hour: Hour;
  readonly clock: number;
}

/** Servers times days times things that are counted; each is a few dozen bytes. */
const MOST_WAITING = 100_000;

/** Counts what happens in servers, day by day (UTC), and stores the sums in batches. */
export class Tally implements AsyncDisposable {
  readonly #db: Db;
  readonly #sums: WaitingSums<DayCount>;
  readonly #channels: WaitingSums<ChannelHour>;

  constructor({ db, log, everyMs }: TallyOptions) {
    this.#db = db;
    this.#sums = new WaitingSums({
      log,
      called: 'counts',
      keyOf: ({ guild, day, what }) => `${guild} ${day} ${what}`,
      plus: (a, b) => ({ ...a, amount: a.amount + b.amount }),
      store: (rows) => addDayCounts(db, rows),
      most: MOST_WAITING,
      everyMs,
    });
    this.#channels = new WaitingSums({
      log,
      called: 'hours of channels',
      keyOf: ({ channel, day, hour }) => `${channel} ${day} ${hour}`,
      plus: (a, b) => ({ ...a, messages: a.messages + b.messages }),
      store: (rows) => addChannelHours(db, rows),
      most: MOST_WAITING,
      everyMs,
    });
  }

  /** Counts one thing that happened in a server. */
  count(guild: string, what: Counted, at: Date): void {
    this.countOn(dayOf(at), guild, what);
  }

  /** The same on a day (`2026-11-22`, UTC), for what happens too often to be given a date. */
  countOn(day: string, guild: string, what: Counted): void {
    this.#sums.add({ guild, what, day, amount: 1 });
  }

  /** Counts a message, in its server and in its channel. */
  heard({ day, hour, clock }: Heard, guild: string, channel: string): void {
    this.countOn(day, guild, hour);
    this.#channels.add({ guild, channel, day, hour: clock, messages: 1 });
  }

  /** What was counted in a server on a day (`2026-11-22`, UTC), as far as it is stored; a moment ago may be missing. */
  ofDay(guild: string, day: string): Promise<ReadonlyMap<string, number>> {
    return dayCounts(this.#db, guild, day);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  async flush(): Promise<void> {
    await this.#sums.flush();
    await this.#channels.flush();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#sums[Symbol.asyncDispose]();
    await this.#channels[Symbol.asyncDispose]();
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
