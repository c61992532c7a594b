import { snowflakeTime } from '../../lib/snowflake.ts';

/** A message by its place. */
export interface Placed {
  readonly channel: string;
  readonly id: string;
}

interface Written extends Placed {
  readonly at: number;
}

interface Rate {
  readonly most: number;
  readonly seconds: number;
}

/** Authors, each with a rule, of whom the last messages are kept: those who wrote last. */
const MOST = 20_000;

/** When authors wrote what: how many messages of theirs a stretch of time has. Forgotten with the process. */
export class RateWindows {
  /** In the order in which they were written, which is not the one in which they come where some were missed. */
  readonly #written = new Map<string, readonly Written[]>();

  get size(): number {
    return this.#written.size;
  }

  /**
   * Keeps one message of what `key` stands for, once. Says which there are in the fullest stretch of so many seconds that it is in;
   * at most `most` before it, and as many after it, count.
   */
  record(key: string, { channel, id }: Placed, { most, seconds }: Rate): readonly Placed[] {
    const one = { channel, id, at: snowflakeTime(id) };
    const others = (this.#written.get(key) ?? []).filter((other) => other.id !== id);
    const before = others.filter(({ at }) => at <= one.at).slice(1 - most);
    const after = others.filter(({ at }) => at > one.at).slice(0, most - 1);
    const recent = after.length > 0 ? before : before.filter(({ at }) => at > one.at - seconds * 1_000);
    const kept = [...recent, one, ...after];
    this.#written.delete(key);
    this.#written.set(key, kept);
    const oldest = this.#written.size > MOST ? this.#written.keys().next().value : undefined;
    if (oldest !== undefined) this.#written.delete(oldest);
    return fullest(kept, recent.length, seconds * 1_000);
  }
}

/** Of all stretches of time that one of them is in, what is in the one that has most. */
function fullest(written: readonly Written[], one: number, ms: number): readonly Placed[] {
  let found: readonly Placed[] = [];
  for (let from = one; from >= 0; from -= 1) {
    const end = (written[from]?.at ?? 0) + ms;
    if ((written[one]?.at ?? 0) >= end) break;
    let to = one + 1;
    while ((written[to]?.at ?? end) < end) to += 1;
    if (to - from > found.length) found = written.slice(from, to);
  }
  return found;
}
