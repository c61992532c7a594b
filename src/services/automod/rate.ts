import { snowflakeTime } from '../../lib/snowflake.ts';

/** A message by its place. */
export interface Placed {
  readonly channel: string;
  readonly id: string;
}

/** Authors, each with a rule, of whom the last messages are kept: those who wrote last. */
const MOST = 20_000;

/** When authors wrote what: how many messages of theirs a stretch of time has. Forgotten with the process. */
export class RateWindows {
  readonly #written = new Map<string, Placed[]>();

  get size(): number {
    return this.#written.size;
  }

  /** Keeps one message of what `key` stands for, once; at most `most` of the last `seconds`. Says which there are. */
  record(key: string, message: Placed, { most, seconds }: { readonly most: number; readonly seconds: number }) {
    const from = snowflakeTime(message.id) - seconds * 1_000;
    const before = this.#written.get(key) ?? [];
    const left = before.filter(({ id }) => id !== message.id && snowflakeTime(id) > from);
    const kept = [...left, message].slice(-most);
    this.#written.delete(key);
    this.#written.set(key, kept);
    const oldest = this.#written.size > MOST ? this.#written.keys().next().value : undefined;
    if (oldest !== undefined) this.#written.delete(oldest);
    return kept as readonly Placed[];
  }
}
