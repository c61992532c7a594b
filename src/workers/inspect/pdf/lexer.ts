import type { Budget } from '../budget.ts';
import { Dict, Name, PdfError, Ref, Text, type Value, Word } from './values.ts';

const DEEPEST = 100;
/** Of one value, all that is in it counted; what is beyond is read and not kept. */
const MOST_PARTS = 50_000;
const LONGEST_STRING = 1_000_000;
const LONGEST_WORD = 128;
/** Values between two looks at the clock; a power of two. */
const TICK = 4_096;

/** 1 white space, 2 delimiter, 0 anything else. */
const KINDS = new Uint8Array(256);
for (const white of [0, 9, 10, 12, 13, 32]) KINDS[white] = 1;
for (const char of '()<>[]{}/%') KINDS[char.charCodeAt(0)] = 2;

/** Whether a byte may stand in a name or a word. */
export function isRegular(byte: number | undefined): boolean {
  return byte !== undefined && KINDS[byte] === 0;
}

export function isWhite(byte: number | undefined): boolean {
  return byte !== undefined && KINDS[byte] === 1;
}

type Token = Value | Mark | undefined;
/** What opens and closes arrays and dictionaries. */
class Mark {
  readonly mark: string;
  constructor(mark: string) {
    this.mark = mark;
  }
}

/** Reads values of PDF syntax one after another, each byte once. */
export class Lexer {
  readonly #bytes: Buffer;
  readonly #budget: Budget;
  readonly #end: number;
  #parts = 0;
  #tokens = 0;
  at: number;

  constructor(bytes: Uint8Array, budget: Budget, at = 0, end = bytes.length) {
    this.#bytes = textual(bytes);
    this.#budget = budget;
    this.at = at;
    this.#end = Math.min(end, bytes.length);
  }

  /** The next value; undefined at the end. Inside a content stream, operators are words. PdfError when it goes too deep. */
  value(): Value | undefined {
    this.#parts = 0;
    return this.#value(0);
  }

