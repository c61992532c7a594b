import { concat, latin1 } from './bytes.ts';

/** Literals with three bits of what came before, positions in fours: the usual settings. */
export const LZMA_SETTINGS = 93;

/** Packs with LZMA: literals, new distances, and the four last ones again. Slow and simple, for small files. */
export function lzma(bytes: Uint8Array): Uint8Array {
  return new Encoder(bytes).run();
}

/** An xz file of one block; long contents in several chunks. */
export function xz(content: Uint8Array | { readonly zeros: number }): Uint8Array {
  const chunks = content instanceof Uint8Array ? chunk(content) : zeroChunks(content.zeros);
  const header = Uint8Array.of(2, 0, 0x21, 1, 22, 0, 0, 0, 0, 0, 0, 0);
  const data = concat([...chunks, Uint8Array.of(0)]);
  const gap = new Uint8Array((4 - (data.length % 4)) % 4);
  const index = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0);
  return concat([latin1('\xfd7zXZ\0'), new Uint8Array(6), header, data, gap, index, new Uint8Array(10), latin1('YZ')]);
}

/** Chunks of LZMA2: packed, and plain where that is told. */
function chunk(bytes: Uint8Array): Uint8Array[] {
  const half = Math.ceil(bytes.length / 2);
  const [first, second] = [bytes.subarray(0, half), bytes.subarray(half)];
  const plain = Uint8Array.of(2, (second.length - 1) >> 8, (second.length - 1) & 0xff);
  return [packedChunk(first), ...(second.length > 0 ? [plain, second] : [])];
}

function zeroChunks(size: number): Uint8Array[] {
  const most = 2_097_152;
  const one = packedChunk(new Uint8Array(most));
  return Array.from({ length: Math.ceil(size / most) }, () => one);
}

function packedChunk(bytes: Uint8Array): Uint8Array {
  const packed = lzma(bytes);
  const [size, length] = [bytes.length - 1, packed.length - 1];
  const head = Uint8Array.of(
    0xe0 | (size >> 16),
    (size >> 8) & 0xff,
    size & 0xff,
    length >> 8,
    length & 0xff,
    LZMA_SETTINGS,
  );
  return concat([head, packed]);
}

const LONGEST = 273;

class Encoder {
  readonly #input: Uint8Array;
  readonly #odds = new Map<string, number>();
  readonly #seen = new Map<string, number>();
  readonly #out: number[] = [];
  #low = 0;
  #range = 0xffffffff;
  #cache = 0;
  #pending = 1;
  #state = 0;
  #reps = [0, 0, 0, 0];
  #at = 0;

  constructor(input: Uint8Array) {
    this.#input = input;
  }

  run(): Uint8Array {
    while (this.#at < this.#input.length) this.#step();
    for (let index = 0; index < 5; index++) this.#shift();
    return Uint8Array.from(this.#out);
  }

  #step(): void {
    const place = this.#at & 3;
    const rep = this.#reps.findIndex((distance) => this.#matching(distance) >= 2);
    const before = this.#seen.get(this.#key());
    this.#remember();
    const match = before === undefined ? 0 : this.#matching(this.#at - before - 1);
    const again = rep === -1 ? 0 : this.#matching(this.#reps[rep] ?? 0);
    if (Math.max(match, again) < 3) {
      this.#literal(place);
      return;
    }
    this.#bit(`match ${this.#state} ${place}`, 1);
    if (again >= match) this.#again(rep, again, place);
    else this.#new(this.#at - (before ?? 0) - 1, match, place);
    this.#at += Math.max(match, again);
  }

  #key(): string {
    return this.#input.subarray(this.#at, this.#at + 3).join();
  }

