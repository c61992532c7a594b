import type { Budget } from './budget.ts';
import { hasAt } from './magic.ts';
import type { Sink } from './sink.ts';

const BLOCK = '1AY&SY';
const END = '\x17\x72\x45\x38\x50\x90';
const MOST_LENGTH = 20;
const GROUP = 50;
const MOST_SELECTORS = 18_002;

/**
 * Unpacks the streams of a bzip2 file into `sink`. Our own, because the libraries for it turn round for ever in a run
 * of more than 2^31 bytes, or cannot be stopped; LimitError and Error as `inflate` throws them.
 */
export function bunzip2(bytes: Uint8Array, sink: Sink, budget: Budget): void {
  const bits = new Bits(bytes);
  const work = new Uint32Array(900_000);
  while (hasAt(bytes, bits.at, 'BZh')) {
    const level = (bytes[bits.at + 3] ?? 0) - 0x30;
    if (level < 1 || level > 9) throw new Error('bzip2: no such level');
    bits.skip(4);
    for (;;) {
      budget.checkTime();
      const mark = String.fromCharCode(...Array.from({ length: 6 }, () => bits.read(8)));
      bits.skipBits(32); // the checksum
      if (mark === END) break;
      if (mark !== BLOCK) throw new Error('bzip2: no block where one should be');
      block(bits, work.subarray(0, level * 100_000), sink, budget);
    }
    bits.align();
  }
}

interface Group {
  readonly shortest: number;
  readonly longest: number;
  /** The largest code of each length, and what to take off a code to find its symbol. */
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly symbols: Uint16Array;
}

function block(bits: Bits, work: Uint32Array, sink: Sink, budget: Budget): void {
  if (bits.read(1) === 1) throw new Error('bzip2: of a version before 1997');
  const origin = bits.read(24);
  const used = usedBytes(bits);
  const groupCount = bits.read(3);
  if (used.length === 0 || groupCount < 2 || groupCount > 6) throw new Error('bzip2: broken block');
  const selectors = readSelectors(bits, groupCount);
  const groups = Array.from({ length: groupCount }, () => readGroup(bits, used.length + 2));
  const length = readSymbols(bits, { used, selectors, groups, work, budget });
  if (origin >= length) throw new Error('bzip2: broken block');
  unsort(work, length);
  sink.consumed = bits.at;
  writeOut(work, length, origin, sink);
}

function usedBytes(bits: Bits): Uint8Array {
  const used: number[] = [];
  const rows = bits.read(16);
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const columns = bits.read(16);
    for (let column = 0; column < 16; column++) if (columns & (0x8000 >> column)) used.push(row * 16 + column);
  }
  return Uint8Array.from(used);
}

function readSelectors(bits: Bits, groupCount: number): Uint8Array {
  const selectors = new Uint8Array(bits.read(15));
  const recent = [0, 1, 2, 3, 4, 5];
  for (let index = 0; index < selectors.length; index++) {
    let place = 0;
    while (bits.read(1) === 1) if (++place >= groupCount) throw new Error('bzip2: broken selectors');
    const [group = 0] = recent.splice(place, 1);
    recent.unshift(group);
    selectors[index] = group;
  }
  return selectors.subarray(0, MOST_SELECTORS);
}

function readGroup(bits: Bits, symbolCount: number): Group {
  const lengths = new Uint8Array(symbolCount);
  let length = bits.read(5);
  for (let symbol = 0; symbol < symbolCount; symbol++) {
    for (;;) {
      if (length < 1 || length > MOST_LENGTH) throw new Error('bzip2: broken code');
      if (bits.read(1) === 0) break;
      length += bits.read(1) === 0 ? 1 : -1;
    }
    lengths[symbol] = length;
  }
  return groupOf(lengths);
}

function groupOf(lengths: Uint8Array): Group {
  const [shortest, longest] = [Math.min(...lengths), Math.max(...lengths)];
  const limit = new Int32Array(MOST_LENGTH + 1).fill(-1);
  const base = new Int32Array(MOST_LENGTH + 1);
  const symbols = new Uint16Array(lengths.length);
  let [code, taken] = [0, 0];
  for (let length = shortest; length <= longest; length++) {
    base[length] = code - taken;
    for (let symbol = 0; symbol < lengths.length; symbol++) {
      if (lengths[symbol] !== length) continue;
      symbols[taken++] = symbol;
      code++;
    }
    limit[length] = code - 1;
    code <<= 1;
  }
  return { shortest, longest, limit, base, symbols };
}

