import { BotError, StoppingError } from '../../lib/errors.ts';
import type { Logger } from '../../lib/log.ts';
import { MOST_IN_FILE } from './compose.ts';
import type { Item } from './item.ts';

/** What became of a try to send. */
export type Sending =
  | { readonly kind: 'sent'; readonly items: readonly Item[] }
  /** Discord does not take it, ever. */
  | { readonly kind: 'refused' }
  /** The bot may not write there. */
  | { readonly kind: 'closed' }
  /** There is no such channel. */
  | { readonly kind: 'channelGone' };

/** What has been sent already, or may have been: the same items again, and since when. */
export interface Try {
  readonly items: readonly Item[];
  /** How many are missing before them. */
  readonly dropped: number;
  readonly since: { readonly at: Date; readonly began: number } | undefined;
}

export interface QueueOptions {
  readonly channel: string;
  readonly log: Logger;
  readonly now: () => Date;
  /** Between two messages. Milliseconds. */
  readonly everyMs: number;
  readonly send: (channel: string, one: Try) => Promise<Sending>;
  /** These are over, sent or not. */
  readonly onOver: (items: readonly Item[]) => void;
}

/** What is held for a channel at most; beyond that the oldest go. */
const MOST_HELD = 10_000;
const CLOSED_PAUSE_MS = 60_000;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/** What goes into one channel, in its order, some at a time. */
export class ChannelQueue {
  readonly #o: QueueOptions;
  #items: Item[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #busy = false;
  #closed = false;
  #held = false;
  /** Not before, by `performance.now()`. */
  #notBefore = 0;
  #pauseMs = FIRST_PAUSE_MS;
  #dropped = 0;
  /** What was tried last, where nobody knows whether it was sent. */
  #open: Try | undefined;
  /** After a refusal, so that one alone is at fault. */
  #oneAtATime = 0;

  constructor(options: QueueOptions) {
    this.#o = options;
  }

  get size(): number {
    return this.#items.length;
  }

  get idle(): boolean {
    return this.#items.length === 0 && !this.#busy && !this.#held && performance.now() > this.#notBefore;
  }

  push(item: Item): void {
    this.#items.push(item);
    if (this.#items.length > MOST_HELD) this.#dropOldest();
  }

  /** What an earlier process has left comes before all else. */
  putFirst(items: readonly Item[]): void {
    this.#items = [...items, ...this.#items];
  }

  /** Sends nothing until `release`. */
  hold(): void {
    this.#held = true;
  }

  release(): void {
    this.#held = false;
    this.wake();
  }

  /** Something has changed: looks whether anything can be sent, now or soon. */
  wake(): void {
    clearTimeout(this.#timer);
    if (this.#busy || this.#held || this.#closed) return;
    while (this.#items[0]?.gone) this.#items.shift();
    const [first] = this.#items;
    if (!first) return;
    const now = performance.now();
    const waitMs = this.#open ? 0 : first.waitMs(now);
    if (waitMs === Number.POSITIVE_INFINITY) return;
    const due = Math.max(waitMs, this.#notBefore - now);
    if (due > 0) this.#timer = setTimeout(() => this.wake(), due);
    else void this.#run();
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#busy = true;
    const one = this.#open ?? this.#next();
    const since = { at: this.#o.now(), began: performance.now() };
    try {
      const outcome = await this.#o.send(this.#o.channel, one);
      this.#pauseMs = FIRST_PAUSE_MS;
      this.#open = undefined;
      this.#settle(outcome, one);
    } catch (error) {
      if (error instanceof StoppingError) return this.close();
      this.#o.log.warn({ error, channel: this.#o.channel }, 'event logs could not be sent yet');
      // What the bot itself could not do was not sent; whether Discord has it nobody knows.
      this.#open = error instanceof BotError ? undefined : { ...one, since: one.since ?? since };
      this.#notBefore = performance.now() + this.#pauseMs;
      this.#pauseMs = Math.min(this.#pauseMs * 2, LONGEST_PAUSE_MS);
    } finally {
      this.#busy = false;
    }
    this.wake();
  }

  #next(): Try {
    const now = performance.now();
    const ready: Item[] = [];
    const most = this.#oneAtATime > 0 ? 1 : MOST_IN_FILE;
    for (const item of this.#items) {
      if (item.waitMs(now) > 0 || ready.length === most) break;
      ready.push(item);
    }
    return { items: ready, dropped: this.#dropped, since: undefined };
  }

  #settle(outcome: Sending, { items, dropped }: Try): void {
    this.#notBefore = performance.now() + this.#o.everyMs;
    switch (outcome.kind) {
      case 'sent':
        this.#dropped -= dropped;
        this.#oneAtATime = Math.max(0, this.#oneAtATime - 1);
        this.#over([...outcome.items, ...items.filter(({ gone }) => gone)]);
        return;
      case 'refused':
        if (items.length > 1) this.#oneAtATime = items.length;
        else this.#over(items);
        return;
      case 'closed':
        this.#notBefore = performance.now() + CLOSED_PAUSE_MS;
        return;
      case 'channelGone':
        this.#over([...this.#items]);
        return;
      default: {
        outcome satisfies never;
      }
    }
  }

  #over(items: readonly Item[]): void {
    const over = new Set(items);
    this.#items = this.#items.filter((item) => !over.has(item));
    this.#o.onOver(items);
  }

  #dropOldest(): void {
    const open = new Set(this.#open?.items);
    const oldest = this.#items.slice(0, MOST_HELD / 10).filter((item) => !open.has(item));
    this.#dropped += oldest.length;
    this.#over(oldest);
    for (const item of oldest) item.gone = true;
    this.#o.log.warn(
      { channel: this.#o.channel, entries: oldest.length },
      'too much waits for a channel of event logs',
    );
  }
}
