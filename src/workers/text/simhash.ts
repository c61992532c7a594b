/** Sixty-four bits, as two whole numbers of 32, signed as bit operations give them. */
export type Simhash = readonly [number, number];

/** Letters that are looked at together. */
const SHINGLE = 3;
const FIGURE = /\p{N}+/gu;
const NO_LETTER = /[^\p{L}\p{M}\p{N}]+/gu;
/** Bits of a count: more shingles than any message has. */
const PLANES = 18;

/**
 * A hash of a canonical text of which few bits change when few letters do. Signs and pictures do not count, and a number is
 * like any other. Of few letters it says whether two are the same, no more.
 */
export function simhash(text: string): Simhash {
  const letters = text.replace(FIGURE, '0').replace(NO_LETTER, ' ').trim();
  const counts = [new Int32Array(PLANES), new Int32Array(PLANES)] as const;
  const shingles = Math.max(letters.length - SHINGLE + 1, 1);
  for (let at = 0; at < shingles; at++) {
    let [one, two] = [0x811c_9dc5, 0x9747_b28c];
    for (let unit = at; unit < Math.min(at + SHINGLE, letters.length); unit++) {
      one = Math.imul(one ^ letters.charCodeAt(unit), 0x0100_0193);
      two = Math.imul(two ^ letters.charCodeAt(unit), 0x5bd1_e995);
    }
    add(counts[0], mixed(one));
    add(counts[1], mixed(two));
  }
  return [majority(counts[0], shingles), majority(counts[1], shingles)];
}

/** So that every bit depends on every letter. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}

/** Adds each bit to its own count; a plane has one binary digit of all 32 counts, so that they are added up at once. */
function add(planes: Int32Array, bits: number): void {
  let carry = bits;
  for (let plane = 0; carry !== 0 && plane < PLANES; plane++) {
    const had = planes[plane] ?? 0;
    planes[plane] = had ^ carry;
    carry &= had;
  }
}

/** The bits that more than half of all have. */
function majority(planes: Int32Array, all: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32; bit++) {
    let count = 0;
    for (let plane = 0; plane < PLANES; plane++) count |= (((planes[plane] ?? 0) >>> bit) & 1) << plane;
    if (2 * count > all) bits |= 1 << bit;
  }
  return bits;
}

/** How many of the 64 bits differ. */
export function distance([a, b]: Simhash, [c, d]: Simhash): number {
  return ones(a ^ c) + ones(b ^ d);
}

function ones(bits: number): number {
  let sum = bits - ((bits >>> 1) & 0x5555_5555);
  sum = (sum & 0x3333_3333) + ((sum >>> 2) & 0x3333_3333);
  return Math.imul((sum + (sum >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
}