  #value(depth: number): Value | undefined {
    for (;;) {
      const token = this.#token();
      if (token === undefined) return undefined;
      if (!(token instanceof Mark)) return typeof token === 'number' ? this.#refOr(token) : token;
      if (depth > DEEPEST) throw new PdfError('nested too deep');
      if (token.mark === '[') return this.#array(depth);
      if (token.mark === '<<') return this.#dict(depth);
      // A bracket that closes nothing is passed over.
    }
  }

  #array(depth: number): Value {
    const items: Value[] = [];
    for (;;) {
      const token = this.#token();
      if (token === undefined || (token instanceof Mark && token.mark !== '[' && token.mark !== '<<')) return items;
      const value = this.#inner(token, depth);
      if (this.#parts++ < MOST_PARTS) items.push(value);
      if (value instanceof Word && value.word === 'R') {
        items.splice(-3, 3, refOf(items.at(-3)));
      }
      if (value instanceof Word && value.word === 'endobj') return items;
    }
  }

  #dict(depth: number): Value {
    const entries = new Map<string, Value>();
    for (;;) {
      const key = this.#token();
      if (key === undefined || (key instanceof Mark && key.mark === '>>')) break;
      if (key instanceof Word && key.word === 'endobj') break;
      if (!(key instanceof Name)) continue;
      const token = this.#token();
      if (token === undefined || (token instanceof Mark && token.mark === '>>')) break;
      if (token instanceof Mark && token.mark !== '[' && token.mark !== '<<') continue;
      const inner = this.#inner(token, depth);
      const value = typeof inner === 'number' ? this.#refOr(inner) : inner;
      if (this.#parts++ < MOST_PARTS) entries.set(key.name, value);
    }
    return new Dict(entries, this.#streamAt());
  }

  #inner(token: Exclude<Token, undefined>, depth: number): Value {
    if (!(token instanceof Mark)) return token;
    if (depth >= DEEPEST) throw new PdfError('nested too deep');
    return token.mark === '[' ? this.#array(depth + 1) : this.#dict(depth + 1);
  }

  /** `12 0 R` begins like two numbers: looks ahead, and goes back when it is not. */
  #refOr(number: number): Value {
    const back = this.at;
    if (Number.isInteger(number) && number >= 0) {
      const digits = this.#shortToken();
      if (/^\d{1,5}$/.test(digits) && this.#shortToken() === 'R') return new Ref(number);
    }
    this.at = back;
    return number;
  }

  /** The next few regular characters on, at most eight. */
  #shortToken(): string {
    this.#skipWhite();
    let text = '';
    while (text.length < 8 && this.at < this.#end && isRegular(this.#bytes[this.at])) {
      text += String.fromCharCode(this.#bytes[this.at++] ?? 0);
    }
    return text;
  }

  /** Where the bytes behind `stream` begin, or -1. */
  #streamAt(): number {
    const back = this.at;
    const word = this.#shortToken();
    if (word !== 'stream') {
      this.at = back;
      return -1;
    }
    if (this.#bytes[this.at] === 13) this.at++;
    if (this.#bytes[this.at] === 10) this.at++;
    return this.at;
  }

  #token(): Token {
    if (++this.#tokens % TICK === 0) this.#budget.checkTime();
    this.#skipWhite();
    if (this.at >= this.#end) return undefined;
    const byte = this.#bytes[this.at++] ?? 0;
    switch (byte) {
      case 0x28:
        return this.#string();
      case 0x2f:
        return new Name(this.#name());
      case 0x3c:
        return this.#bytes[this.at] === 0x3c ? this.#two('<<') : this.#hexString();
      case 0x3e:
        return this.#bytes[this.at] === 0x3e ? this.#two('>>') : new Mark('>');
      case 0x5b:
      case 0x5d:
      case 0x7b:
      case 0x7d:
      case 0x29:
        return new Mark(String.fromCharCode(byte));
      default:
        this.at--;
        return wordOrNumber(this.#regular());
    }
  }

  #two(mark: string): Mark {
    this.at++;
    return new Mark(mark);
  }

  #skipWhite(): void {
    while (this.at < this.#end) {
      const byte = this.#bytes[this.at];
      if (byte === 0x25) this.#skipComment();
      else if (isWhite(byte)) this.at++;
      else return;
    }
  }

  #skipComment(): void {
    while (this.at < this.#end && this.#bytes[this.at] !== 10 && this.#bytes[this.at] !== 13) this.at++;
  }

  #regular(): string {
    const start = this.at;
    while (this.at < this.#end && isRegular(this.#bytes[this.at])) this.at++;
    return this.#bytes.toString('latin1', start, Math.min(this.at, start + LONGEST_WORD));
  }

  #name(): string {
    const raw = this.#regular();
    if (!raw.includes('#')) return raw;
    return raw.replace(/#([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }

  #string(): Text {
    const start = this.at;
    let [open, escapes] = [1, false];
    while (this.at < this.#end && open > 0) {
      const byte = this.#bytes[this.at++];
      if (byte === 0x28) open++;
      else if (byte === 0x29) open--;
      else if (byte === 0x5c) {
        escapes = true;
        this.at++;
      }
    }
    const end = open === 0 ? this.at - 1 : this.#end;
    this.at = Math.min(this.at, this.#end);
    const longest = Math.min(end, start + LONGEST_STRING);
    return new Text(escapes ? this.#unescaped(start, end) : this.#bytes.toString('latin1', start, longest));
  }

  #unescaped(start: number, end: number): string {
    const back = this.at;
    const out = Buffer.alloc(Math.min(end - start, LONGEST_STRING));
    let length = 0;
    for (this.at = start; this.at < end && length < out.length; ) {
      const byte = this.#bytes[this.at++] ?? 0;
      const char = byte === 0x5c ? this.#escape() : byte;
      if (char >= 0) out[length++] = char;
    }
    this.at = back;
    return out.toString('latin1', 0, length);
  }

  /** -1 for the end of a line that only the source has. */
  #escape(): number {
    const byte = this.#bytes[this.at++] ?? 0;
    if (byte >= 0x30 && byte <= 0x37) {
      let code = byte - 0x30;
      for (let more = 0; more < 2; more++) {
        const digit = this.#bytes[this.at] ?? 0;
        if (digit < 0x30 || digit > 0x37) break;
        code = code * 8 + digit - 0x30;
        this.at++;
      }
      return code & 255;
    }
    if (byte === 13 && this.#bytes[this.at] === 10) this.at++;
    if (byte === 13 || byte === 10) return -1;
    return ESCAPES[byte] ?? byte;
  }

  #hexString(): Text {
    const start = this.at;
    while (this.at < this.#end && this.#bytes[this.at] !== 0x3e) this.at++;
    const longest = Math.min(this.at, start + LONGEST_STRING);
    const digits = this.#bytes.toString('latin1', start, longest).replace(/[^0-9a-f]/gi, '');
    this.at++;
    const even = digits.length % 2 === 0 ? digits : `${digits}0`;
    return new Text(Buffer.from(even, 'hex').toString('latin1'));
  }
}

const ESCAPES: Readonly<Record<number, number>> = { 110: 10, 114: 13, 116: 9, 98: 8, 102: 12 };

function refOf(number: Value | undefined): Value {
  return typeof number === 'number' ? new Ref(number) : null;
}

function wordOrNumber(raw: string): Value {
  if (/^[+-]?\d{0,20}\.?\d{0,20}$/.test(raw) && /\d/.test(raw)) return Number(raw);
  if (raw === 'true') return true;
  if (raw === 'false') return false;
  return raw === 'null' ? null : new Word(raw);
}

/**
 * The same bytes as a Buffer, which makes a text of some of them without a view of them first: a file of short names
 * would leave millions of views behind.
 */
export function textual(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
