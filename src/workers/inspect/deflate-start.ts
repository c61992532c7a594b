import type { Budget } from './budget.ts';
import { DeflateBits } from './deflate-bits.ts';
import { type Codes, END_OF_BLOCK, FARS, FIXED, LENGTHS, type Ranges, readCodes } from './deflate-codes.ts';

/**
 * The first `most` bytes of a raw deflate stream, fewer where it ends before; Error where it is broken until there,
 * LimitError when the time is up. Beside `inflate` because it sets up no tables: of a glance at each of a thousand files that
 * would be half of the work.
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
    if (kind === 0) out.push(bits.stored(out.room));
    else if (kind === 1) coded(bits, out, ...FIXED);
    else if (kind === 2) coded(bits, out, ...readCodes(bits));
    else throw new Error('deflate: no such block');
  }
  return out.bytes();
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
