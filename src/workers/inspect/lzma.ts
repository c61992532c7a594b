import type { Sink } from './sink.ts';

/**
 * LZMA, and LZMA2 around it. Our own, because a stranger decides how long it runs and how large its dictionary is:
 * here what came out is the dictionary, and the sink, which knows the budget, is asked before every step.
 */
export class LzmaDecoder {
  readonly #sink: Sink;
  readonly #input: Uint8Array;
  #at: number;
  #range = 0;
  #code = 0;
  /** Where the dictionary begins in the sink. */
  #base: number;
  #lc = 0;
  #lpMask = 0;
  #pbMask = 0;
  #state = 0;
  #reps: [number, number, number, number] = [0, 0, 0, 0];
  #odds = new Uint16Array(0);

  constructor(sink: Sink, input: Uint8Array, at = 0) {
    this.#sink = sink;
    this.#input = input;
    this.#at = at;
    this.#base = sink.length;
  }

  /** Where the next byte of input would be read. */
  get at(): number {
    return this.#at;
  }

  /** One LZMA stream of `size` bytes unpacked, its settings in one byte. */
  lzma(settings: number, size: number): void {
    this.#set(settings);
    this.#begin();
    this.#run(size);
  }

  /** Chunks of LZMA2 until their end. */
  lzma2(): void {
    let [dictionary, settings] = [false, false];
    for (let control = this.#byte(); control !== 0; control = this.#byte()) {
      this.#sink.consumed = this.#at;
      if (control === 1 || control >= 0xe0) {
        this.#base = this.#sink.length;
        dictionary = true;
      }
      if (!dictionary || (control > 2 && control < 0x80)) throw new Error('LZMA2: no such chunk');
      if (control < 0x80) {
        this.#copy(this.#short() + 1);
        continue;
      }
      const size = ((control & 0x1f) << 16) + this.#short() + 1;
      const end = this.#short() + 1;
      if (control >= 0xc0) {
        this.#set(this.#byte(), LZMA2_BITS);
        settings = true;
      } else if (control >= 0xa0) this.#reset();
      if (!settings) throw new Error('LZMA2: no settings');
      const stop = this.#at + end;
      this.#begin();
      this.#run(size);
      this.#at = stop;
    }
  }

  #set(settings: number, mostBits = 12): void {
    this.#lc = settings % 9;
    const rest = Math.floor(settings / 9);
    if (settings >= 225 || this.#lc + (rest % 5) > mostBits) throw new Error('LZMA: no such settings');
    this.#lpMask = (1 << (rest % 5)) - 1;
    this.#pbMask = (1 << Math.floor(rest / 5)) - 1;
    this.#odds = new Uint16Array(LITERAL + (0x300 << (this.#lc + (rest % 5))));
    this.#reset();
  }

