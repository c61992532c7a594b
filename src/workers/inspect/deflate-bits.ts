import { type Codes, LONGEST_CODE } from './deflate-codes.ts';

/** Reads a deflate stream bit by bit; Error past its end. */
export class DeflateBits {
  readonly #bytes: Uint8Array;
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** As a number of up to 16 bits, the lowest first. */
  read(count: number): number {
    while (this.#count < count) this.#more();
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#count -= count;
    return value;
  }

  /** What the next code stands for. Needs no table but takes a step for each bit: for few bytes that is faster. */
  symbol({ counts, symbols }: Codes): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= LONGEST_CODE; length++) {
      if (this.#count === 0) this.#more();
      code |= this.#bits & 1;
      this.#bits >>>= 1;
      this.#count--;
      const count = counts[length] ?? 0;
      if (code < first + count) return symbols[index + code - first] ?? 0;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Error('deflate: no such code');
  }

  /** How many bits have been read. */
  get place(): number {
    return this.#at * 8 - this.#count;
  }

  /** Goes on where so many bits have been read. */
  set place(bits: number) {
    this.#at = bits >>> 3;
    this.#bits = 0;
    this.#count = 0;
    this.read(bits & 7);
  }

  /** Of a stored block what is in it, or the first `most` bytes. */
  stored(most: number): Uint8Array {
    this.#bits = 0;
    this.#count = 0;
    const size = this.read(16);
    if (size !== (this.read(16) ^ 0xffff)) throw new Error('deflate: a block lies about its size');
    const wanted = Math.min(size, most);
    const found = this.#bytes.subarray(this.#at, this.#at + wanted);
    if (found.length < wanted) throw new Error('deflate: cut off');
    this.#at += wanted;
    return found;
  }

  #more(): void {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('deflate: cut off');
    this.#bits |= byte << this.#count;
    this.#count += 8;
  }
}
