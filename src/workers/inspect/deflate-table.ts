import { type Codes, END_OF_BLOCK, LONGEST_CODE } from './deflate-codes.ts';

/** An entry is a symbol above the length of its code, which has so many bits. */
export const LENGTH_FIELD = 4;
export const LENGTH_MASK = (1 << LENGTH_FIELD) - 1;
/** Below this there are the entries of single bytes. */
export const BYTES_END = END_OF_BLOCK << LENGTH_FIELD;
/** Codes are looked up by so many bits first: a table for as many as the longest has would not fit into the fastest memory. */
const FIRST_BITS = 11;
/** And by the others in a table of their own, of so many entries. */
const OTHERS = 1 << (LONGEST_CODE - FIRST_BITS);
/** A symbol that there is not, for bits that are no code. */
const NO_CODE = ((END_OF_BLOCK + 100) << LENGTH_FIELD) | 1;

/** For each value of the next few bits what they stand for. */
export interface Table {
  readonly entries: Uint16Array;
  readonly mask: number;
}

/** Of the code that bits begin with, 15 at least. */
export function entryOf({ entries, mask }: Table, bits: number): number {
  const entry = entries[bits & mask] ?? 0;
  if ((entry & LENGTH_MASK) > 0) return entry;
  return entries[mask + 1 + entry - BYTES_END + ((bits >>> FIRST_BITS) & (OTHERS - 1))] ?? 0;
}

/** Where a code is longer than what is looked up first, the entry of its beginning, of length 0, says where those for its other bits are. */
export function tableOf({ counts, symbols }: Codes): Table {
  const longest = Math.max(
    1,
    counts.findLastIndex((number) => number > 0),
  );
  const first = 1 << Math.min(longest, FIRST_BITS);
  const entries = new Uint16Array(longest > FIRST_BITS ? first + symbols.length * OTHERS : first).fill(NO_CODE);
  let end = first;
  let [code, index] = [0, 0];
  for (let length = 1; length <= longest; length++, code <<= 1) {
    for (let left = counts[length] ?? 0; left > 0; left--, code++, index++) {
      const entry = ((symbols[index] ?? 0) << LENGTH_FIELD) | length;
      const bits = reversed(code, length);
      if (length <= FIRST_BITS) {
        fillEvery(entries, bits, first, 1 << length, entry);
        continue;
      }
      const beginning = bits & (first - 1);
      if (entries[beginning] === NO_CODE) {
        entries[beginning] = BYTES_END + end - first;
        end += OTHERS;
      }
      const from = first + (entries[beginning] ?? 0) - BYTES_END;
      fillEvery(entries, from + (bits >>> FIRST_BITS), from + OTHERS, 1 << (length - FIRST_BITS), entry);
    }
  }
  return { entries, mask: first - 1 };
}

function fillEvery(entries: Uint16Array, from: number, end: number, step: number, entry: number): void {
  for (let at = from; at < end; at += step) entries[at] = entry;
}

/** Codes are read from their highest bit on, everything else from its lowest. */
function reversed(code: number, length: number): number {
  let turned = 0;
  for (let bit = 0; bit < length; bit++) turned |= ((code >>> bit) & 1) << (length - 1 - bit);
  return turned;
}
