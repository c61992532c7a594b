import { snowflakeTime } from '../../lib/snowflake.ts';
import { type Compared, isNear } from './near.ts';

/** A message as the windows keep it. */
export interface Copy extends Compared {
  readonly guild: string;
  readonly channel: string;
  readonly id: string;
  readonly username: string;
  readonly roles: readonly string[];
}

/** What one rule has met: all that belongs to it is dealt with as one thing, whoever wrote it. */
export interface Flood {
  /** Whether moderators have been told of it. */
  told: boolean;
  /** By author: the message by which what is done to them is known. */
  readonly authors: Map<string, string>;
}

interface Kept {
  copy: Copy;
  readonly at: number;
  /** By rule. */
  floods: Map<string, Flood> | undefined;
}

export interface Window {
  readonly seconds: number;
  readonly by: 'author' | 'anyone';
}

/** Messages that one server's window keeps, and all windows together; of about 400 bytes each. */
const MOST_OF_A_SERVER = 2_048;
const MOST = 100_000;

/** The last messages of servers that have a rule about floods: which of them are nearly the same. Forgotten with the process. */
export class FloodWindows {
  /** The server that wrote last stands last. */
  readonly #servers = new Map<string, Kept[]>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Keeps a message for so long; an edit takes the place of what it was. */
  record(copy: Copy, { keepMs, edited }: { readonly keepMs: number; readonly edited: boolean }): void {
    const kept = this.#servers.get(copy.guild) ?? [];
    this.#servers.delete(copy.guild);
    this.#servers.set(copy.guild, kept);
    const known = edited ? kept.findLast((one) => one.copy.id === copy.id) : undefined;
    if (known) {
      known.copy = copy;
      return;
    }
    const at = snowflakeTime(copy.id);
    this.#drop(kept, (first) => first.at < at - keepMs || kept.length >= MOST_OF_A_SERVER);
    kept.push({ copy, at, floods: undefined });
    this.#size += 1;
    this.#makeRoom();
  }

  /** Those that are nearly the same as this message in a window of time around it, itself among them. */
  like(copy: Copy, window: Window): readonly Copy[] {
    return this.#like(copy, window).map((kept) => kept.copy);
  }

  /**
   * All that belongs to a flood of this message: what is like it, and what is like that. What belonged to one of the rule's before
   * belongs to the same.
   */
  flood(copy: Copy, rule: string, window: Window): { readonly flood: Flood; readonly copies: readonly Copy[] } {
    const found = new Set(this.#like(copy, window));
    for (const near of [...found]) for (const other of this.#like(near.copy, window)) found.add(other);
    const known = [...found].flatMap(({ floods }) => floods?.get(rule) ?? []);
    const flood = known[0] ?? { told: false, authors: new Map<string, string>() };
    for (const kept of found) {
      kept.floods ??= new Map();
      kept.floods.set(rule, flood);
    }
    return { flood, copies: [...found].map((kept) => kept.copy) };
  }

  #like(copy: Copy, { seconds, by }: Window): readonly Kept[] {
    const at = snowflakeTime(copy.id);
    const kept = this.#servers.get(copy.guild) ?? [];
    return kept.filter(
      (one) =>
        Math.abs(one.at - at) <= seconds * 1_000 &&
        (by === 'anyone' || one.copy.author === copy.author) &&
        isNear(copy, one.copy),
    );
  }

  #drop(kept: Kept[], old: (first: Kept) => boolean): void {
    for (let first = kept[0]; first && old(first); first = kept[0]) {
      kept.shift();
      this.#size -= 1;
    }
  }

  /** The server that has been silent for longest gives way. */
  #makeRoom(): void {
    for (const [guild, kept] of this.#servers) {
      if (this.#size <= MOST) return;
      this.#drop(kept, () => this.#size > MOST);
      if (kept.length === 0) this.#servers.delete(guild);
    }
  }
}
