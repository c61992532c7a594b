import type { Budget } from '../budget.ts';
import type { PdfDocument } from './document.ts';
import { Lexer } from './lexer.ts';
import { type Dict, Name, nameOf, Text, type Value, Word } from './values.ts';

/** Turns the codes of a string into letters; nothing where the font does not say what its codes mean. */
export type Font = (codes: string) => string;

const MOST_CMAP = 500_000;
const MOST_CODES = 70_000;

/** By the font's own table to Unicode, else by its encoding when one code is one byte. */
export function fontOf(doc: PdfDocument, budget: Budget, font: Dict | undefined): Font {
  if (!font) return latin1;
  const table = doc.dict(font.get('ToUnicode'));
  const composite = nameOf(doc.resolve(font.get('Subtype'))) === 'Type0';
  if (table && table.streamAt >= 0) {
    const { bytes } = doc.decode(table, MOST_CMAP);
    const map = readCMap(new Lexer(bytes, budget), composite ? 2 : 1);
    if (map.letters.size > 0) return byTable(map, composite ? undefined : simpleTable(doc, font));
  }
  if (composite) return () => '';
  const letters = simpleTable(doc, font);
  return (codes) => Array.from(codes, (code) => letters[code.charCodeAt(0)] ?? '').join('');
}

const latin1: Font = (codes) => codes;

interface CMap {
  readonly letters: ReadonlyMap<number, string>;
  /** Bytes of one code. */
  readonly width: number;
}

function byTable({ letters, width }: CMap, fallback: readonly string[] | undefined): Font {
  return (codes) => {
    let out = '';
    for (let at = 0; at + width <= codes.length; at += width) {
      const code = codeOf(codes.slice(at, at + width));
      out += letters.get(code) ?? fallback?.[code] ?? '';
    }
    return out;
  };
}

function codeOf(bytes: string): number {
  let code = 0;
  for (let at = 0; at < bytes.length && at < 4; at++) code = code * 256 + bytes.charCodeAt(at);
  return code;
}

/** The parts of a CMap that say which code is which letter. */
function readCMap(lexer: Lexer, standard: number): CMap {
  const letters = new Map<number, string>();
  let width = standard;
  let operands: Value[] = [];
  for (let value = lexer.value(); value !== undefined && letters.size < MOST_CODES; value = lexer.value()) {
    if (!(value instanceof Word)) {
      operands.push(value);
      continue;
    }
    if (value.word === 'endcodespacerange') width = widthOf(operands, standard);
    else if (value.word === 'endbfchar') addChars(letters, operands);
    else if (value.word === 'endbfrange') addRanges(letters, operands);
    operands = [];
  }
  return { letters, width };
}

function widthOf([first]: readonly Value[], standard: number): number {
  return first instanceof Text && first.bytes.length >= 1 && first.bytes.length <= 4 ? first.bytes.length : standard;
}

function addChars(letters: Map<number, string>, operands: readonly Value[]): void {
  for (let at = 0; at + 1 < operands.length; at += 2) {
    const [code, letter] = [operands[at], operands[at + 1]];
    if (code instanceof Text && letter instanceof Text) letters.set(codeOf(code.bytes), utf16(letter.bytes));
  }
}

function addRanges(letters: Map<number, string>, operands: readonly Value[]): void {
  for (let at = 0; at + 2 < operands.length; at += 3) {
    const [low, high, to] = [operands[at], operands[at + 1], operands[at + 2]];
    if (!(low instanceof Text && high instanceof Text)) continue;
    const first = codeOf(low.bytes);
    const last = Math.min(codeOf(high.bytes), first + 65_535);
    for (let code = first; code <= last && letters.size < MOST_CODES; code++) {
      const letter =
        to instanceof Text ? utf16(to.bytes, code - first) : Array.isArray(to) ? to[code - first] : undefined;
      if (typeof letter === 'string') letters.set(code, letter);
      else if (letter instanceof Text) letters.set(code, utf16(letter.bytes));
    }
  }
}

