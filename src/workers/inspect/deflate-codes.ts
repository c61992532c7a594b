import type { DeflateBits } from './deflate-bits.ts';

export const LONGEST_CODE = 15;
export const END_OF_BLOCK = 256;
/** In which order the lengths of the codes for lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** What symbols stand for: from where on each, and how many bits more say how far beyond. */
export interface Ranges {
  readonly from: readonly number[];
  readonly bits: readonly number[];
}

export const LENGTHS: Ranges = {
  from: [
    ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115],
    ...[131, 163, 195, 227, 258],
  ],
  bits: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0],
};
export const FARS: Ranges = {
  from: [
    ...[1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1_025, 1_537],
    ...[2_049, 3_073, 4_097, 6_145, 8_193, 12_289, 16_385, 24_577],
  ],
  bits: [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13],
};

/** Huffman codes as deflate has them: how many there are of each length, and what they stand for, in order. */
export interface Codes {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

/** The codes that have these lengths, 0 for what has none; Error where there are more than fit. */
function codesOf(lengths: Uint8Array): Codes {
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

/** The codes of a block that brings none: for bytes and lengths, and for how far back. */
export const FIXED: readonly [Codes, Codes] = [
  codesOf(Uint8Array.from({ length: 288 }, (_, at) => (at < 144 ? 8 : at < 256 ? 9 : at < 280 ? 7 : 8))),
  codesOf(new Uint8Array(30).fill(5)),
];

/** The codes of a block that brings its own, for bytes and lengths and for how far back. */
export function readCodes(bits: DeflateBits): readonly [Codes, Codes] {
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
