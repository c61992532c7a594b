import type { Db } from '../../db/connect.ts';
import { beginSeen, forgetSeen, markSeen, type SeenRow, seenIn, settleSeen } from '../../db/seen-messages.ts';
import type { Logger } from '../../lib/log.ts';
import { isLater, later } from '../../lib/snowflake.ts';
import { WaitingSums } from '../sums/waiting-sums.ts';

/** A message that has come; `over` once nothing of it is left to be done. */
export interface Tracked {
  readonly id: string;
  over: boolean;
}

interface Channel {
  /** What has come and cannot be noted yet, the oldest first: something before it is not over. */
  readonly open: Tracked[];
  heard: string;
  dealt: string;
  /** Whether what was missed before is still being read. */
  gap: boolean;
}

interface Watched {
  readonly channels: Map<string, Channel>;
  /** How often it waits to be known what was missed. Until then nothing is noted: it would seem to be seen. */
  held: number;
}

interface SeenOptions {
  readonly db: Db;
  readonly log: Logger;
  /** How long it waits at most until it is stored. Milliseconds. */
  readonly everyMs?: number;
}

const MOST_WAITING = 100_000;
const MOST_CHANNELS = 5_000;
const NOTHING = '0';

/**
 * Up to which message each channel is dealt with, in servers that have rules; stored in batches. After a crash the next process
 * begins there, so that what was accepted is judged, some of it twice.
 */
export class Seen implements AsyncDisposable {
  readonly #db: Db;
  readonly #guilds = new Map<string, Watched>();
  readonly #rows: WaitingSums<SeenRow>;
  /** Servers that have just come to have rules, and their last message before that. */
  readonly #beginnings = new Map<string, string>();
  #beginning: Promise<void> = Promise.resolve();

  constructor({ db, log, everyMs }: SeenOptions) {
    this.#db = db;
    this.#rows = new WaitingSums({
      log,
      called: 'marks of seen messages',
      keyOf: ({ channel }) => channel,
      plus: (a, b) => (isLater(b.last, a.last) ? b : a),
      store: (rows) => this.#store(rows),
      most: MOST_WAITING,
      everyMs,
    });
  }

  watches(guild: string): boolean {
    return this.#guilds.has(guild);
  }

  /** A message has come, in the order of its channel. The first one of a server is where its rules begin. */
  enter(guild: string, id: string, one: Tracked): void {
    const channel = this.#channelOf(this.#guilds.get(guild) ?? this.#begin(guild, one.id), id);
    channel.heard = one.id;
    if (!one.over) channel.open.push(one);
    else if (channel.open.length > 0) channel.open.push(one);
    else this.#deal(guild, id, channel, one.id);
  }

  /** Nothing is left to be done about it. */
  over(guild: string, id: string, one: Tracked): void {
    one.over = true;
    const channel = this.#guilds.get(guild)?.channels.get(id);
    if (channel?.open[0] !== one) return;
    let last = one.id;
    while (channel.open[0]?.over) last = channel.open.shift()?.id ?? last;
    this.#deal(guild, id, channel, last);
  }

  /** These servers have no rules any more. What is stored of them goes, so that nothing of the time without is judged later. */
  async forget(guilds: readonly string[]): Promise<void> {
    for (const guild of guilds) {
      this.#guilds.delete(guild);
      this.#beginnings.delete(guild);
    }
    await this.#rows.flush();
    await forgetSeen(this.#db, guilds);
  }

  /** From now on nothing is noted of a server, until `open`. What was heard last in its channels, as of now. */
  hold(guild: string): ReadonlyMap<string, string> {
    const watched = this.#guilds.get(guild) ?? { channels: new Map(), held: 0 };
    watched.held += 1;
    this.#guilds.set(guild, watched);
    return new Map([...watched.channels].map(([id, { heard }]) => [id, heard]));
  }

  /** Up to which message each channel is stored to be seen, and all together. */
  async stored(guild: string): Promise<ReadonlyMap<string, string>> {
    await this.flush();
    return await seenIn(this.#db, guild);
  }

  /** Nothing was ever noted of it: its rules begin with what comes after this message. */
  beginAt(guild: string, last: string): Promise<void> {
    return beginSeen(this.#db, guild, last);
  }

  /** It is known what was missed: in these channels nothing is noted until they are `closed`. */
  open(guild: string, gaps: readonly string[]): void {
    const watched = this.#guilds.get(guild);
    if (!watched) return;
    for (const id of gaps) this.#channelOf(watched, id).gap = true;
    watched.held -= 1;
    for (const [id, channel] of watched.channels) this.#deal(guild, id, channel, channel.dealt);
  }

  /** What was missed in a channel up to this message is dealt with, or out of reach for good. */
  closed(guild: string, id: string, last: string): void {
    const watched = this.#guilds.get(guild);
    if (!watched) return;
    const channel = this.#channelOf(watched, id);
    channel.gap = false;
    channel.heard = later(channel.heard, last);
    this.#deal(guild, id, channel, later(channel.dealt, last));
  }

  /** All channels are seen up to this message, unless something before it is still open. */
  async settle(guild: string, last: string): Promise<void> {
    const channels = [...(this.#guilds.get(guild)?.channels.values() ?? [])];
    if (channels.some(({ open, gap }) => gap || (open[0] && !isLater(open[0].id, last)))) return;
    await settleSeen(this.#db, guild, last);
  }

  /** Stores everything that waits. Rejects when the database is away; nothing is lost by that. */
  async flush(): Promise<void> {
    await this.#storeBeginnings();
    await this.#rows.flush();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#rows[Symbol.asyncDispose]();
  }

  #begin(guild: string, first: string): Watched {
    const watched = { channels: new Map(), held: 0 };
    this.#guilds.set(guild, watched);
    this.#beginnings.set(guild, String(BigInt(first) - 1n));
    this.#storeBeginnings().catch(() => undefined); // it is stored with the next marks
    return watched;
  }

  #channelOf({ channels }: Watched, id: string): Channel {
    const known = channels.get(id);
    if (known) return known;
    const channel = { open: [], heard: NOTHING, dealt: NOTHING, gap: false };
    channels.set(id, channel);
    if (channels.size > MOST_CHANNELS) forgetQuiet(channels);
    return channel;
  }

  #deal(guild: string, id: string, channel: Channel, last: string): void {
    channel.dealt = last;
    if (last === NOTHING || channel.gap || (this.#guilds.get(guild)?.held ?? 0) > 0) return;
    this.#rows.add({ guild, channel: id, last });
  }

  async #store(rows: readonly SeenRow[]): Promise<void> {
    await this.#storeBeginnings();
    await markSeen(this.#db, rows);
  }

  /** One after another: what is stored of a server goes with it, and must not be what was marked since. */
  #storeBeginnings(): Promise<void> {
    this.#beginning = this.#beginning
      .catch(() => undefined)
      .then(async () => {
        for (const [guild, last] of [...this.#beginnings]) {
          await beginSeen(this.#db, guild, last);
          if (this.#beginnings.get(guild) === last) this.#beginnings.delete(guild);
        }
      });
    return this.#beginning;
  }
}

/** What is stored says the same of a channel in which nothing is open. */
function forgetQuiet(channels: Map<string, Channel>): void {
  for (const [id, { open, gap }] of channels) {
    if (channels.size <= MOST_CHANNELS / 2) return;
    if (open.length === 0 && !gap) channels.delete(id);
  }
}
