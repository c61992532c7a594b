import { MOST_BYTES } from './limits.ts';

/** Kept for what is not counted: the rules themselves. */
const HEAD_BYTES = 4 * 1_048_576;

/** Bytes that are left for the tables of a server's compiled rules. */
export class Room {
  #left = MOST_BYTES - HEAD_BYTES;

  /** False, and nothing is taken, where there are not so many. */
  take(bytes: number): boolean {
    if (bytes > this.#left) return false;
    this.#left -= bytes;
    return true;
  }
}
