import { type Budget, LimitError } from '../budget.ts';
import { type Decoded, type Filter, undo } from './filters.ts';
import { isRegular, isWhite, Lexer, textual } from './lexer.ts';
import { Dict, Name, nameOf, PdfError, Ref, type Value } from './values.ts';

/** Beyond this nobody keeps count. Eight bytes make an object. */
const MOST_OBJECTS = 300_000;
/** Objects may lie in each other, on purpose or by damage: all reading together is a few times the file. */
const MOST_READ = 2;
/** What is read of an object when all that was used up, in bytes: most actions fit. */
const LITTLE = 256;
/** Each costs a decoder, however little is in it. */
const MOST_PACKED = 5_000;
const MOST_UNREAD = 100;
const MOST_STREAM = 16_000_000;
/** What is made of what is read is some forty times as large. */
const GROWTH = 40;
/** Of what objects are read from, in bytes. */
const MOST_KEPT = 1_000_000;
const LARGEST_KEPT = 50_000;
const BOMB_SAMPLE = 16_384;
const TICK = 65_536;

interface Place {
  readonly source: Uint8Array;
  readonly at: number;
}

/** One object as it stands in the file; its number is -1 where it cannot be told. */
export interface Found {
  readonly number: number;
  readonly value: Value;
}

/**
 * The objects of a PDF, found by looking at every byte rather than by its own table of contents, which lies when it
 * pleases: what an older version or a hidden part says is seen as well.
 */
export class PdfDocument {
  readonly #bytes: Buffer;
  readonly #budget: Budget;
  readonly #places = new Map<number, Place>();
  readonly #kept = new Map<number, Value>();
  readonly trailer = new Map<string, Value>();
  /** Objects packed into streams that could not be unpacked. */
  unread = 0;
  /** Objects that are not what they should be. */
  broken = 0;
  #read = 0;
  #readable: number;
  #keptBytes = 0;
  #packs = 0;
  #noEndFrom = Number.POSITIVE_INFINITY;
  #lastEnd: readonly [from: number, to: number] = [0, -1];

  constructor(bytes: Uint8Array, budget: Budget) {
    this.#bytes = textual(bytes);
    this.#budget = budget;
    this.#readable = bytes.length;
  }

  /** Every object, in the order of the file, those packed into streams after the stream. Call it once, before anything else. */
  *objects(): Generator<Found, void, undefined> {
    for (const at of this.#marks()) {
      const word = this.#bytes[at] === 0x6f ? 'obj' : 'trailer';
      const value = this.#readAt(this.#bytes, at + word.length);
      if (word === 'trailer') {
        this.#addTrailer(value);
        continue;
      }
      const number = numberBefore(this.#bytes, at);
      this.#place(number, { source: this.#bytes, at: at + word.length });
      yield { number, value };
      if (!(value instanceof Dict) || value.streamAt < 0) continue;
      if (nameOf(value.get('Type')) === 'XRef') this.#addTrailer(value);
      if (nameOf(value.get('Type')) === 'ObjStm') yield* this.#packed(value);
    }
  }

  /** Where `obj` and `trailer` stand as words of their own. */
  *#marks(): Generator<number, void, undefined> {
    const bytes = this.#bytes;
    for (let at = 0; at + 3 <= bytes.length; at++) {
      if (at % TICK === 0) this.#budget.checkTime();
      const byte = bytes[at];
      if (byte === 0x6f && bytes[at + 1] === 0x62 && bytes[at + 2] === 0x6a) {
        if (!isRegular(bytes[at + 3]) && (isWhite(bytes[at - 1]) || isDigit(bytes[at - 1]))) yield at;
      } else if (byte === 0x74 && isTrailer(bytes, at)) yield at;
    }
  }

  #readAt(source: Uint8Array, at: number): Value {
    const allowance = MOST_READ * this.#readable + 1_000_000 - this.#read;
    const lexer = new Lexer(source, this.#budget, at, allowance > 0 ? at + allowance : at + LITTLE);
    try {
      this.#budget.checkTime();
      return lexer.value() ?? null;
    } catch (error) {
      if (error instanceof LimitError) throw error;
      this.broken++;
      return null;
    } finally {
      this.#read += lexer.at - at;
      this.#budget.litter((lexer.at - at) * GROWTH);
    }
  }

