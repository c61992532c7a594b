import { linesOf } from './safe-text.ts';

export type Delimiter = ',' | '\t' | ';' | '|';

/** Takes the fields of a table one after another, or those alone that are not empty; what it keeps is its own affair. */
export interface CsvReader {
  /** `source` from `start` to `end` is the field, without its quotes. */
  field(index: number, source: string, start: number, end: number): void;
  /** A row has ended after so many fields. False: enough has been read. */
  row(fields: number): boolean;
}

export interface CsvEnd {
  /** False when the reader had enough before the end. */
  readonly whole: boolean;
  /** Fields whose quotes are not where they should be. */
  readonly misplaced: number;
  /** The line in which a quote is opened and never closed; from there on quotes are taken as they are. */
  readonly unclosedLine?: number;
}

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];
const SNIFFED_LINES = 40;
/** The share of lines that has to be alike. */
const EVEN = 0.9;
const SNIFFED_CHARS = 200_000;
const QUOTE = 34;
const NEWLINE = 10;
const RETURN = 13;
/** A field in quotes that is longer was not meant: somebody forgot to close it. */
const LONGEST_QUOTED = 1_000_000;
/** A row of endless fields looks at the clock as well. */
const FIELDS_A_TICK = 16_384;

/**
 * Reads a table from one end to the other, each character at most twice, and keeps nothing of it. `tick` is called every
 * few thousand fields and may throw.
 */
export function readCsv(text: string, delimiter: Delimiter, reader: CsvReader, tick: () => void = () => {}): CsvEnd {
  return new Scan(text, delimiter.charCodeAt(0), reader, tick).run();
}

/** The delimiter that cuts nearly every line at the start into the same number of fields, two at the least. */
export function sniffDelimiter(text: string): Delimiter | undefined {
  const declared = /^sep=([,;|\t])\r?\n/.exec(text.slice(0, 8))?.[1];
  if (declared) return DELIMITERS.find((delimiter) => delimiter === declared);
  const head = [...firstLines(text.slice(0, SNIFFED_CHARS))].join('\n');
  const rated = DELIMITERS.map((delimiter) => ({ delimiter, ...rate(head, delimiter) }));
  const [best] = rated.filter(({ even }) => even >= EVEN).sort((a, b) => b.fields - a.fields);
  return best?.delimiter;
}

/** Whether lines that a comma cuts in two read like sentences: a space behind it, and hardly a number on either side. */
export function looksLikeSentences(text: string): boolean {
  const lines = [...firstLines(text.slice(0, SNIFFED_CHARS))];
  const halves = lines.map((line) => line.split(',')).filter(({ length }) => length === 2);
  const spaced = halves.filter(([, after]) => after?.startsWith(' '));
  const numbered = halves.filter((both) => both.some((half) => /^\s{0,9}[-+]?\d[\d.]{0,20}\s{0,9}$/.test(half)));
  return spaced.length >= lines.length * EVEN && numbered.length < lines.length / 2;
}

class Scan {
  readonly #text: string;
  readonly #delimiter: number;
  readonly #reader: CsvReader;
  readonly #tick: () => void;
  #at = 0;
  #fields = 0;
  #untilTick = FIELDS_A_TICK;
  #misplaced = 0;
  /** How much may still be read a second time. */
  #again: number;
  #literal = false;
  #unclosedAt: number | undefined;

  constructor(text: string, delimiter: number, reader: CsvReader, tick: () => void) {
    this.#text = text;
    this.#delimiter = delimiter;
    this.#reader = reader;
    this.#tick = tick;
    this.#again = text.length;
  }

