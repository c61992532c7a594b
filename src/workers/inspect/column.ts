import { dateOf, isBoolean, isoDate, numberOf } from './cell-values.ts';
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

/** Of a value, as it is shown. */
export const CELL = 40;
const MOST_DISTINCT = 1_000;
/** Longer values are told apart by their beginning and their length. */
const LONGEST_KEY = 200;
/** A column of numbers may have so many others in it: "n/a", "-". */
const ODD_SHARE = 0.05;

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

function keyOf(source: string, start: number, end: number): string {
  if (end - start <= LONGEST_KEY) return source.slice(start, end);
  return `${source.slice(start, start + LONGEST_KEY)}${end - start}`;
}

function shownValue(value: string | number, type: ColumnType): string {
  if (type === 'date' && typeof value === 'number') return isoDate(value);
  return shownCell(String(value));
}

/** Short, in one line, and safe to show. */
export function shownCell(text: string): string {
  return safeText(text.replaceAll('\n', '␊').slice(0, CELL * 2), CELL);
}