interface Block {
  readonly used: Uint8Array;
  readonly selectors: Uint8Array;
  readonly groups: readonly Group[];
  readonly work: Uint32Array;
  readonly budget: Budget;
}

/** Fills `work` with the sorted bytes and says how many there are. */
function readSymbols(bits: Bits, { used, selectors, groups, work, budget }: Block): number {
  const recent = used.slice();
  const last = used.length + 1;
  let [length, run, weight] = [0, 0, 1];
  for (const selector of selectors) {
    budget.checkTime();
    const group = groups[selector];
    if (!group) break;
    for (let left = GROUP; left > 0; left--) {
      const symbol = readSymbol(bits, group);
      if (symbol < 2) {
        run += weight << symbol;
        weight *= 2;
        if (run > work.length) throw new Error('bzip2: block too long');
        continue;
      }
      if (run > 0) {
        if (length + run > work.length) throw new Error('bzip2: block too long');
        work.fill(recent[0] ?? 0, length, length + run);
        length += run;
        [run, weight] = [0, 1];
      }
      if (symbol === last) return length;
      if (length >= work.length) throw new Error('bzip2: block too long');
      const byte = recent[symbol - 1] ?? 0;
      recent.copyWithin(1, 0, symbol - 1);
      recent[0] = byte;
      work[length++] = byte;
    }
  }
  throw new Error('bzip2: block without end');
}

function readSymbol(bits: Bits, { shortest, longest, limit, base, symbols }: Group): number {
  let code = bits.read(shortest);
  for (let length = shortest; length <= longest; length++) {
    if (code <= (limit[length] ?? -1)) {
      const symbol = symbols[code - (base[length] ?? 0)];
      if (symbol !== undefined) return symbol;
      break;
    }
    code = (code << 1) | bits.read(1);
  }
  throw new Error('bzip2: no such code');
}

/** Puts above each byte where the next one stands: the Burrows-Wheeler transform, undone. */
function unsort(work: Uint32Array, length: number): void {
  const starts = new Uint32Array(256);
  for (let index = 0; index < length; index++)
    starts[(work[index] ?? 0) & 0xff] = (starts[(work[index] ?? 0) & 0xff] ?? 0) + 1;
  let sum = 0;
  for (let byte = 0; byte < 256; byte++) {
    const count = starts[byte] ?? 0;
    starts[byte] = sum;
    sum += count;
  }
  for (let index = 0; index < length; index++) {
    const byte = (work[index] ?? 0) & 0xff;
    const place = starts[byte] ?? 0;
    starts[byte] = place + 1;
    work[place] = (work[place] ?? 0) | (index << 8);
  }
}

/** Four alike in a row are followed by how many more there are. */
function writeOut(work: Uint32Array, length: number, origin: number, sink: Sink): void {
  let place = (work[origin] ?? 0) >>> 8;
  let [previous, alike] = [-1, 0];
  for (let left = length; left > 0; left--) {
    const entry = work[place] ?? 0;
    const byte = entry & 0xff;
    place = entry >>> 8;
    if (alike === 4) {
      if (byte > 0) sink.repeat(1, byte);
      [previous, alike] = [-1, 0];
      continue;
    }
    alike = byte === previous ? alike + 1 : 1;
    previous = byte;
    sink.byte(byte);
  }
}

/** Bits, the highest first. */
class Bits {
  readonly #bytes: Uint8Array;
  #at = 0;
  #held = 0;
  #count = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next whole byte that has not been looked at. */
  get at(): number {
    return this.#at;
  }

  /** Up to 24 of them. */
  read(count: number): number {
    while (this.#count < count) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) throw new Error('bzip2: cut off');
      this.#held = ((this.#held << 8) | byte) >>> 0;
      this.#count += 8;
    }
    this.#count -= count;
    return (this.#held >>> this.#count) & ((1 << count) - 1);
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  skipBits(count: number): void {
    for (let left = count; left > 0; left -= 8) this.read(Math.min(8, left));
  }

  align(): void {
    this.#count = 0;
  }
}
