const LONGEST_CODE = 15;

/** Huffman codes as deflate has them: how many there are of each length, and what they stand for, in order. */
export interface Codes {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** The codes that have these lengths, 0 for what has none; Error where there are more than fit. */
export function codesOf(lengths: Uint8Array): Codes {
  const counts = new Uint16Array(LONGEST_CODE + 1);
  for (const length of lengths) if (length > 0) counts[length] = (counts[length] ?? 0) + 1;
  const places = new Uint16Array(LONGEST_CODE + 2);
  for (let length = 1, room = 2; length <= LONGEST_CODE; length++) {
    const count = counts[length] ?? 0;
    if (count > room) throw new Error('deflate: more codes than fit');
    room = (room - count) * 2;
    places[length + 1] = (places[length] ?? 0) + count;
  }
  const symbols = new Uint16Array(lengths.length);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    const place = places[length] ?? 0;
    symbols[place] = symbol;
    places[length] = place + 1;
  }
  return { counts, symbols };
}

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

  /** From the next whole byte on, as many as there are. */
  bytes(count: number): Uint8Array {
    this.#bits = 0;
    this.#count = 0;
    const found = this.#bytes.subarray(this.#at, this.#at + count);
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
