/** A picture hash of a list that is within reach of one that was asked for. */
export interface LookAlike {
  /** Which of those asked for. */
  readonly hash: number;
  /** Its place in the list. */
  readonly place: number;
  /** In how many of 64 bits they differ. */
  readonly distance: number;
}

const MOST_FOUND = 100;

/**
 * A list of 64-bit hashes, searched from end to end: comparing two takes a few operations without a branch, which
 * beats trees at this distance (they visit most of their nodes) and needs nothing to be built.
 */
export class LookAlikes {
  readonly #words: Uint32Array;

  /** Eight bytes a hash, the most significant first; what is behind the last whole one is ignored. */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#words = Uint32Array.from({ length: Math.floor(bytes.length / 8) * 2 }, (_, word) => view.getUint32(word * 4));
  }

  get size(): number {
    return this.#words.length / 2;
  }

  /** The nearest first, at most a hundred. `hashes` are of 16 hexadecimal digits. */
  within(hashes: readonly string[], distance: number): readonly LookAlike[] {
    const found: LookAlike[] = [];
    for (const [hash, digits] of hashes.entries()) {
      const [high, low] = [Number.parseInt(digits.slice(0, 8), 16), Number.parseInt(digits.slice(8), 16)];
      this.#search(hash, high, low, { distance, found });
    }
    return found.sort((a, b) => a.distance - b.distance || a.place - b.place).slice(0, MOST_FOUND);
  }

  #search(
    hash: number,
    high: number,
    low: number,
    { distance, found }: { distance: number; found: LookAlike[] },
  ): void {
    const words = this.#words;
    let most = distance;
    for (let at = 0; at < words.length; at += 2) {
      const differing = ones((words[at] ?? 0) ^ high) + ones((words[at + 1] ?? 0) ^ low);
      if (differing > most) continue;
      found.push({ hash, place: at / 2, distance: differing });
      // A list of nothing but look-alikes: from here on only better ones are of interest.
      if (found.length >= 10 * MOST_FOUND) most = Math.min(most, differing - 1);
    }
  }
}

/** How many bits of 32 are set. */
function ones(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
