/** What is in a stored block, with what stands in front of it. No other block has as much in front of its codes. */
export const LONGEST_STEP = 65_535 + 8;

const NOTHING = new Uint8Array(0);

/** Where pieces are joined, because a file may have thousands of frames in them. As that in which they are unpacked, it serves one at a time. */
const ROOM = new Uint8Array(4 * LONGEST_STEP);

/** What is packed and comes in pieces of any size, joined a few at a time. */
export class Pieces {
  readonly #from: Iterator<Uint8Array>;
  #length = 0;
  #piece: Uint8Array = NOTHING;
  #ended = false;

  constructor(from: Iterable<Uint8Array>) {
    this.#from = from[Symbol.iterator]();
  }

  /** Whether nothing comes behind what is at hand. */
  get ended(): boolean {
    return this.#ended;
  }

  /** Forgets the first `used` bytes of what is at hand; gives the others, and as many more as there is room for. */
  after(used: number): Uint8Array {
    ROOM.copyWithin(0, used, this.#length);
    this.#length -= used;
    while (this.#length < ROOM.length) {
      if (this.#piece.length === 0 && !this.#next()) break;
      const part = this.#piece.subarray(0, ROOM.length - this.#length);
      ROOM.set(part, this.#length);
      this.#length += part.length;
      this.#piece = this.#piece.subarray(part.length);
    }
    return ROOM.subarray(0, this.#length);
  }

  #next(): boolean {
    const { done, value } = this.#from.next();
    this.#ended = done === true;
    this.#piece = value ?? NOTHING;
    return !this.#ended;
  }
}
