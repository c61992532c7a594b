import type { Budget } from '../budget.ts';

const MOST_CODES = 4_096;

/**
 * Unpacks the pixels of a GIF frame, an index of the palette each. Never more than `count`; those that are missing at
 * the end of a broken one are 0. `blocks` gives the packed bytes.
 */
export function unpackLzw(blocks: Iterable<Uint8Array>, firstSize: number, count: number, budget: Budget): Uint8Array {
  const pixels = new Uint8Array(count);
  const table = new Table(firstSize);
  let written = 0;
  let [held, bits] = [0, 0];
  for (const block of blocks) {
    budget.checkTime();
    for (const byte of block) {
      held |= byte << bits;
      bits += 8;
      while (bits >= table.size) {
        const code = held & ((1 << table.size) - 1);
        held >>>= table.size;
        bits -= table.size;
        if (code === table.end) return pixels;
        const next = table.write(code, pixels, written);
        if (next === undefined || next >= count) return pixels;
        written = next;
      }
    }
  }
  return pixels;
}

/** The strings that codes stand for: each is another one and a pixel more. */
class Table {
  readonly end: number;
  readonly #clear: number;
  readonly #firstSize: number;
  readonly #prefixes = new Uint16Array(MOST_CODES);
  readonly #pixels = new Uint8Array(MOST_CODES);
  readonly #lengths = new Uint16Array(MOST_CODES);
  #next: number;
  #last = -1;
  /** Bits of the next code. */
  size: number;

  constructor(firstSize: number) {
    this.#clear = 1 << firstSize;
    this.end = this.#clear + 1;
    this.#firstSize = firstSize;
    for (let code = 0; code < this.#clear; code++) {
      this.#pixels[code] = code;
      this.#lengths[code] = 1;
    }
    this.#next = this.end + 1;
    this.size = firstSize + 1;
  }

  /** Writes what a code stands for and says where the next begins; undefined when there is no such code. */
  write(code: number, target: Uint8Array, at: number): number | undefined {
    if (code === this.#clear) {
      this.#next = this.end + 1;
      this.size = this.#firstSize + 1;
      this.#last = -1;
      return at;
    }
    const known = code < this.#next;
    if (!known && (code !== this.#next || this.#last < 0)) return undefined;
    const from = known ? code : this.#last;
    const first = this.#spell(from, target, at);
    let end = at + (this.#lengths[from] ?? 0);
    if (!known) {
      if (end < target.length) target[end] = first;
      end++;
    }
    this.#learn(first);
    this.#last = code;
    return end;
  }

  /** From its last pixel to its first, which it returns; what has no room is left out. */
  #spell(code: number, target: Uint8Array, at: number): number {
    let rest = code;
    for (let place = at + (this.#lengths[code] ?? 0) - 1; place > at; place--) {
      if (place < target.length) target[place] = this.#pixels[rest] ?? 0;
      rest = this.#prefixes[rest] ?? 0;
    }
    const first = this.#pixels[rest] ?? 0;
    if (at < target.length) target[at] = first;
    return first;
  }

  #learn(pixel: number): void {
    if (this.#last < 0 || this.#next >= MOST_CODES) return;
    this.#prefixes[this.#next] = this.#last;
    this.#pixels[this.#next] = pixel;
    this.#lengths[this.#next] = (this.#lengths[this.#last] ?? 0) + 1;
    this.#next++;
    if (this.#next === 1 << this.size && this.size < 12) this.size++;
  }
}
