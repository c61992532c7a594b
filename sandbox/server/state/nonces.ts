import type { Id } from '../snowflake.ts';

interface Known {
  readonly message: Id;
  readonly at: number;
}

const WINDOW_MS = 180_000;

/** Which message was made with which nonce, as far back as Discord remembers: "the past few minutes", no longer. */
export class Nonces {
  readonly #now: () => number;
  readonly #known = new Map<string, Known>();

  constructor(now: () => number) {
    this.#now = now;
  }

  remember(channel: Id, author: Id, nonce: string | number, message: Id): void {
    const oldest = this.#now() - WINDOW_MS;
    for (const [key, { at }] of this.#known) {
      if (at > oldest) break;
      this.#known.delete(key);
    }
    const key = keyOf(channel, author, nonce);
    this.#known.delete(key); // to the end, where the newest are
    this.#known.set(key, { message, at: this.#now() });
  }

  find(channel: Id, author: Id, nonce: string | number): Id | undefined {
    const known = this.#known.get(keyOf(channel, author, nonce));
    return known && this.#now() - known.at < WINDOW_MS ? known.message : undefined;
  }
}

function keyOf(channel: Id, author: Id, nonce: string | number): string {
  return `${channel} ${author} ${typeof nonce} ${nonce}`;
}