/** UTF-16 with the high byte first; the last unit `more` further on. */
function utf16(bytes: string, more = 0): string {
  let text = '';
  for (let at = 0; at + 1 < bytes.length && at < 32; at += 2) {
    const unit = bytes.charCodeAt(at) * 256 + bytes.charCodeAt(at + 1);
    text += String.fromCharCode(at + 2 < bytes.length ? unit : unit + more);
  }
  return text;
}

function simpleTable(doc: PdfDocument, font: Dict): string[] {
  const encoding = doc.resolve(font.get('Encoding'));
  const named =
    encoding instanceof Name ? encoding.name : nameOf(doc.resolve(doc.dict(encoding)?.get('BaseEncoding') ?? null));
  const all = Uint8Array.from({ length: 256 }, (_, code) => code);
  const letters = [...new TextDecoder(named === 'MacRomanEncoding' ? 'macintosh' : 'windows-1252').decode(all)];
  let code = 0;
  for (const item of doc.list(doc.dict(encoding)?.get('Differences') ?? null)) {
    if (typeof item === 'number') code = item;
    else if (item instanceof Name && code >= 0 && code < 256) letters[code++] = glyph(item.name);
  }
  return letters;
}

const GLYPHS: Readonly<Record<string, string>> = {
  space: ' ',
  exclam: '!',
  quotedbl: '"',
  numbersign: '#',
  dollar: '$',
  percent: '%',
  ampersand: '&',
  quotesingle: "'",
  parenleft: '(',
  parenright: ')',
  asterisk: '*',
  plus: '+',
  comma: ',',
  hyphen: '-',
  minus: '-',
  period: '.',
  slash: '/',
  zero: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
  colon: ':',
  semicolon: ';',
  less: '<',
  equal: '=',
  greater: '>',
  question: '?',
  at: '@',
  bracketleft: '[',
  backslash: '\\',
  bracketright: ']',
  asciicircum: '^',
  underscore: '_',
  grave: '`',
  braceleft: '{',
  bar: '|',
  braceright: '}',
  asciitilde: '~',
  bullet: '•',
  endash: '–',
  emdash: '—',
  ellipsis: '…',
  quoteleft: '‘',
  quoteright: '’',
  quotedblleft: '“',
  quotedblright: '”',
  quotesinglbase: '‚',
  quotedblbase: '„',
  fi: 'fi',
  fl: 'fl',
  ff: 'ff',
  ffi: 'ffi',
  ffl: 'ffl',
  germandbls: 'ß',
  ae: 'æ',
  AE: 'Æ',
  oe: 'œ',
  OE: 'Œ',
  oslash: 'ø',
  Oslash: 'Ø',
  dotlessi: 'ı',
  lslash: 'ł',
  Lslash: 'Ł',
  Euro: '€',
  section: '§',
  copyright: '©',
  registered: '®',
  trademark: '™',
  degree: '°',
  nbspace: ' ',
};
const ACCENTS: Readonly<Record<string, string>> = {
  acute: '\u0301',
  grave: '\u0300',
  circumflex: '\u0302',
  dieresis: '\u0308',
  tilde: '\u0303',
  ring: '\u030a',
  caron: '\u030c',
  cedilla: '\u0327',
  ogonek: '\u0328',
  breve: '\u0306',
  macron: '\u0304',
  dotaccent: '\u0307',
  hungarumlaut: '\u030b',
  commaaccent: '\u0326',
};

/** The letter of a glyph's name: `A`, `comma`, `eacute`, `uni20AC`. */
function glyph(name: string): string {
  if (name.length === 1) return name;
  const known = GLYPHS[name];
  if (known !== undefined) return known;
  const [, hex] = /^u(?:ni)?([0-9A-F]{4})/.exec(name) ?? [];
  if (hex) return String.fromCharCode(Number.parseInt(hex, 16));
  const [, letter, accent] = /^([A-Za-z])([a-z]{4,12})$/.exec(name) ?? [];
  const mark = accent && ACCENTS[accent];
  return letter && mark ? `${letter}${mark}`.normalize('NFC') : '';
}