  #remember(): void {
    this.#seen.set(this.#key(), this.#at);
  }

  #matching(distance: number): number {
    if (distance >= this.#at) return 0;
    let length = 0;
    while (length < LONGEST && this.#at + length < this.#input.length) {
      if (this.#input[this.#at + length] !== this.#input[this.#at + length - distance - 1]) break;
      length++;
    }
    return length;
  }

  #literal(place: number): void {
    this.#bit(`match ${this.#state} ${place}`, 0);
    const byte = this.#input[this.#at] ?? 0;
    const context = (this.#input[this.#at - 1] ?? 0) >> 5;
    let expected = this.#state >= 7 ? (this.#input[this.#at - (this.#reps[0] ?? 0) - 1] ?? 0) | 0x100 : 0;
    let symbol = 1;
    for (let bit = 7; bit >= 0; bit--) {
      const value = (byte >> bit) & 1;
      const hint = expected ? (expected >> bit) & 1 : undefined;
      this.#bit(`literal ${context} ${hint ?? 'plain'} ${symbol}`, value);
      if (hint !== undefined && hint !== value) expected = 0;
      symbol = (symbol << 1) | value;
    }
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
    this.#at++;
  }

  #again(rep: number, length: number, place: number): void {
    this.#bit(`rep ${this.#state}`, 1);
    this.#bit(`rep0 ${this.#state}`, rep === 0 ? 0 : 1);
    if (rep === 0) this.#bit(`long ${this.#state} ${place}`, 1);
    else {
      this.#bit(`rep1 ${this.#state}`, rep === 1 ? 0 : 1);
      if (rep > 1) this.#bit(`rep2 ${this.#state}`, rep - 2);
    }
    const [distance = 0] = this.#reps.splice(rep, 1);
    this.#reps.unshift(distance);
    this.#length('again', length, place);
    this.#state = this.#state < 7 ? 8 : 11;
  }

  #new(distance: number, length: number, place: number): void {
    this.#bit(`rep ${this.#state}`, 0);
    this.#length('new', length, place);
    const slot = distance < 4 ? distance : slotOf(distance);
    this.#tree(`slot ${Math.min(length - 2, 3)}`, slot, 6);
    if (slot >= 4) this.#rest(distance, slot);
    this.#reps = [distance, ...this.#reps.slice(0, 3)];
    this.#state = this.#state < 7 ? 7 : 10;
  }

  #rest(distance: number, slot: number): void {
    const bits = (slot >> 1) - 1;
    const rest = distance - ((2 | (slot & 1)) << bits);
    if (slot < 14) {
      this.#reverse(`special ${slot}`, rest, bits);
      return;
    }
    for (let bit = bits - 1; bit >= 4; bit--) {
      this.#range >>>= 1;
      if ((rest >> bit) & 1) this.#low += this.#range;
      this.#fill();
    }
    this.#reverse('align', rest & 15, 4);
  }

  #length(kind: string, length: number, place: number): void {
    const value = length - 2;
    this.#bit(`${kind} choice`, value < 8 ? 0 : 1);
    if (value >= 8) this.#bit(`${kind} second`, value < 16 ? 0 : 1);
    if (value < 8) this.#tree(`${kind} low ${place}`, value, 3);
    else if (value < 16) this.#tree(`${kind} middle ${place}`, value - 8, 3);
    else this.#tree(`${kind} high`, value - 16, 8);
  }

  #tree(kind: string, value: number, bits: number): void {
    for (let bit = bits - 1, symbol = 1; bit >= 0; bit--) {
      this.#bit(`${kind} ${symbol}`, (value >> bit) & 1);
      symbol = (symbol << 1) | ((value >> bit) & 1);
    }
  }

  #reverse(kind: string, value: number, bits: number): void {
    for (let bit = 0, symbol = 1; bit < bits; bit++) {
      this.#bit(`${kind} ${symbol}`, (value >> bit) & 1);
      symbol = (symbol << 1) | ((value >> bit) & 1);
    }
  }

  #bit(key: string, bit: number): void {
    const odds = this.#odds.get(key) ?? 1_024;
    const bound = (this.#range >>> 11) * odds;
    if (bit === 0) this.#range = bound;
    else {
      this.#low += bound;
      this.#range -= bound;
    }
    this.#odds.set(key, bit === 0 ? odds + ((2_048 - odds) >> 5) : odds - (odds >> 5));
    this.#fill();
  }

  #fill(): void {
    if (this.#range >= 0x1000000) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#shift();
  }

  /** Holds bytes back as long as a carry may still come. */
  #shift(): void {
    if (this.#low < 0xff000000 || this.#low > 0xffffffff) {
      const carry = this.#low > 0xffffffff ? 1 : 0;
      for (let byte = this.#cache; this.#pending > 0; this.#pending--, byte = 0xff)
        this.#out.push((byte + carry) & 0xff);
      this.#cache = Math.floor(this.#low / 0x1000000) & 0xff;
    }
    this.#pending++;
    this.#low = (this.#low % 0x1000000) * 256;
  }
}

function slotOf(distance: number): number {
  const top = 31 - Math.clz32(distance);
  return (top << 1) | ((distance >> (top - 1)) & 1);
}
