import type { Segment } from '../../workers/diff/diff-words.ts';
import type { Attached } from '../answers/answer.ts';
import type { LogEntry } from './entry.ts';

/** What Discord takes in one message besides, or what is told in a file. */
export interface Drawn {
  /** What became what, word by word. */
  readonly difference?: readonly Segment[];
  readonly file?: Attached;
  /** Files of deleted messages, sent once more. */
  readonly kept?: readonly Attached[];
  /** Names of files that could not be. */
  readonly lost?: readonly string[];
}

/** An entry on its way to its channel, in its place among the others. */
export class Item {
  readonly guild: string;
  readonly channel: string;
  /** Rises from one to the next of a server. */
  readonly place: number;
  readonly at: number;
  /** Nothing while something has to be looked up for it. */
  entry: LogEntry | undefined;
  /** Left out after all. */
  gone = false;
  /** Whether the database has it, or cannot be asked to. */
  secured = false;
  drawn: Drawn = {};
  /** Gives back the memory of what is sent with it. */
  release: (() => void) | undefined;
  /** Whether something is still being made for it in a thread. */
  drawing = false;
  /** Until when it waits for who did it, by `performance.now()`. */
  patience = 0;
  /** Hears of who did it only after it was sent. */
  onLate: (() => void) | undefined;

  constructor({ guild, channel, place, at }: Pick<Item, 'guild' | 'channel' | 'place' | 'at'>) {
    this.guild = guild;
    this.channel = channel;
    this.place = place;
    this.at = at;
  }

  /** It is over: of what was sent with it only the names are still needed, where it is corrected. */
  letGo(): void {
    this.release?.();
    this.release = undefined;
    const { kept } = this.drawn;
    if (kept) this.drawn = { ...this.drawn, kept: kept.map((file) => ({ ...file, bytes: new Uint8Array() })) };
  }

  /** Milliseconds until it can be sent; 0 for now, infinity while something else has to happen before. */
  waitMs(now: number): number {
    if (this.gone) return 0;
    if (!this.entry || !this.secured || this.drawing) return Number.POSITIVE_INFINITY;
    return this.entry.actor === null ? Math.max(0, this.patience - now) : 0;
  }
}
