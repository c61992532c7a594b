import type { Db } from '../../db/connect.ts';
import { deleteLogEntries, insertLogEntries } from '../../db/log-entries.ts';
import { ChannelQueue, type QueueOptions } from './channel-queue.ts';
import type { Item } from './item.ts';

interface OutboxOptions extends Pick<QueueOptions, 'log' | 'now' | 'everyMs' | 'send'> {
  readonly db: Db;
  /** How long what is to be written down waits for company. Milliseconds. */
  readonly storeMs: number;
}

/** Rows a statement. */
const ROWS_AT_ONCE = 1_000;
/** Of all channels together; beyond that nothing more is taken, so that memory stays bounded. */
const MOST_HELD = 50_000;

/**
 * What is on its way into channels: written down before it is sent, many entries a statement, and struck out after. What a process
 * that dies leaves is sent by the next.
 */
export class Outbox implements AsyncDisposable {
  readonly #o: OutboxOptions;
  readonly #queues = new Map<string, ChannelQueue>();
  #toStore: Item[] = [];
  #over: Item[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #held = 0;
  #recovering = true;
  #refused = 0;

  constructor(options: OutboxOptions) {
    this.#o = options;
  }

  /** Takes its place among what goes into its channel; false where there is no room for more. */
  push(item: Item): boolean {
    if (this.#held >= MOST_HELD) {
      if (this.#refused++ % 1_000 === 0) this.#o.log.warn({ held: this.#held }, 'there is no room for event logs');
      return false;
    }
    this.#held += 1;
    this.#queueOf(item.channel).push(item);
    return true;
  }

  /** It is known what it says: from now on it is not lost. */
  store(item: Item): void {
    this.#toStore.push(item);
    this.#writeSoon();
  }

  /** Something about it has changed. */
  changed({ channel }: Item): void {
    this.#queues.get(channel)?.wake();
  }

  /** It is not told after all. */
  leaveOut(item: Item): void {
    item.gone = true;
    this.#held -= 1;
    this.changed(item);
  }

  /** What an earlier process has left for a channel; sent before anything else. */
  putFirst(channel: string, items: readonly Item[]): void {
    this.#held += items.length;
    this.#queueOf(channel).putFirst(items);
  }

  /** It is known what was left: from now on something is sent. */
  recovered(): void {
    this.#recovering = false;
    for (const queue of this.#queues.values()) queue.release();
  }

  /** These are over without having come through a queue. */
  strike(items: readonly Pick<Item, 'guild' | 'place'>[]): Promise<void> {
    return deleteLogEntries(this.#o.db, items);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const queue of this.#queues.values()) queue.close();
    clearTimeout(this.#timer);
    await this.#write();
    clearTimeout(this.#timer);
  }

  #queueOf(channel: string): ChannelQueue {
    const known = this.#queues.get(channel);
    if (known) return known;
    const queue = new ChannelQueue({ ...this.#o, channel, onOver: (items) => this.#end(items) });
    if (this.#recovering) queue.hold();
    this.#queues.set(channel, queue);
    return queue;
  }

  #end(items: readonly Item[]): void {
    this.#held -= items.filter(({ gone }) => !gone).length;
    for (const item of items) item.letGo();
    this.#over.push(...items.filter(({ secured }) => secured));
    this.#writeSoon();
  }

  #writeSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#write();
    }, this.#o.storeMs);
  }

  #write(): Promise<void> {
    this.#writing = this.#writing.then(() => this.#writeNow());
    return this.#writing;
  }

  async #writeNow(): Promise<void> {
    const [fresh, over] = [this.#toStore, this.#over];
    this.#toStore = [];
    this.#over = [];
    for (let at = 0; at < fresh.length; at += ROWS_AT_ONCE) await this.#insert(fresh.slice(at, at + ROWS_AT_ONCE));
    for (let at = 0; at < over.length; at += ROWS_AT_ONCE) await this.#delete(over.slice(at, at + ROWS_AT_ONCE));
    for (const [channel, queue] of this.#queues) if (queue.idle) this.#queues.delete(channel);
  }

  /** What cannot be written down is sent all the same: only a crash would lose it. */
  async #insert(items: readonly Item[]): Promise<void> {
    const rows = items.flatMap(({ guild, place, channel, at, entry, gone }) =>
      entry && !gone ? [{ guild, place, channel, at: new Date(at), body: JSON.stringify(entry) }] : [],
    );
    try {
      if (rows.length > 0) await insertLogEntries(this.#o.db, rows);
    } catch (error) {
      this.#o.log.warn(
        { error, entries: rows.length },
        'event logs could not be written down; they are sent all the same',
      );
    }
    for (const item of items) item.secured = true;
    for (const channel of new Set(items.map((item) => item.channel))) this.#queues.get(channel)?.wake();
  }

  async #delete(items: readonly Item[]): Promise<void> {
    try {
      await deleteLogEntries(this.#o.db, items);
    } catch (error) {
      this.#o.log.warn({ error, entries: items.length }, 'event logs that were sent could not be struck out yet');
      this.#over.push(...items);
      this.#writeSoon();
    }
  }
}
