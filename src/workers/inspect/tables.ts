import { type CsvEnd, type CsvReader, type Delimiter, readCsv } from './csv.ts';
import { safeText } from './safe-text.ts';

export type ColumnType = 'integer' | 'number' | 'boolean' | 'date' | 'text' | 'empty';

/** What a column holds, seen as a whole. */
export interface ColumnFacts {
  readonly name: string;
  readonly type: ColumnType;
  readonly filled: number;
  readonly empty: number;
  /** Values of a column of numbers that are none. */
  readonly odd: number;
  /** Different values; `many` when there are more than were counted. */
  readonly distinct: number;
  readonly many: boolean;
  /** The value seen most, if it was seen twice and all were counted. */
  readonly most?: { readonly value: string; readonly times: number };
  /** Of numbers; of dates as milliseconds since 1970. */
  readonly min?: number;
  readonly max?: number;
  readonly mean?: number;
}

export interface TableFacts extends CsvEnd {
  /** Without the heading. */
  readonly rows: number;
  readonly columnCount: number;
  readonly heading: boolean;
  /** The first of them. */
  readonly columns: readonly ColumnFacts[];
  readonly sample: readonly (readonly string[])[];
  /** Rows with another number of fields than the first. */
  readonly ragged: number;
}

const SHOWN = { columns: 50, rows: 5, sampleColumns: 8, cell: 40 };
const MOST_DISTINCT = 1_000;
/** Longer values are told apart by their beginning and their length. */
const LONGEST_KEY = 200;
/** A column of numbers may have so many others in it: "n/a", "-". */
const ODD_SHARE = 0.05;

/** A table read row by row: nothing of a row is kept but counts, and memory is bounded by the columns. */
export class Table implements CsvReader {
  readonly #columns: Column[] = [];
  readonly #sample: string[][] = [];
  #first: string[] | undefined = [];
  #row: string[] = [];
  #columnCount = 0;
  #rows = 0;
  #ragged = 0;
  #heading = true;
  readonly #decimalComma: boolean;
  readonly #onRow: () => boolean;

  /** `onRow` is called for each row and says whether to go on; it may throw. */
  constructor(delimiter: Delimiter | undefined, onRow: () => boolean = () => true) {
    this.#decimalComma = delimiter !== undefined && delimiter !== ',';
    this.#onRow = onRow;
  }

