/** A bzip2 file of one block a piece: plain and slow, but every step of the format is there. */
export function bzip2(content: Uint8Array | { readonly zeros: number }): Uint8Array {
  const bits = new BitWriter();
  bits.text('BZh9');
  if (content instanceof Uint8Array) block(bits, sorted(runs(content)));
  else
    for (let left = content.zeros; left > 0; left -= PERIODS * 255)
      block(bits, sortedZeros(Math.min(PERIODS, Math.ceil(left / 255))));
  bits.text('\x17\x72\x45\x38\x50\x90\0\0\0\0');
  return bits.bytes();
}

interface Sorted {
  readonly last: Uint8Array;
  readonly origin: number;
}

/** Runs of 255 zeros, each written as five bytes, in a block of 900,000. */
const PERIODS = 170_000;

/** Four alike are followed by how many more there are. */
function runs(bytes: Uint8Array): Uint8Array {
  const out: number[] = [];
  for (let at = 0; at < bytes.length; ) {
    const byte = bytes[at] ?? 0;
    let end = at;
    while (end < bytes.length && bytes[end] === byte && end - at < 255) end++;
    for (let index = 0; index < Math.min(4, end - at); index++) out.push(byte);
    if (end - at >= 4) out.push(end - at - 4);
    at = end;
  }
  return Uint8Array.from(out);
}

/** The last column of all rotations in order. */
function sorted(bytes: Uint8Array): Sorted {
  const text = String.fromCharCode(...bytes);
  const order = Array.from(bytes, (_, at) => at).sort((a, b) => {
    const [left, right] = [text.slice(a) + text.slice(0, a), text.slice(b) + text.slice(0, b)];
    return left < right ? -1 : left > right ? 1 : a - b;
  });
  const last = Uint8Array.from(order, (at) => bytes[(at + bytes.length - 1) % bytes.length] ?? 0);
  return { last, origin: order.indexOf(0) };
}

/** `0 0 0 0 251` again and again, in order without sorting. */
function sortedZeros(periods: number): Sorted {
  const last = new Uint8Array(periods * 5);
  last.fill(251, 0, periods);
  return { last, origin: 0 };
}

function block(bits: BitWriter, { last, origin }: Sorted): void {
  bits.text('1AY&SY\0\0\0\0');
  bits.write(0, 1);
  bits.write(origin, 24);
  const used = [...new Set(last)].sort((a, b) => a - b);
  const rows = Array.from({ length: 16 }, (_, row) => used.filter((byte) => byte >> 4 === row));
  for (const row of rows) bits.write(row.length > 0 ? 1 : 0, 1);
  for (const row of rows) {
    if (row.length > 0)
      for (let column = 0; column < 16; column++) bits.write(row.some((byte) => (byte & 15) === column) ? 1 : 0, 1);
  }
  const symbols = symbolsOf(last, used);
  const groups = Math.ceil(symbols.length / 50);
  bits.write(2, 3);
  bits.write(groups, 15);
  for (let group = 0; group < groups; group++) bits.write(0, 1);
  // Nine bits for every symbol, in both of the two tables that there have to be.
  for (let table = 0; table < 2; table++) {
    bits.write(9, 5);
    for (let symbol = 0; symbol < used.length + 2; symbol++) bits.write(0, 1);
  }
  for (const symbol of symbols) bits.write(symbol, 9);
}

/** Moved to front, runs of the first one in a number system of two digits, and the end. */
function symbolsOf(last: Uint8Array, used: readonly number[]): number[] {
  const recent = [...used];
  const symbols: number[] = [];
  let run = 0;
  const flush = () => {
    for (; run > 0; run = (run - 1) >> 1) symbols.push((run - 1) & 1);
  };
  for (const byte of last) {
    const place = recent.indexOf(byte);
    if (place === 0) {
      run++;
      continue;
    }
    flush();
    symbols.push(place + 1);
    recent.splice(place, 1);
    recent.unshift(byte);
  }
  flush();
  return [...symbols, used.length + 1];
}

/** Bits, the highest first. */
class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  write(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit--) {
      this.#held = (this.#held << 1) | ((value >>> bit) & 1);
      if (++this.#count < 8) continue;
      this.#bytes.push(this.#held);
      [this.#held, this.#count] = [0, 0];
    }
  }

  text(text: string): void {
    for (const char of text) this.write(char.charCodeAt(0), 8);
  }

  bytes(): Uint8Array {
    while (this.#count !== 0) this.write(0, 1);
    return Uint8Array.from(this.#bytes);
  }
}