  #reset(): void {
    this.#odds.fill(1_024);
    this.#state = 0;
    this.#reps = [0, 0, 0, 0];
  }

  #begin(): void {
    if (this.#byte() !== 0) throw new Error('LZMA: broken start');
    this.#range = 0xffffffff;
    this.#code = ((this.#byte() << 24) | (this.#byte() << 16) | (this.#byte() << 8) | this.#byte()) >>> 0;
  }

  #run(size: number): void {
    const sink = this.#sink;
    const end = sink.length + size;
    while (sink.length < end) {
      const place = (sink.length - this.#base) & this.#pbMask;
      if (this.#bit(IS_MATCH + (this.#state << 4) + place) === 0) {
        this.#literal();
        continue;
      }
      const length = this.#bit(IS_REP + this.#state) === 0 ? this.#match(place) : this.#rep(place);
      if (length === 0) return;
      const distance = this.#reps[0] + 1;
      if (distance > sink.length - this.#base) throw new Error('LZMA: points before the start');
      sink.repeat(distance, Math.min(length, end - sink.length));
    }
  }

  #literal(): void {
    const sink = this.#sink;
    const position = sink.length - this.#base;
    const before = position > 0 ? sink.back(1) : 0;
    const odds = LITERAL + 0x300 * (((position & this.#lpMask) << this.#lc) + (before >> (8 - this.#lc)));
    let symbol = 1;
    if (this.#state >= 7) {
      let match = sink.back(this.#reps[0] + 1);
      while (symbol < 0x100) {
        const expected = (match >> 7) & 1;
        match <<= 1;
        const bit = this.#bit(odds + ((1 + expected) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== expected) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | this.#bit(odds + symbol);
    sink.byte(symbol & 0xff);
    this.#state = this.#state < 4 ? 0 : this.#state < 10 ? this.#state - 3 : this.#state - 6;
  }

  /** How many bytes from a new distance; 0 at the mark of the end. */
  #match(place: number): number {
    const length = this.#length(LENGTH, place);
    const slot = this.#tree(SLOT + (Math.min(length - 2, 3) << 6), 6);
    const distance = this.#distance(slot);
    this.#reps = [distance, this.#reps[0], this.#reps[1], this.#reps[2]];
    this.#state = this.#state < 7 ? 7 : 10;
    return distance === 0xffffffff ? 0 : length;
  }

  #distance(slot: number): number {
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const high = ((2 | (slot & 1)) << bits) >>> 0;
    if (slot < 14) return high + this.#reverse(SPECIAL + high - slot, bits);
    let direct = 0;
    for (let left = bits - 4; left > 0; left--) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code = (this.#code - this.#range) >>> 0;
      direct = direct * 2 + bit;
      this.#refill();
    }
    return high + direct * 16 + this.#reverse(ALIGN, 4);
  }

  /** How many bytes from one of the last four distances, which becomes the last. */
  #rep(place: number): number {
    const [first, second, third, fourth] = this.#reps;
    if (this.#bit(IS_REP0 + this.#state) === 0) {
      if (this.#bit(IS_REP0_LONG + (this.#state << 4) + place) === 0) {
        this.#state = this.#state < 7 ? 9 : 11;
        return 1;
      }
    } else if (this.#bit(IS_REP1 + this.#state) === 0) this.#reps = [second, first, third, fourth];
    else if (this.#bit(IS_REP2 + this.#state) === 0) this.#reps = [third, first, second, fourth];
    else this.#reps = [fourth, first, second, third];
    this.#state = this.#state < 7 ? 8 : 11;
    return this.#length(REP_LENGTH, place);
  }

  #length(odds: number, place: number): number {
    if (this.#bit(odds) === 0) return 2 + this.#tree(odds + 2 + (place << 3), 3);
    if (this.#bit(odds + 1) === 0) return 10 + this.#tree(odds + 130 + (place << 3), 3);
    return 18 + this.#tree(odds + 258, 8);
  }

  #tree(odds: number, bits: number): number {
    let symbol = 1;
    for (let left = bits; left > 0; left--) symbol = (symbol << 1) | this.#bit(odds + symbol);
    return symbol - (1 << bits);
  }

  #reverse(odds: number, bits: number): number {
    let [symbol, value] = [1, 0];
    for (let index = 0; index < bits; index++) {
      const bit = this.#bit(odds + symbol);
      symbol = (symbol << 1) | bit;
      value |= bit << index;
    }
    return value;
  }

  #bit(index: number): 0 | 1 {
    const odds = this.#odds[index] ?? 0;
    const bound = (this.#range >>> 11) * odds;
    const bit = this.#code < bound ? 0 : 1;
    if (bit === 0) {
      this.#range = bound;
      this.#odds[index] = odds + ((2_048 - odds) >> 5);
    } else {
      this.#range -= bound;
      this.#code -= bound;
      this.#odds[index] = odds - (odds >> 5);
    }
    this.#refill();
    return bit;
  }

  #refill(): void {
    if (this.#range >= 0x1000000) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#byte()) >>> 0;
  }

  #copy(length: number): void {
    if (this.#at + length > this.#input.length) throw new Error('LZMA2: cut off');
    this.#sink.push(this.#input.subarray(this.#at, this.#at + length));
    this.#at += length;
  }

  #short(): number {
    return (this.#byte() << 8) | this.#byte();
  }

  #byte(): number {
    const byte = this.#input[this.#at++];
    if (byte === undefined) throw new Error('LZMA: cut off');
    return byte;
  }
}

/** LZMA2 allows no more bits of context, so that new settings in every chunk cost little. */
const LZMA2_BITS = 4;

/** Where each kind of odds stands in their one array. A length has 2 choices, 16 x 8 low, 16 x 8 middle and 256 high ones. */
const IS_MATCH = 0;
const IS_REP = IS_MATCH + 192;
const IS_REP0 = IS_REP + 12;
const IS_REP1 = IS_REP0 + 12;
const IS_REP2 = IS_REP1 + 12;
const IS_REP0_LONG = IS_REP2 + 12;
const SLOT = IS_REP0_LONG + 192;
const SPECIAL = SLOT + 256;
const ALIGN = SPECIAL + 128;
const LENGTH = ALIGN + 16;
const REP_LENGTH = LENGTH + 514;
const LITERAL = REP_LENGTH + 514;
