import { DeflateBits } from './deflate-bits.ts';
import { FARTHEST, LONGEST_REPEAT, readBlock, tablesOf } from './deflate-block.ts';
import { Pieces } from './deflate-pieces.ts';
import type { Sink } from './sink.ts';

/** So many bytes are unpacked between two looks at the clock and at how many may come. */
const STEP = 65_536;
/** The largest upload in the small pieces that some programs write has half as many. */
const MOST_MEMBERS = 5_000;

const DEFLATED = 8;
/** Of zlib: how far back it may repeat, as a power of two above the least, and the flag of what it repeats without having it. */
const WIDEST = 7;
const HAS_DICTIONARY = 0x20;
const HEADER = 10;
const [HAS_SUM, HAS_EXTRA, HAS_NAME, HAS_COMMENT] = [2, 4, 8, 16];
/** What stands behind a member. */
const SUM_AND_SIZE = 8;

type Target = Pick<Sink, 'length' | 'consumed' | 'push'>;

/**
 * Where all unpacking happens, because a file may have thousands of packed pieces: what may be repeated, and what comes next.
 * Nothing waits in the midst of it and no target unpacks anything, so it serves one at a time.
 */
const WINDOW = new Uint8Array(FARTHEST + STEP + LONGEST_REPEAT);

/**
 * Unpacks a raw deflate stream or the members of a gzip file into `sink`, step by step, until `enough` bytes are there.
 * LimitError where the sink has room for no more; another error where the stream is broken, what came until then is in the sink.
 */
export function inflate(
  kind: 'raw' | 'gzip',
  packed: Uint8Array,
  sink: Target,
  enough = Number.MAX_SAFE_INTEGER,
): void {
  if (kind === 'raw') {
    unpackStream(new DeflateBits(packed), sink, enough);
    return;
  }
  let at = 0;
  for (let members = 0; sink.length < enough && (at < packed.length || members === 0); members++) {
    if (members === MOST_MEMBERS) throw new Error('gzip: more members than a file needs');
    const bits = new DeflateBits(packed);
    bits.place = endOfHeader(packed, at) * 8;
    unpackStream(bits, sink, enough);
    at = bits.consumed + SUM_AND_SIZE;
  }
  if (at > packed.length) throw new Error('gzip: cut off');
}

/**
 * The same with a zlib stream that comes in pieces of any size. The sum at its end is not compared: whoever shows what is in it
 * shows it before they know.
 */
export function inflatePieces(pieces: Iterable<Uint8Array>, sink: Target, enough: number): void {
  const bits = new DeflateBits(new Pieces(pieces));
  const header = (bits.read(8) << 8) | bits.read(8);
  if (header % 31 !== 0 || ((header >> 8) & 15) !== DEFLATED || header >> 12 > WIDEST)
    throw new Error('zlib: no zlib data');
  if (header & HAS_DICTIONARY) throw new Error('zlib: needs a dictionary');
  unpackStream(bits, sink, enough);
}

function unpackStream(bits: DeflateBits, sink: Target, enough: number): void {
  const out = new Unpacked(sink, enough);
  for (let last = 0; last === 0 && sink.length < enough; ) {
    bits.gather();
    last = bits.read(1);
    const kind = bits.read(2);
    if (kind === 0) out.stored(bits);
    else out.block(kind, bits);
    sink.consumed = bits.consumed;
    out.give(); // also where nothing came: blocks may be empty, and as many as there is room for
  }
}

/** What comes out, kept for as long as it may be repeated. */
class Unpacked {
  readonly #sink: Target;
  readonly #enough: number;
  #length = 0;
  #given = 0;

  constructor(sink: Target, enough: number) {
    this.#sink = sink;
    this.#enough = enough;
  }

  stored(packed: DeflateBits): void {
    const size = packed.storedSize();
    const bytes = packed.upTo(size);
    for (let at = 0; at < bytes.length; at += STEP) {
      this.#makeRoom();
      const piece = bytes.subarray(at, at + STEP);
      WINDOW.set(piece, this.#length);
      this.#length += piece.length;
      this.give();
    }
    if (bytes.length < size) throw new Error('deflate: cut off');
  }

  block(kind: number, bits: DeflateBits): void {
    const tables = tablesOf(kind, bits);
    const progress = { size: 0 };
    for (let over = false; !over && this.#sink.length < this.#enough; ) {
      this.#makeRoom();
      bits.gather();
      progress.size = this.#length;
      const most = Math.min(FARTHEST + STEP, this.#length + this.#enough - this.#sink.length);
      try {
        over = readBlock(bits, tables, progress, most, WINDOW);
      } finally {
        this.#length = progress.size;
        this.#sink.consumed = bits.consumed;
        this.give();
      }
    }
  }

  give(): void {
    const wanted = Math.min(this.#length, this.#given + this.#enough - this.#sink.length);
    this.#sink.push(WINDOW.subarray(this.#given, wanted));
    this.#given = this.#length;
  }

  /** For one step, so what may be repeated moves to the front. */
  #makeRoom(): void {
    if (this.#length <= FARTHEST) return;
    WINDOW.copyWithin(0, this.#length - FARTHEST, this.#length);
    this.#length = FARTHEST;
    this.#given = FARTHEST;
  }
}

/** Where what is packed begins: behind the fields and names that flags announce. */
function endOfHeader(bytes: Uint8Array, at: number): number {
  if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x8b || bytes[at + 2] !== DEFLATED) throw new Error('gzip: no gzip data');
  const flags = bytes[at + 3] ?? 0;
  let end = at + HEADER;
  if (flags & HAS_EXTRA) end += 2 + (bytes[end] ?? 0) + ((bytes[end + 1] ?? 0) << 8);
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    if ((flags & flag) === 0) continue;
    const zero = bytes.indexOf(0, end);
    if (zero === -1) throw new Error('gzip: cut off');
    end = zero + 1;
  }
  return flags & HAS_SUM ? end + 2 : end;
}