  run(): CsvEnd {
    const text = this.#text;
    let whole = true;
    while (this.#at < text.length) {
      const blank = text.charCodeAt(this.#at);
      if (blank === NEWLINE || (blank === RETURN && text.charCodeAt(this.#at + 1) === NEWLINE)) {
        this.#at += blank === NEWLINE ? 1 : 2;
        continue;
      }
      this.#fields = 0;
      while (this.#field());
      if (this.#reader.row(this.#fields)) continue;
      whole = this.#at >= text.length;
      break;
    }
    const unclosed = this.#unclosedAt;
    const unclosedLine = unclosed === undefined ? undefined : lineAt(text, unclosed);
    return { whole, misplaced: this.#misplaced, ...(unclosedLine && { unclosedLine }) };
  }

  /** Reads one field; true when another follows in the same row. */
  #field(): boolean {
    if (--this.#untilTick === 0) {
      this.#untilTick = FIELDS_A_TICK;
      this.#tick();
    }
    const quoted = !this.#literal && this.#text.charCodeAt(this.#at) === QUOTE;
    if (!quoted || !this.#quoted()) this.#plain(this.#at);
    const ended = this.#text.charCodeAt(this.#at++); // beyond the end: NaN, and the row is over
    return ended === this.#delimiter;
  }

  /** From `start`, of which what lies before the place reached is known to be part of the field. */
  #plain(start: number): void {
    const text = this.#text;
    const delimiter = this.#delimiter;
    let at = this.#at;
    for (; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === delimiter || code === NEWLINE) break;
    }
    this.#at = at;
    const end = at > start && text.charCodeAt(at) !== delimiter && text.charCodeAt(at - 1) === RETURN ? at - 1 : at;
    this.#reader.field(this.#fields++, text, start, end);
  }

  /** False, with nothing read, when the quote at this place is to be taken as it is. */
  #quoted(): boolean {
    const text = this.#text;
    const start = this.#at + 1;
    let escaped = false;
    let close = start - 2;
    do {
      close = text.indexOf('"', close + 2);
      if (close === -1 || close - start > LONGEST_QUOTED) return this.#unclosed();
      escaped ||= text.charCodeAt(close + 1) === QUOTE;
    } while (text.charCodeAt(close + 1) === QUOTE);
    const next = text.charCodeAt(close + 1);
    const ends = next === this.#delimiter || next === NEWLINE || next === RETURN || close + 1 >= text.length;
    if (!ends) return this.#asItIs(close);
    this.#at = next === RETURN && text.charCodeAt(close + 2) === NEWLINE ? close + 2 : close + 1;
    if (escaped) {
      const value = text.slice(start, close).replaceAll('""', '"');
      this.#reader.field(this.#fields++, value, 0, value.length);
    } else this.#reader.field(this.#fields++, text, start, close);
    // A carriage return that ends no line: the rest up to the delimiter belongs to no field.
    const code = text.charCodeAt(this.#at);
    if (code === RETURN) while (this.#at < text.length && !this.#ends(text.charCodeAt(this.#at))) this.#at++;
    return true;
  }

  #ends(code: number): boolean {
    return code === this.#delimiter || code === NEWLINE;
  }

  /** What follows the closing quote is neither a delimiter nor a line end: both quotes are part of the text. */
  #asItIs(close: number): boolean {
    this.#misplaced++;
    this.#again -= close - this.#at;
    if (this.#again < 0) return this.#unclosed();
    return false;
  }

  #unclosed(): false {
    this.#literal = true;
    this.#unclosedAt ??= this.#at;
    return false;
  }
}

function lineAt(text: string, at: number): number {
  let line = 1;
  for (let end = text.indexOf('\n'); end !== -1 && end < at; end = text.indexOf('\n', end + 1)) line++;
  return line;
}

function* firstLines(text: string): Generator<string, void, undefined> {
  let count = 0;
  for (const line of linesOf(text)) {
    if (line.trim() === '') continue;
    yield line;
    if (++count === SNIFFED_LINES) return;
  }
}

/** How many fields a line has for the most part, and which share of the lines has exactly so many. */
function rate(head: string, delimiter: Delimiter): { readonly fields: number; readonly even: number } {
  const counts = new Map<number, number>();
  let [rows, first, ended] = [0, 0, 0];
  let [lastEmpty, firstEnded] = [false, false];
  const field = (_index: number, _source: string, start: number, end: number) => {
    lastEmpty = start === end;
  };
  const row = (fields: number) => {
    if (rows++ === 0) [first, firstEnded] = [fields, lastEmpty];
    if (lastEmpty) ended++;
    counts.set(fields, (counts.get(fields) ?? 0) + 1);
    return true;
  };
  readCsv(head, delimiter, { field, row });
  const [most, lines] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  // Lines of a program end with a semicolon, those of a list with a comma: what comes after is no field.
  const fields = firstEnded && ended >= rows * 0.9 ? most - 1 : most;
  // Indented lines, as of a program or a trace, are cut in two by their tab; their first line is not.
  return { fields, even: fields >= 2 && rows >= 2 && first === most ? lines / rows : 0 };
}
