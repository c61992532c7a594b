import type { Budget } from './budget.ts';
import { DeflateBits } from './deflate-bits.ts';
import { type Codes, END_OF_BLOCK, FARS, FIXED, LENGTHS, readCodes } from './deflate-codes.ts';

/** So many bytes are counted between two looks at the clock. */
const SLICE = 1_000_000;
/** In a table a symbol stands above the length of its code, which has so many bits; 0 is no code. */
const LENGTH_FIELD = 4;
const LENGTH_MASK = (1 << LENGTH_FIELD) - 1;
/** Bits at hand before a code and what belongs to it is read, and how many bytes that may be ahead of what is read. */
const ENOUGH = 24;
const AHEAD = 4;

const [LENGTH_FROM, LENGTH_BITS] = [Uint16Array.from(LENGTHS.from), Uint8Array.from(LENGTHS.bits)];
const [FAR_FROM, FAR_BITS] = [Uint16Array.from(FARS.from), Uint8Array.from(FARS.bits)];

/**
 * How many bytes come out of a raw deflate stream, `most` where there are as many or more; Error where it is broken until
 * there, LimitError when the time is up. No byte of them is made: what repeats costs one step, however long it is.
 */
export function sizeOfDeflated(packed: Uint8Array, most: number, budget: Pick<Budget, 'checkTime'>): number {
  const bits = new DeflateBits(packed);
  let size = 0;
  for (let last = 0; last === 0 && size < most; ) {
    budget.checkTime(); // blocks may be empty, and as many as there is room for
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 0) size += bits.stored(most - size).length;
    else if (kind === 3) throw new Error('deflate: no such block');
    else size = coded(packed, bits, { size, most, codes: kind === 1 ? FIXED : readCodes(bits) }, budget);
  }
  return Math.min(size, most);
}

interface Block {
  /** What came before it, and when to stop. */
  readonly size: number;
  readonly most: number;
  readonly codes: readonly [Codes, Codes];
}

/** What has come with it. */
function coded(packed: Uint8Array, bits: DeflateBits, { size, most, codes }: Block, budget: Pick<Budget, 'checkTime'>) {
  const [symbols, fars] = [tableOf(codes[0]), tableOf(codes[1])];
  const at = { size, place: bits.place };
  while (at.size < most && !count(packed, symbols, fars, at, Math.min(most, at.size + SLICE))) budget.checkTime();
  bits.place = at.place;
  return at.size;
}

/**
 * Goes on to the end of a block (true), or until `most` bytes are counted. This is where the time goes, a step for each
 * symbol, so everything stands in variables of its own.
 */
function count(
  packed: Uint8Array,
  symbols: Uint16Array,
  fars: Uint16Array,
  state: { size: number; place: number },
  most: number,
): boolean {
  const [symbolMask, farMask, end, skipped] = [symbols.length - 1, fars.length - 1, packed.length, state.place & 7];
  let { size } = state;
  let at = state.place >>> 3;
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
    if ((FAR_FROM[farCode >>> LENGTH_FIELD] ?? 0) + (bits & ((1 << farMore) - 1)) > size)
      throw new Error('deflate: repeats what never was');
    bits >>>= farMore;
    left -= farMore;
    size += length;
  }
  state.size = size;
  state.place = at * 8 - left;
  if (state.place > end * 8) throw new Error('deflate: cut off');
  return over;
}

/** What each so many next bits stand for, as many as the longest code has: a place holds its symbol and how long its code is. */
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
