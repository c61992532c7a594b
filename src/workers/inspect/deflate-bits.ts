import { type Codes, LONGEST_CODE } from './deflate-codes.ts';
import { LONGEST_STEP, type Pieces } from './deflate-pieces.ts';

/** Reads a deflate stream bit by bit, which is there as a whole or comes in pieces; Error past its end. */
export class DeflateBits {
  readonly #pieces: Pieces | undefined;
  #bytes: Uint8Array;
  #before = 0;
  #at = 0;
  #bits = 0;
  #count = 0;

  constructor(packed: Uint8Array | Pieces) {
    const whole = packed instanceof Uint8Array;
    this.#pieces = whole ? undefined : packed;
    this.#bytes = whole ? packed : packed.after(0);
  }

  /** What is at hand. */
  get bytes(): Uint8Array {
    return this.#bytes;
  }

  /** Whether nothing comes behind what is at hand. */
  get whole(): boolean {
    return this.#pieces?.ended ?? true;
  }

  /** How many bytes have been begun. */
  get consumed(): number {
    return this.#before + Math.ceil(this.place / 8);
  }

  /** Has more at hand where a block may not be: all of a stored one, the beginning of another. What has been read is forgotten. */
  gather(): void {
    if (!this.#pieces || this.whole || this.#bytes.length - this.#at >= LONGEST_STEP) return;
    const { place } = this;
    const used = place >>> 3;
    this.#bytes = this.#pieces.after(used);
    this.#before += used;
    this.place = place & 7;
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

  /** How many bits have been read of what is at hand. */
  get place(): number {
    return this.#at * 8 - this.#count;
  }

  /** Goes on where so many of those bits have been read. */
  set place(bits: number) {
    this.#at = bits >>> 3;
    this.#bits = 0;
    this.#count = 0;
    this.read(bits & 7);
  }

  /** Of a stored block what is in it, or the first `most` bytes. */
  stored(most: number): Uint8Array {
    const wanted = Math.min(this.storedSize(), most);
    const found = this.upTo(wanted);
    if (found.length < wanted) throw new Error('deflate: cut off');
    return found;
  }

  /** How many bytes are in a stored block; they come next. */
  storedSize(): number {
    this.#bits = 0;
    this.#count = 0;
    const size = this.read(16);
    if (size !== (this.read(16) ^ 0xffff)) throw new Error('deflate: a block lies about its size');
    return size;
  }

  /** The next bytes, as many as there are of so many. */
  upTo(size: number): Uint8Array {
    const found = this.#bytes.subarray(this.#at, this.#at + size);
    this.#at += found.length;
    return found;
  }

  #more(): void {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new Error('deflate: cut off');
    this.#bits |= byte << this.#count;
    this.#count += 8;
  }
}