  field(index: number, source: string, start: number, end: number): void {
    if (this.#first) {
      if (index < SHOWN.columns) this.#first.push(source.slice(start, Math.min(end, start + LONGEST_KEY)));
      return;
    }
    if (index < SHOWN.sampleColumns && this.#sample.length < SHOWN.rows)
      this.#row.push(shownCell(source.slice(start, Math.min(end, start + SHOWN.cell * 2))));
    this.#columns[index]?.add(source, start, end);
  }

  row(fields: number): boolean {
    const first = this.#first;
    if (first) {
      this.#first = undefined;
      this.#begin(first, fields);
      return this.#heading || this.#onRow();
    }
    this.#rows++;
    if (fields !== this.#columnCount) this.#ragged++;
    if (this.#sample.length < SHOWN.rows) {
      this.#sample.push(this.#row);
      this.#row = [];
    }
    return this.#onRow();
  }

  /** A first row with a number in it is no heading: it is a row like the others. */
  #begin(first: readonly string[], fields: number): void {
    this.#columnCount = fields;
    this.#heading = !first.some((field) => isValue(field, this.#decimalComma));
    for (const [index, name] of first.entries()) {
      const shown = this.#heading ? shownCell(name.trim()) : '';
      this.#columns.push(new Column(shown || `#${index + 1}`, this.#decimalComma));
    }
    if (this.#heading) return;
    for (const [index, field] of first.entries()) this.field(index, field, 0, field.length);
    this.#rows = 1;
    this.#sample.push(this.#row);
    this.#row = [];
  }

  facts(): Omit<TableFacts, keyof CsvEnd> {
    return {
      rows: this.#rows,
      columnCount: this.#columnCount,
      heading: this.#heading,
      columns: this.#columns.map((column) => column.facts(this.#rows)),
      sample: this.#sample,
      ragged: this.#ragged,
    };
  }
}

/** Reads a text as a table; what `onRow` and `tick` throw ends it, and what was seen until then is in `table`. */
export function readTable(text: string, delimiter: Delimiter, table: CsvReader, tick: () => void): CsvEnd {
  const declared = /^sep=[^\n]{1,2}\n/.exec(text.slice(0, 8))?.[0].length ?? 0;
  return readCsv(declared > 0 ? text.slice(declared) : text, delimiter, table, tick);
}

/** One column: its type, its range, and which values it has, in bounded memory. */
export class Column {
  readonly name: string;
  readonly #decimalComma: boolean;
  readonly #counts = { integer: 0, number: 0, boolean: 0, date: 0, text: 0 };
  #filled = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #sum = 0;
  #firstDate = Number.POSITIVE_INFINITY;
  #lastDate = Number.NEGATIVE_INFINITY;
  #values = new Map<string | number, number>();
  #many = false;

  constructor(name: string, decimalComma: boolean) {
    this.name = name;
    this.#decimalComma = decimalComma;
  }

  add(source: string, from: number, to: number): void {
    let [start, end] = [from, to];
    while (start < end && source.charCodeAt(start) <= 32) start++;
    while (end > start && source.charCodeAt(end - 1) <= 32) end--;
    if (start === end) return;
    this.#filled++;
    const code = source.charCodeAt(start);
    const digits = code < 58 && code > 42;
    if (digits && this.#measured(source, start, end)) return;
    if (!digits && end - start <= 5 && isBoolean(source, start, end)) this.#counts.boolean++;
    else this.#counts.text++;
    if (!this.#many) this.#value(keyOf(source, start, end));
  }

  /** Whether it is a number or a date. */
  #measured(source: string, start: number, end: number): boolean {
    const number = numberOf(source, start, end, this.#decimalComma);
    if (!Number.isNaN(number)) {
      this.#number(number);
      return true;
    }
    const dated = end - start >= 10 && source.charCodeAt(start + 4) === 45;
    const date = dated ? dateOf(source.slice(start, end)) : Number.NaN;
    if (Number.isNaN(date)) return false;
    this.#date(date);
    return true;
  }

  #number(number: number): void {
    if (Number.isInteger(number)) this.#counts.integer++;
    else this.#counts.number++;
    if (number < this.#min) this.#min = number;
    if (number > this.#max) this.#max = number;
    this.#sum += number;
    if (!this.#many) this.#value(number);
  }

  #date(date: number): void {
    this.#counts.date++;
    if (date < this.#firstDate) this.#firstDate = date;
    if (date > this.#lastDate) this.#lastDate = date;
    if (!this.#many) this.#value(date);
  }

  #value(value: string | number): void {
    const times = this.#values.get(value);
    if (times !== undefined || this.#values.size < MOST_DISTINCT) {
      this.#values.set(value, (times ?? 0) + 1);
      return;
    }
    this.#many = true;
    this.#values = new Map();
  }

  facts(rows: number): ColumnFacts {
    const { integer, number, date } = this.#counts;
    const type = this.#type();
    const numbers = integer + number;
    const [most] = this.#many ? [] : [...this.#values].sort((a, b) => b[1] - a[1]);
    return {
      name: this.name,
      type,
      filled: this.#filled,
      empty: rows - this.#filled,
      odd: type === 'integer' || type === 'number' ? this.#filled - numbers : 0,
      distinct: this.#many ? MOST_DISTINCT : this.#values.size,
      many: this.#many,
      ...(most && most[1] > 1 && { most: { value: shownValue(most[0], type), times: most[1] } }),
      ...((type === 'integer' || type === 'number') && { min: this.#min, max: this.#max, mean: this.#sum / numbers }),
      ...(type === 'date' && date > 0 && { min: this.#firstDate, max: this.#lastDate }),
    };
  }

  /** The narrowest type that holds them all, but for a few that are no numbers. */
  #type(): ColumnType {
    const { integer, number, boolean, date } = this.#counts;
    const filled = this.#filled;
    if (filled === 0) return 'empty';
    if (integer === filled) return 'integer';
    const numbers = integer + number;
    if (numbers > 1 && numbers >= filled * (1 - ODD_SHARE)) return number > 0 ? 'number' : 'integer';
    if (boolean === filled) return 'boolean';
    return date === filled ? 'date' : 'text';
  }
}

/**
 * The number that stands from `start` to `end`, else NaN. Not a number is what has leading zeros or over 15 digits: those
 * are names made of digits (identifiers, postcodes), and there is nothing to reckon with them.
 */
export function numberOf(source: string, start: number, end: number, decimalComma: boolean): number {
  let at = start;
  const sign = source.charCodeAt(at);
  if (sign === 45 || sign === 43) at++;
  const firstDigit = at;
  let [digits, decimals, value] = [0, -1, 0];
  for (; at < end; at++) {
    const code = source.charCodeAt(at);
    if (code >= 48 && code <= 57) {
      if (++digits > 15 && decimals < 0) return Number.NaN;
      value = value * 10 + code - 48;
      if (decimals >= 0) decimals++;
    } else if (decimals < 0 && (code === 46 || (decimalComma && code === 44))) decimals = 0;
    else if ((code === 69 || code === 101) && digits > 0 && end - start <= 40 && !decimalComma)
      return exponent(source.slice(start, end));
    else return Number.NaN;
  }
  if (digits === 0) return Number.NaN;
  const wholeDigits = decimals < 0 ? digits : digits - decimals;
  if (source.charCodeAt(firstDigit) === 48 && wholeDigits > 1) return Number.NaN;
  const number = decimals > 0 ? (digits > 15 ? long(source.slice(start, end)) : value / 10 ** decimals) : value;
  if (digits > 15) return number;
  return sign === 45 ? -number : number;
}

/** More digits than are reckoned with exactly: the runtime knows best. */
function long(text: string): number {
  return text.length <= 40 ? Number(text.replace(',', '.')) : Number.NaN;
}

function exponent(text: string): number {
  const number = /^[-+]?\d+(?:\.\d*)?[eE][-+]?\d{1,3}$/.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : Number.NaN;
}

/** Milliseconds since 1970 of an ISO date, with or without a time; UTC where it names no zone. Else NaN. */
export function dateOf(text: string): number {
  const found =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?) ?(Z|UTC|[+-]\d{2}:?\d{2})?)?$/.exec(
      text.slice(0, 41),
    );
  if (!found) return Number.NaN;
  const [, day = '', time = '00:00', zone = 'Z'] = found;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/(\d{2})(\d{2})$/, '$1:$2');
  return Date.parse(`${day}T${time.replace(',', '.')}${offset}`);
}

export function isValue(field: string, decimalComma: boolean): boolean {
  const text = field.trim();
  return !Number.isNaN(numberOf(text, 0, text.length, decimalComma)) || !Number.isNaN(dateOf(text));
}

const BOOLEANS = new Set(['true', 'false', 'yes', 'no']);

function isBoolean(source: string, start: number, end: number): boolean {
  const code = source.charCodeAt(start) | 32;
  const may = code === 116 || code === 102 || code === 121 || code === 110;
  return may && BOOLEANS.has(source.slice(start, end).toLowerCase());
}

function keyOf(source: string, start: number, end: number): string {
  if (end - start <= LONGEST_KEY) return source.slice(start, end);
  return `${source.slice(start, start + LONGEST_KEY)}${end - start}`;
}

function shownValue(value: string | number, type: ColumnType): string {
  if (type === 'date' && typeof value === 'number') return isoDate(value);
  return shownCell(String(value));
}

/** `2024-05-01`, or with the time where there is one. */
export function isoDate(at: number): string {
  return new Date(at)
    .toISOString()
    .replace(/T00:00:00\.000Z$/, '')
    .replace(/\.000Z$/, 'Z');
}

function shownCell(text: string): string {
  return safeText(text.replaceAll('\n', '␊').slice(0, SHOWN.cell * 2), SHOWN.cell);
}
