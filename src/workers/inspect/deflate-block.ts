import type { DeflateBits } from './deflate-bits.ts';
import { END_OF_BLOCK, FARS, FIXED, LENGTHS, readCodes } from './deflate-codes.ts';
import { BYTES_END, entryOf, LENGTH_FIELD, LENGTH_MASK, type Table, tableOf } from './deflate-table.ts';

/** A code and what belongs to it, how far back it repeats included: in bits. */
const LONGEST_SYMBOL = 15 + 5 + 15 + 13;

const [LENGTH_FROM, LENGTH_BITS] = [Uint16Array.from(LENGTHS.from), Uint8Array.from(LENGTHS.bits)];
const [FAR_FROM, FAR_BITS] = [Uint16Array.from(FARS.from), Uint8Array.from(FARS.bits)];

/** The longest piece that is repeated at once, and how far back it may begin. */
export const LONGEST_REPEAT = 258;
export const FARTHEST = 32_768;

interface Tables {
  readonly symbols: Table;
  readonly fars: Table;
}

/** How many bytes have come out. */
export interface Progress {
  size: number;
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
 * Goes on to the end of a block (true), or until what is at hand ends or there are `most` bytes, or up to `LONGEST_REPEAT` more;
 * puts them into `out` or only counts them, also those before an Error. Here the time goes, a step for each symbol, so
 * everything stands in variables of its own.
 */
export function readBlock(
  input: DeflateBits,
  { symbols, fars }: Tables,
  progress: Progress,
  most: number,
  out?: Uint8Array,
): boolean {
  const { bytes, whole } = input;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = bytes.length * 8;
  const safe = end - LONGEST_SYMBOL;
  let { place } = input;
  let { size } = progress;
  /** How many of them came before the input may have ended. */
  let sure = size;
  let over = false;
  while (size < most) {
    if (place > safe) {
      if (!whole || place > end) break;
      sure = size;
    }
    let bits = bitsAt(view, place);
    const entry = entryOf(symbols, bits);
    place += entry & LENGTH_MASK;
    if (entry < BYTES_END) {
      if (out) out[size] = entry >>> LENGTH_FIELD;
      size++;
      continue;
    }
    const symbol = (entry >>> LENGTH_FIELD) - END_OF_BLOCK - 1;
    if (symbol === -1) {
      over = true;
      break;
    }
    const more = LENGTH_BITS[symbol];
    if (more === undefined) throw broken('no such symbol', progress, size);
    const length = (LENGTH_FROM[symbol] ?? 0) + ((bits >>> (entry & LENGTH_MASK)) & ((1 << more) - 1));
    place += more;
    bits = bitsAt(view, place);
    const farEntry = entryOf(fars, bits);
    place += farEntry & LENGTH_MASK;
    const farMore = FAR_BITS[farEntry >>> LENGTH_FIELD];
    if (farMore === undefined) throw broken('no such symbol', progress, size);
    const far = (FAR_FROM[farEntry >>> LENGTH_FIELD] ?? 0) + (bitsAt(view, place) & ((1 << farMore) - 1));
    if (far > size) throw broken('repeats what never was', progress, size);
    place += farMore;
    if (out) repeat(out, size, far, length);
    size += length;
  }
  if (whole && place > end) throw broken('cut off', progress, sure);
  progress.size = size;
  input.place = place;
  return over;
}

/** The next 25 bits and some more; behind the end there are none but zeros. */
function bitsAt(view: DataView, place: number): number {
  const at = place >>> 3;
  if (at + 4 <= view.byteLength) return view.getInt32(at, true) >> (place & 7);
  let bits = 0;
  for (let byte = at; byte < view.byteLength; byte++) bits |= view.getUint8(byte) << ((byte - at) * 8);
  return bits >>> (place & 7);
}

function broken(how: string, progress: Progress, size: number): Error {
  progress.size = size;
  return new Error(`deflate: ${how}`);
}

function repeat(out: Uint8Array, size: number, far: number, length: number): void {
  if (far === 1 && length > 8) out.fill(out[size - 1] ?? 0, size, size + length);
  else if (far >= length && length > 40) out.copyWithin(size, size - far, size - far + length);
  else for (let to = size; to < size + length; to++) out[to] = out[to - far] ?? 0;
}
