/** Sixty-four bits, as two whole numbers of 32, signed as bit operations give them. */
export type Simhash = readonly [number, number];

/** Letters that are looked at together. */
const SHINGLE = 4;
const FIGURE = /\p{N}+/gu;
const NO_LETTER = /[^\p{L}\p{M}\p{N}]+/gu;

/**
 * A hash of a canonical text of which few bits change when few letters do. Signs and pictures do not count, and a number is
 * like any other. Of fewer letters than `SURE_LETTERS` it says whether two are the same, no more.
 */
export function simhash(text: string): Simhash {
  const letters = lettersOf(text);
  const votes = new Int32Array(64);
  const end = Math.max(letters.length - SHINGLE, 0);
  for (let at = 0; at <= end; at++) vote(votes, letters, at);
  return [bitsOf(votes, 0), bitsOf(votes, 32)];
}

/** What of a canonical text counts. */
function lettersOf(text: string): string {
  return text.replace(FIGURE, '0').replace(NO_LETTER, ' ');
}

function vote(votes: Int32Array, letters: string, from: number): void {
  let [one, two] = [0x811c_9dc5, 0x9747_b28c];
  for (let at = from; at < Math.min(from + SHINGLE, letters.length); at++) {
    one = Math.imul(one ^ letters.charCodeAt(at), 0x0100_0193);
    two = Math.imul(two ^ letters.charCodeAt(at), 0x5bd1_e995);
  }
  [one, two] = [mixed(one), mixed(two)];
  for (let bit = 0; bit < 32; bit++) {
    votes[bit] = (votes[bit] ?? 0) + ((one >>> bit) & 1) * 2 - 1;
    votes[bit + 32] = (votes[bit + 32] ?? 0) + ((two >>> bit) & 1) * 2 - 1;
  }
}

/** So that every bit depends on every letter. */
function mixed(hash: number): number {
  let bits = Math.imul(hash ^ (hash >>> 16), 0x85eb_ca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2_ae35);
  return bits ^ (bits >>> 16);
}

function bitsOf(votes: Int32Array, from: number): number {
  let bits = 0;
  for (let bit = 0; bit < 32; bit++) if ((votes[from + bit] ?? 0) > 0) bits |= 1 << bit;
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
