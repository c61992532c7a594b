import type { DeflateBits } from './deflate-bits.ts';
import { type Codes, END_OF_BLOCK, FARS, FIXED, LENGTHS, readCodes } from './deflate-codes.ts';

/** In a table a symbol stands above the length of its code, which has so many bits; 0 is no code. */
const LENGTH_FIELD = 4;
const LENGTH_MASK = (1 << LENGTH_FIELD) - 1;
/** Bits at hand before a code and what belongs to it is read, and how many bytes that may be ahead of what is read. */
const ENOUGH = 24;
const AHEAD = 4;

const [LENGTH_FROM, LENGTH_BITS] = [Uint16Array.from(LENGTHS.from), Uint8Array.from(LENGTHS.bits)];
const [FAR_FROM, FAR_BITS] = [Uint16Array.from(FARS.from), Uint8Array.from(FARS.bits)];

/** The longest piece that is repeated at once, and how far back it may begin. */
export const LONGEST_REPEAT = 258;
export const FARTHEST = 32_768;

/** For each value of the next so many bits, as many as the longest code has: a symbol, and how long its code is. */
interface Tables {
  readonly symbols: Uint16Array;
  readonly fars: Uint16Array;
}

/** How many bytes have come out, and how many bits have been read. */
export interface Place {
  size: number;
  bits: number;
}

const FIXED_TABLES: Tables = { symbols: tableOf(FIXED[0]), fars: tableOf(FIXED[1]) };

/** Of a block whose bytes stand in codes: kind 1 brings none, 2 its own, which are read; Error for any other. */
export function tablesOf(kind: number, bits: DeflateBits): Tables {
  if (kind === 1) return FIXED_TABLES;
  if (kind !== 2) throw new Error('deflate: no such block');
  const [symbols, fars] = readCodes(bits);
  return { symbols: tableOf(symbols), fars: tableOf(fars) };
}

/**
 * Goes on to the end of a block (true), or until there are `most` bytes, or up to `LONGEST_REPEAT` more; puts them into `out`
 * or only counts them. Here the time goes, a step for each symbol, so everything stands in variables of its own.
 */
export function readBlock(
  packed: Uint8Array,
  { symbols, fars }: Tables,
  place: Place,
  most: number,
  out?: Uint8Array,
): boolean {
  const [symbolMask, farMask, end, skipped] = [symbols.length - 1, fars.length - 1, packed.length, place.bits & 7];
  let { size } = place;
  let at = place.bits >>> 3;
  let bits = skipped > 0 ? (packed[at++] ?? 0) >>> skipped : 0;
  let left = skipped > 0 ? 8 - skipped : 0;
  let over = false;
  while (size < most) {
    for (; left < ENOUGH; left += 8) bits |= (packed[at++] ?? 0) << left;
    if (at > end + AHEAD) break;
    const code = symbols[bits & symbolMask] ?? 0;
    bits >>>= code & LENGTH_MASK;
    left -= code & LENGTH_MASK;
    const symbol = (code >>> LENGTH_FIELD) - END_OF_BLOCK - 1;
    if (code === 0) throw new Error('deflate: no such code');
    if (symbol < -1) {
      if (out) out[size] = code >>> LENGTH_FIELD;
      size++;
      continue;
    }
    if (symbol === -1) {
      over = true;
      break;
    }
    const more = LENGTH_BITS[symbol];
    if (more === undefined) throw new Error('deflate: no such symbol');
    const length = (LENGTH_FROM[symbol] ?? 0) + (bits & ((1 << more) - 1));
    bits >>>= more;
    left -= more;
    for (; left < ENOUGH; left += 8) bits |= (packed[at++] ?? 0) << left;
    const farCode = fars[bits & farMask] ?? 0;
    bits >>>= farCode & LENGTH_MASK;
    left -= farCode & LENGTH_MASK;
    const farMore = FAR_BITS[farCode >>> LENGTH_FIELD];
    if (farCode === 0 || farMore === undefined) throw new Error('deflate: no such symbol');
    for (; left < ENOUGH; left += 8) bits |= (packed[at++] ?? 0) << left;
    const far = (FAR_FROM[farCode >>> LENGTH_FIELD] ?? 0) + (bits & ((1 << farMore) - 1));
    if (far > size) throw new Error('deflate: repeats what never was');
    bits >>>= farMore;
    left -= farMore;
    if (out) for (let to = size; to < size + length; to++) out[to] = out[to - far] ?? 0;
    size += length;
  }
  place.size = size;
  place.bits = at * 8 - left;
  if (place.bits > end * 8) throw new Error('deflate: cut off');
  return over;
}

function tableOf({ counts, symbols }: Codes): Uint16Array {
  const longest = Math.max(
    1,
    counts.findLastIndex((number) => number > 0),
  );
  const table = new Uint16Array(1 << longest);
  let [code, index] = [0, 0];
  for (let length = 1; length <= longest; length++, code <<= 1) {
    for (let left = counts[length] ?? 0; left > 0; left--, code++, index++) {
      const place = ((symbols[index] ?? 0) << LENGTH_FIELD) | length;
      for (let at = reversed(code, length); at < table.length; at += 1 << length) table[at] = place;
    }
  }
  return table;
}

/** Codes are read from their highest bit on, everything else from its lowest. */
function reversed(code: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit++) turned |= ((code >>> bit) & 1) << (length - 1 - bit);
  return turned;
}
