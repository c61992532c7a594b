import { shownKey } from './shown-key.ts';

type JsonKind = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
export type JsonFault = 'unexpected-character' | 'unexpected-end' | 'bad-string' | 'bad-number' | 'trailing-content';

export interface JsonShape {
  readonly root: JsonKind;
  readonly depth: number;
  readonly values: number;
  /** Of the root, or of the first element of a root array; safe to show. */
  readonly keys: string[];
  /** Entries of the root: keys of an object, elements of an array. */
  readonly entries: number;
}

export type JsonScan =
  | { readonly ok: true; readonly shape: JsonShape }
  | { readonly ok: false; readonly fault: JsonFault; readonly at: number };

const MAX_KEYS = 25;
const OBJECT = 1;
const ARRAY = 2;

/** What may come next. */
type Expect = 'value' | 'value or ]' | 'key' | 'key or }' | ':' | ', or end' | 'nothing';

/** A fault at a place; raised by the readers below and caught by `scanJson` alone. */
class Fault {
  readonly fault: JsonFault;
  readonly at: number;

  constructor(fault: JsonFault, at: number) {
    this.fault = fault;
    this.at = at;
  }
}

/**
 * Reads JSON from one end to the other without building it: linear, no recursion, a byte of memory a level. So a
 * document nested a million deep is measured like any other, and a fault has its place on every runtime. `tick` is called
 * every few ten thousand steps and may throw.
 */
export function scanJson(text: string, tick: () => void = () => {}): JsonScan {
  try {
    return { ok: true, shape: new Scan(text).shape(tick) };
  } catch (fault) {
    if (fault instanceof Fault) return { ok: false, fault: fault.fault, at: fault.at };
    throw fault;
  }
}

class Scan {
  readonly #text: string;
  #at = 0;
  #expect: Expect = 'value';
  /** What is open, outermost first. */
  #open = new Uint8Array(64);
  #depth = 0;
  #deepest = 0;
  #values = 0;
  #entries = 0;
  #root: JsonKind = 'null';
  readonly #keys: string[] = [];

  constructor(text: string) {
    this.#text = text;
  }

  shape(tick: () => void): JsonShape {
    for (let step = 1; ; step++) {
      if ((step & 65_535) === 0) tick();
      this.#at = spaceEnd(this.#text, this.#at);
      if (this.#at >= this.#text.length) break;
      this.#expect = this.#step(this.#text.charCodeAt(this.#at));
    }
    if (this.#expect !== 'nothing') throw new Fault('unexpected-end', this.#at);
    return { root: this.#root, depth: this.#deepest, values: this.#values, keys: this.#keys, entries: this.#entries };
  }

  #step(code: number): Expect {
    switch (this.#expect) {
      case 'nothing':
        throw new Fault('trailing-content', this.#at);
      case 'value or ]':
        return code === CLOSE_ARRAY ? this.#close(ARRAY) : this.#value(code);
      case 'value':
        return this.#value(code);
      case 'key or }':
        return code === CLOSE_OBJECT ? this.#close(OBJECT) : this.#key(code);
      case 'key':
        return this.#key(code);
      case ':':
        return this.#sign(code, COLON, 'value');
      case ', or end':
        if (code === CLOSE_OBJECT) return this.#close(OBJECT);
        if (code === CLOSE_ARRAY) return this.#close(ARRAY);
        return this.#sign(code, COMMA, this.#inside() === OBJECT ? 'key' : 'value');
      default: {
        const never: never = this.#expect;
        return never;
      }
    }
  }

  #sign(code: number, wanted: number, next: Expect): Expect {
    if (code !== wanted) throw new Fault('unexpected-character', this.#at);
    this.#at++;
    return next;
  }

  #key(code: number): Expect {
    if (code !== QUOTE) throw new Fault('unexpected-character', this.#at);
    const end = stringEnd(this.#text, this.#at);
    if (this.#depth === 1) this.#entries++;
    const counts = this.#depth === 1 || (this.#depth === 2 && this.#root === 'array' && this.#entries === 1);
    if (counts && this.#keys.length < MAX_KEYS) this.#keys.push(shownKey(this.#text.slice(this.#at + 1, end - 1)));
    this.#at = end;
    return ':';
  }

  #value(code: number): Expect {
    this.#values++;
    if (this.#depth === 1 && this.#inside() === ARRAY) this.#entries++;
    if (this.#depth === 0) this.#root = kindOf(code);
    if (code === OPEN_OBJECT) return this.#descend(OBJECT, 'key or }');
    if (code === OPEN_ARRAY) return this.#descend(ARRAY, 'value or ]');
    this.#at = code === QUOTE ? stringEnd(this.#text, this.#at) : plainEnd(this.#text, this.#at, code);
    return this.#depth === 0 ? 'nothing' : ', or end';
  }

  #descend(what: number, next: Expect): Expect {
    if (this.#depth === this.#open.length) {
      const larger = new Uint8Array(this.#open.length * 2);
      larger.set(this.#open);
      this.#open = larger;
    }
    this.#open[this.#depth++] = what;
    this.#deepest = Math.max(this.#deepest, this.#depth);
    this.#at++;
    return next;
  }

  #close(what: number): Expect {
    if (this.#inside() !== what) throw new Fault('unexpected-character', this.#at);
    this.#depth--;
    this.#at++;
    return this.#depth === 0 ? 'nothing' : ', or end';
  }

  #inside(): number {
    return this.#open[this.#depth - 1] ?? 0;
  }
}

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;
const LITERALS = ['true', 'false', 'null'];
const HEX = /^[0-9a-fA-F]{4}$/;
/** No number worth reading is longer; the pattern is only ever tried on so many characters. */
const LONGEST_NUMBER = 400;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function spaceEnd(text: string, from: number): number {
  let at = from;
  for (let code = text.charCodeAt(at); code === 32 || code === 10 || code === 13 || code === 9; )
    code = text.charCodeAt(++at);
  return at;
}

/** The place after the closing quote of the string that opens at `from`. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code < 32) throw new Fault('bad-string', at);
    if (code !== BACKSLASH) continue;
    at++;
    const escaped = text[at] ?? '';
    if (escaped === 'u' && HEX.test(text.slice(at + 1, at + 5))) at += 4;
    else if (!'"\\/bfnrt'.includes(escaped)) throw new Fault('bad-string', at);
  }
  throw new Fault('unexpected-end', text.length);
}

/** The place after the number or literal that begins at `from`. */
function plainEnd(text: string, from: number, code: number): number {
  const literal = LITERALS.find((word) => text.startsWith(word, from));
  if (literal) return from + literal.length;
  if (code !== 45 && !(code >= 48 && code <= 57)) throw new Fault('unexpected-character', from);
  let end = from;
  while (end - from <= LONGEST_NUMBER && '+-.eE0123456789'.includes(text[end] ?? ' ')) end++;
  if (!NUMBER.test(text.slice(from, end))) throw new Fault('bad-number', from);
  return end;
}

function kindOf(code: number): JsonKind {
  if (code === OPEN_OBJECT) return 'object';
  if (code === OPEN_ARRAY) return 'array';
  if (code === QUOTE) return 'string';
  if (code === 110) return 'null';
  return code === 116 || code === 102 ? 'boolean' : 'number';
}
