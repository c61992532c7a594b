import type { Budget } from './budget.ts';
import { type Codes, codesOf, DeflateBits } from './deflate-bits.ts';

const END_OF_BLOCK = 256;
/** In which order the lengths of the codes for lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const FIXED = codesOf(Uint8Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8)));
const FIXED_FARS = codesOf(new Uint8Array(30).fill(5));

/** What symbols stand for: from where on each, and how many bits more say how far beyond. */
interface Ranges {
  readonly from: readonly number[];
  readonly bits: readonly number[];
}

const LENGTHS: Ranges = {
  from: [
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
    ...[131, 163, 195, 227, 258],
  ],
  bits: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
};
const FARS: Ranges = {
  from: [
    ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537],
    ...[2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577],
  ],
  bits: [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
};

/**
 * The first `most` bytes of a raw deflate stream, fewer where it ends before; Error where it is broken until there,
 * LimitError when the time is up. Our own beside the library's, which sets up 160 kilobytes for each step it takes: a
 * glance at each of a thousand files costs a fifth of that here, and stops to the byte, whatever comes out of a bomb.
 */
export function startOfDeflated(
  packed: Uint8Array,
  most: number,
  budget: Pick<Budget, 'checkTime'>,
): Uint8Array<ArrayBuffer> {
  const bits = new DeflateBits(packed);
  const out = new Start(most);
  for (let last = 0; last === 0 && out.room > 0; ) {
    budget.checkTime(); // blocks may be empty, and as many as there is room for
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 0) stored(bits, out);
    else if (kind === 1) coded(bits, out, FIXED, FIXED_FARS);
    else if (kind === 2) coded(bits, out, ...readCodes(bits));
    else throw new Error('deflate: no such block');
  }
  return out.bytes();
}

function stored(bits: DeflateBits, out: Start): void {
  bits.bytes(0);
  const size = bits.read(16);
  if (size !== (bits.read(16) ^ 0xffff)) throw new Error('deflate: a block lies about its size');
  const wanted = Math.min(size, out.room);
  const bytes = bits.bytes(wanted);
  if (bytes.length < wanted) throw new Error('deflate: cut off');
  out.push(bytes);
}

function coded(bits: DeflateBits, out: Start, symbols: Codes, fars: Codes): void {
  while (out.room > 0) {
    const symbol = bits.symbol(symbols);
    if (symbol < END_OF_BLOCK) out.byte(symbol);
    else if (symbol === END_OF_BLOCK) return;
    else {
      const length = inRange(bits, LENGTHS, symbol - END_OF_BLOCK - 1);
      out.repeat(length, inRange(bits, FARS, bits.symbol(fars)));
    }
  }
}

function inRange(bits: DeflateBits, ranges: Ranges, symbol: number): number {
  const [from, more] = [ranges.from[symbol], ranges.bits[symbol]];
  if (from === undefined || more === undefined) throw new Error('deflate: no such symbol');
  return from + bits.read(more);
}

/** The codes of a block that brings its own, for bytes and lengths and for how far back. */
function readCodes(bits: DeflateBits): [Codes, Codes] {
  const [symbols, fars, own] = [bits.read(5) + 257, bits.read(5) + 1, bits.read(4) + 4];
  const lengths = new Uint8Array(ORDER.length);
  for (const place of ORDER.slice(0, own)) lengths[place] = bits.read(3);
  const all = readLengths(bits, codesOf(lengths), symbols + fars);
  return [codesOf(all.subarray(0, symbols)), codesOf(all.subarray(symbols))];
}

function readLengths(bits: DeflateBits, codes: Codes, count: number): Uint8Array {
  const lengths = new Uint8Array(count);
  for (let at = 0; at < count; ) {
    const symbol = bits.symbol(codes);
    if (symbol < 16) {
      lengths[at++] = symbol;
      continue;
    }
    const value = symbol === 16 ? (lengths[at - 1] ?? 0) : 0;
    const end = at + (symbol === 16 ? 3 + bits.read(2) : symbol === 17 ? 3 + bits.read(3) : 11 + bits.read(7));
    if (end > count) throw new Error('deflate: more lengths than codes');
    lengths.fill(value, at, end);
    at = end;
  }
  return lengths;
}

/** The bytes that came until now, and room for as many as are wanted. */
class Start {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  #length = 0;

  constructor(most: number) {
    this.#bytes = new Uint8Array(most);
  }

  get room(): number {
    return this.#bytes.length - this.#length;
  }

  byte(value: number): void {
    this.#bytes[this.#length++] = value;
  }

  push(bytes: Uint8Array): void {
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  repeat(length: number, far: number): void {
    if (far > this.#length) throw new Error('deflate: repeats what never was');
    const bytes = this.#bytes;
    const end = Math.min(this.#length + length, bytes.length);
    for (let at = this.#length; at < end; at++) bytes[at] = bytes[at - far] ?? 0;
    this.#length = end;
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#length);
  }
}
