import { snowflakeTime } from '../../lib/snowflake.ts';
import type { Compared } from './near.ts';
import { type Kept, ServerWindow } from './server-window.ts';

/** A message as the windows keep it. */
export interface Copy extends Compared {
  readonly guild: string;
  readonly channel: string;
  readonly id: string;
  readonly username: string;
  readonly roles: readonly string[];
  /** The webhook over which it came; nothing of what a member wrote. */
  readonly webhook: string | undefined;
}

/** What one rule has met: all that belongs to it is dealt with as one thing, whoever wrote it. */
export interface Flood {
  readonly id: string;
  /** Whether moderators have been told of it. */
  told: boolean;
  /** Until when what was told of it is not brought up to date. */
  freshAt: number;
  /** By author: the message by which what is done to them is known. */
  readonly authors: Map<string, string>;
  /** Messages that somebody sees to already, the latest. */
  readonly doomed: Set<string>;
}

interface Window {
  readonly seconds: number;
  readonly by: 'author' | 'anyone';
}

function newFlood(): Flood {
  return { id: crypto.randomUUID(), told: false, freshAt: 0, authors: new Map(), doomed: new Set() };
}

/** Messages that one server's window keeps, and all windows together; of about 400 bytes each. */
const MOST_OF_A_SERVER = 2_048;
const MOST = 100_000;
/** Copies of which it is looked what is like them, of those that belong to no flood yet. */
const MOST_FOLLOWED = 50;

/** The last messages of servers that have a rule about floods: which of them are nearly the same. Forgotten with the process. */
export class FloodWindows {
  /** The server that wrote last stands last. */
  readonly #servers = new Map<string, ServerWindow>();
  #size = 0;
  /** What is like the message that came last: each rule asks. */
  #last: { readonly copy: Copy; readonly like: Partial<Record<Window['by'], readonly Kept[]>> } | undefined;

  get size(): number {
    return this.#size;
  }

  /** Keeps a message for so long; an edit takes the place of what it was. */
  record(copy: Copy, { keepMs, edited }: { readonly keepMs: number; readonly edited: boolean }): void {
    const kept = this.#servers.get(copy.guild) ?? new ServerWindow();
    this.#servers.delete(copy.guild);
    this.#servers.set(copy.guild, kept);
    this.#last = undefined;
    if (edited && kept.change(copy)) return;
    const at = snowflakeTime(copy.id);
    this.#drop(kept, ({ at: first }) => first < at - keepMs || kept.size >= MOST_OF_A_SERVER);
    kept.add({ copy, at, floods: undefined });
    this.#size += 1;
    this.#makeRoom();
  }

  /** Those that are nearly the same as this message in a window of time around it, itself among them. */
  like(copy: Copy, window: Window): readonly Copy[] {
    return this.#within(copy, window).map((kept) => kept.copy);
  }

  /**
   * All that belongs to a flood of this message: what is like it, and what is like that. What belonged to one of the rule's before
   * belongs to the same.
   */
  flood(copy: Copy, rule: string, window: Window): { readonly flood: Flood; readonly copies: readonly Copy[] } {
    const found = new Set(this.#within(copy, window));
    const met = ({ floods }: Kept) => floods?.has(rule) === true;
    for (const near of [...found].filter((one) => !met(one)).slice(-MOST_FOLLOWED)) {
      for (const other of this.#within(near.copy, window)) found.add(other);
    }
    const known = [...found].flatMap(({ floods }) => floods?.get(rule) ?? []);
    const flood = known[0] ?? newFlood();
    for (const kept of found) {
      kept.floods ??= new Map();
      kept.floods.set(rule, flood);
    }
    return { flood, copies: [...found].map((kept) => kept.copy) };
  }

  #within(copy: Copy, { seconds, by }: Window): readonly Kept[] {
    const at = snowflakeTime(copy.id);
    return this.#like(copy, by).filter((one) => Math.abs(one.at - at) <= seconds * 1_000);
  }

  #like(copy: Copy, by: Window['by']): readonly Kept[] {
    if (this.#last?.copy !== copy) this.#last = { copy, like: {} };
    const { like } = this.#last;
    like[by] ??= this.#servers.get(copy.guild)?.like(copy, by) ?? [];
    return like[by];
  }

  #drop(kept: ServerWindow, old: (first: Kept) => boolean): void {
    for (let { first } = kept; first && old(first); { first } = kept) {
      kept.dropFirst();
      this.#size -= 1;
    }
  }

  /** The server that has been silent for longest gives way. */
  #makeRoom(): void {
    for (const [guild, kept] of this.#servers) {
      if (this.#size <= MOST) return;
      this.#drop(kept, () => this.#size > MOST);
      if (kept.size === 0) this.#servers.delete(guild);
    }
  }
}