  #addTrailer(value: Value): void {
    if (!(value instanceof Dict)) return;
    for (const key of ['Root', 'Info', 'Encrypt']) {
      const entry = value.get(key);
      if (entry !== null) this.trailer.set(key, entry);
    }
  }

  #place(number: number, place: Place): void {
    if (number < 0) return;
    if (this.#places.size >= MOST_OBJECTS && !this.#places.has(number)) {
      throw new LimitError({ limit: 'entries', allowed: MOST_OBJECTS, seen: MOST_OBJECTS + 1 });
    }
    this.#places.set(number, place);
  }

  *#packed(stream: Dict): Generator<Found, void, undefined> {
    if (++this.#packs > MOST_PACKED || this.unread > MOST_UNREAD) {
      this.unread++;
      return;
    }
    const { bytes: unpacked, state } = this.decode(stream, MOST_STREAM);
    const bytes = textual(unpacked);
    if (state !== 'whole') this.unread++;
    this.#readable += bytes.length;
    const [count, first] = [this.resolve(stream.get('N')), this.resolve(stream.get('First'))];
    if (typeof count !== 'number' || typeof first !== 'number') return;
    const header = new Lexer(bytes, this.#budget, 0, first);
    for (let index = 0; index < count; index++) {
      const [number, offset] = [header.value(), header.value()];
      if (typeof number !== 'number' || typeof offset !== 'number') return;
      const at = first + offset;
      if (!Number.isSafeInteger(at) || at < first || at >= bytes.length) continue;
      this.#budget.checkTime();
      this.#place(number, { source: bytes, at });
      yield { number, value: this.#readAt(bytes, at) };
    }
  }

  /** What a reference stands for, some references deep; the value itself when it is none. */
  resolve(value: Value): Value {
    let found = value;
    for (let hops = 0; hops < 8 && found instanceof Ref; hops++) found = this.#load(found.number);
    return found instanceof Ref ? null : found;
  }

  dict(value: Value): Dict | undefined {
    const found = this.resolve(value);
    return found instanceof Dict ? found : undefined;
  }

  list(value: Value): readonly Value[] {
    const found = this.resolve(value);
    return Array.isArray(found) ? found : [];
  }

  #load(number: number): Value {
    const kept = this.#kept.get(number);
    if (kept !== undefined) return kept;
    const place = this.#places.get(number);
    if (!place) return null;
    const before = this.#read;
    const value = this.#readAt(place.source, place.at);
    const size = this.#read - before;
    if (size > LARGEST_KEPT) return value;
    if (this.#keptBytes + size > MOST_KEPT) {
      this.#kept.clear();
      this.#keptBytes = 0;
    }
    this.#keptBytes += size;
    this.#kept.set(number, value);
    return value;
  }

  /** At most `most` bytes of a stream, its filters undone. */
  decode(stream: Dict, most: number): Decoded {
    if (stream.streamAt < 0) throw new PdfError('no stream');
    const packed = this.#bytes.subarray(stream.streamAt, this.#endOf(stream));
    return undo(this.#filters(stream), packed, this.#budget, most);
  }

  /** Whether the first of its bytes unpack to `ratio` times as many: what no honest stream of text does. */
  isBomb(stream: Dict, ratio: number): boolean {
    const end = Math.min(this.#endOf(stream), stream.streamAt + BOMB_SAMPLE);
    const most = BOMB_SAMPLE * ratio;
    return (
      undo(this.#filters(stream), this.#bytes.subarray(stream.streamAt, end), this.#budget, most).bytes.length >= most
    );
  }

  #filters(stream: Dict): readonly Filter[] {
    const filter = this.resolve(stream.get('Filter', 'F'));
    const settings = this.resolve(stream.get('DecodeParms', 'DP'));
    const names = filter instanceof Name ? [filter] : Array.isArray(filter) ? filter : [];
    const all = Array.isArray(settings) ? settings : [settings];
    return names.slice(0, 10).map((name, at) => ({
      name: nameOf(this.resolve(name)) ?? '',
      settings: this.dict(all[at] ?? null),
    }));
  }

  /** By its declared length where the end stands there, else by looking for the end. */
  #endOf({ streamAt, entries }: Dict): number {
    const length = this.resolve(entries.get('Length') ?? null);
    if (typeof length === 'number' && length >= 0) {
      const end = streamAt + length;
      for (let at = end; at < end + 4; at++) if (isEnd(this.#bytes, at)) return end;
    }
    const [from, to] = this.#lastEnd;
    if (streamAt >= from && streamAt <= to) return to;
    if (streamAt >= this.#noEndFrom) return this.#bytes.length;
    return this.#searchEnd(streamAt);
  }

  #searchEnd(from: number): number {
    for (let at = from; at < this.#bytes.length; at++) {
      if (!isEnd(this.#bytes, at)) continue;
      this.#lastEnd = [from, at];
      return at;
    }
    this.#noEndFrom = Math.min(this.#noEndFrom, from);
    return this.#bytes.length;
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}

function isTrailer(bytes: Uint8Array, at: number): boolean {
  return isWord(bytes, at, 'trailer') && !isRegular(bytes[at - 1]);
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 0x65 && isWord(bytes, at, 'endstream');
}

function isWord(bytes: Uint8Array, at: number, word: string): boolean {
  for (let index = 0; index < word.length; index++) if (bytes[at + index] !== word.charCodeAt(index)) return false;
  return true;
}

const MOST_WHITE = 32;

/** `12 0 obj`: the first of the two numbers before `at`; -1 when they are not there. */
function numberBefore(bytes: Uint8Array, at: number): number {
  const generation = digitsBefore(bytes, whiteBefore(bytes, at));
  const number = generation && digitsBefore(bytes, whiteBefore(bytes, generation.from));
  return number ? number.value : -1;
}

function whiteBefore(bytes: Uint8Array, at: number): number {
  let from = at;
  while (from > 0 && at - from < MOST_WHITE && isWhite(bytes[from - 1])) from--;
  return from;
}

function digitsBefore(bytes: Uint8Array, at: number): { from: number; value: number } | undefined {
  let from = at;
  while (from > 0 && at - from < 10 && isDigit(bytes[from - 1])) from--;
  if (from === at) return undefined;
  let value = 0;
  for (let place = from; place < at; place++) value = value * 10 + (bytes[place] ?? 0) - 0x30;
  return { from, value };
}
