import type { Budget } from '../budget.ts';
import { LimitError } from '../budget.ts';
import { inflate } from '../inflate.ts';
import { Sink } from '../sink.ts';
import { isWhite } from './lexer.ts';
import { lzw } from './lzw.ts';
import { unpredict } from './predictor.ts';
import type { Dict } from './values.ts';

/** One filter of a stream, with its settings. */
export interface Filter {
  readonly name: string;
  readonly settings: Dict | undefined;
}

export interface Decoded {
  readonly bytes: Uint8Array;
  /** `whole`; `cut`: there is more than was asked for; `broken`: it ends in garbage; `unknown`: a filter nobody here knows. */
  readonly state: 'whole' | 'cut' | 'broken' | 'unknown';
}

const MOST_FILTERS = 6;
/** Streams are many and mostly small. */
const FIRST_ROOM = 16_384;
/** What a decoder needs for itself, in bytes. */
const DECODER = 150_000;

/** Undoes a stream's filters, each step paid for in bytes before it is kept; at most `most` bytes come out of each. */
export function undo(filters: readonly Filter[], packed: Uint8Array, budget: Budget, most: number): Decoded {
  let bytes = packed;
  let state: Decoded['state'] = filters.length > MOST_FILTERS ? 'unknown' : 'whole';
  for (const filter of filters.slice(0, MOST_FILTERS)) {
    const decode = FILTERS[filter.name];
    if (!decode) return { bytes: new Uint8Array(0), state: 'unknown' };
    const sink = new Sink(budget, { expected: Math.min(most, bytes.length * 3, FIRST_ROOM), most });
    try {
      decode(bytes, sink, filter.settings, most);
      if (sink.length >= most) state = 'cut';
    } catch (error) {
      if (error instanceof LimitError && error.hit.allowed !== most) throw error;
      state = error instanceof LimitError ? 'cut' : 'broken';
    }
    budget.litter(DECODER + bytes.length);
    bytes = predicted(filter, sink.bytes(), budget);
  }
  return { bytes, state };
}

function predicted({ settings }: Filter, bytes: Uint8Array, budget: Budget): Uint8Array {
  const predictor = settings?.get('Predictor');
  if (typeof predictor !== 'number' || predictor < 2) return bytes;
  const number = (name: string, standard: number) => {
    const value = settings?.get(name);
    return typeof value === 'number' ? value : standard;
  };
  budget.take('bytesOut', bytes.length);
  return unpredict(bytes, predictor, {
    columns: number('Columns', 1),
    colours: number('Colors', 1),
    bits: number('BitsPerComponent', 8),
  });
}

type Decode = (bytes: Uint8Array, sink: Sink, settings: Dict | undefined, most: number) => void;

const FILTERS: Readonly<Record<string, Decode>> = {
  FlateDecode: flate,
  Fl: flate,
  LZWDecode: (bytes, sink, settings) => lzw(bytes, sink, settings?.get('EarlyChange') !== 0),
  LZW: (bytes, sink, settings) => lzw(bytes, sink, settings?.get('EarlyChange') !== 0),
  ASCIIHexDecode: hex,
  AHx: hex,
  ASCII85Decode: base85,
  A85: base85,
  RunLengthDecode: runs,
  RL: runs,
};

/** The two bytes of the zlib header are passed over, its sum at the end is nobody's concern. */
function flate(bytes: Uint8Array, sink: Sink, _settings: Dict | undefined, most: number): void {
  inflate('raw', bytes.subarray(2), sink, most);
}

const CHUNK = 4_096;

/** Collects single bytes, so that the sink is asked once for many. */
class Bytes {
  readonly #sink: Sink;
  readonly #chunk = new Uint8Array(CHUNK);
  #length = 0;

  constructor(sink: Sink) {
    this.#sink = sink;
  }

  put(byte: number): void {
    if (this.#length === CHUNK) this.flush();
    this.#chunk[this.#length++] = byte;
  }

  flush(): void {
    this.#sink.push(this.#chunk.subarray(0, this.#length));
    this.#length = 0;
  }
}

function hex(bytes: Uint8Array, sink: Sink): void {
  const out = new Bytes(sink);
  let high = -1;
  for (const byte of bytes) {
    if (byte === 0x3e) break;
    const digit = Number.parseInt(String.fromCharCode(byte), 16);
    if (Number.isNaN(digit)) continue;
    if (high >= 0) out.put(high * 16 + digit);
    high = high >= 0 ? -1 : digit;
  }
  if (high >= 0) out.put(high * 16);
  out.flush();
}

function base85(bytes: Uint8Array, sink: Sink): void {
  const out = new Bytes(sink);
  let [group, count] = [0, 0];
  const give = (most: number) => {
    for (let at = 0; at < most; at++) out.put(Math.floor(group / 2 ** (24 - at * 8)) & 255);
  };
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && count === 0) for (let at = 0; at < 4; at++) out.put(0);
    if (isWhite(byte) || byte < 0x21 || byte > 0x75) continue;
    group = group * 85 + (byte - 0x21);
    if (++count < 5) continue;
    give(4);
    [group, count] = [0, 0];
  }
  const missing = 5 - count;
  if (count > 1) {
    for (let at = 0; at < missing; at++) group = group * 85 + 84;
    give(count - 1);
  }
  out.flush();
}

function runs(bytes: Uint8Array, sink: Sink): void {
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at++] ?? 128;
    if (length === 128) return;
    if (length < 128) {
      sink.push(bytes.subarray(at, at + length + 1));
      at += length + 1;
    } else {
      sink.push(new Uint8Array(257 - length).fill(bytes[at++] ?? 0));
    }
  }
}
