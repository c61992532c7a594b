import { dateOf, isBoolean, isoDate, numberOf } from './cell-values.ts';
import { isReadable, READINGS, type Reading, readingsOf } from './readings.ts';
import { safeText } from './safe-text.ts';
import { Tally } from './tally.ts';

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
  /** Of numbers and dates: how they are read. */
  readonly reading?: Reading;
  /** Of dates: nothing tells whether the day or the month comes first; they are read with the day first. */
  readonly unclear: boolean;
}

/** Of a value, as it is shown. */
export const CELL = 40;
const MOST_DISTINCT = 1_000;
/** Longer values are told apart by their beginning and their length. */
const LONGEST_KEY = 200;
/** A column of numbers may have so many others in it: "n/a", "-". */
const ODD_SHARE = 0.05;

/** Of numbers and of dates: the way of reading most of them; among those that read as many, the first. */
const NUMBERS = ['plain', 'commas', 'dots'] as const satisfies readonly Reading[];
const DATES = ['dayFirst', 'monthFirst'] as const satisfies readonly Reading[];

/** One column: its type, its range, and which values it has, in bounded memory. */
export class Column {
  readonly name: string;
  readonly #decimalComma: boolean;
  #filled = 0;
  #booleans = 0;
  /** What is a number, or a date, however the others are read. */
  readonly #numbers = new Tally();
  readonly #dates = new Tally();
  /** What depends on the others, in each way of reading it. */
  #readings: Readonly<Record<Reading, Tally>> | undefined;
  /** Dates that are two different days. */
  #twoDays = 0;
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
    const value = digits ? this.#measured(source, start, end) : undefined;
    if (!digits && end - start <= 5 && isBoolean(source, start, end)) this.#booleans++;
    if (!this.#many) this.#value(value ?? keyOf(source, start, end));
  }

  /** The number or the date that it is, if that does not depend on others. */
  #measured(source: string, start: number, end: number): number | undefined {
    const readings = readingsOf(source, start, end, this.#decimalComma);
    if (readings && isReadable(readings)) {
      this.#readings ??= tallies();
      for (const reading of READINGS) this.#readings[reading].add(readings[reading]);
      const { dayFirst, monthFirst, plain } = readings;
      if (!Number.isNaN(dayFirst) && !Number.isNaN(monthFirst) && dayFirst !== monthFirst) this.#twoDays++;
      return Number.isNaN(plain) ? undefined : plain;
    }
    const number = numberOf(source, start, end, this.#decimalComma);
    if (!Number.isNaN(number)) {
      this.#numbers.add(number);
      return number;
    }
    const dated = end - start >= 10 && source.charCodeAt(start + 4) === 45;
    const date = dated ? dateOf(source.slice(start, end)) : Number.NaN;
    if (Number.isNaN(date)) return undefined;
    this.#dates.add(date);
    return date;
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
    const numbers = this.#best(this.#numbers, NUMBERS);
    const dates = this.#best(this.#dates, DATES);
    const type = this.#type(numbers.tally, dates.tally);
    const measured = type === 'date' ? dates : type === 'integer' || type === 'number' ? numbers : undefined;
    const [most] = this.#many ? [] : [...this.#values].sort((a, b) => b[1] - a[1]);
    return {
      name: this.name,
      type,
      filled: this.#filled,
      empty: rows - this.#filled,
      odd: measured === numbers ? this.#filled - numbers.tally.count : 0,
      distinct: this.#many ? MOST_DISTINCT : this.#values.size,
      many: this.#many,
      ...(most && most[1] > 1 && { most: { value: shownValue(most[0], type), times: most[1] } }),
      ...(measured && { min: measured.tally.min, max: measured.tally.max, reading: measured.reading }),
      ...(measured === numbers && { mean: numbers.tally.sum / numbers.tally.count }),
      unclear: type === 'date' && dates.even && this.#twoDays > 0,
    };
  }

  /** `even`: another way of reading them reads as many. */
  #best(same: Tally, ways: readonly Reading[]): { reading: Reading; tally: Tally; even: boolean } {
    const all = ways.map((reading) => ({ reading, tally: same.with(this.#readings?.[reading]) }));
    const [best = { reading: 'plain' as const, tally: same }, next] = all.sort((a, b) => b.tally.count - a.tally.count);
    return { ...best, even: best.tally.count === next?.tally.count };
  }

  /** The narrowest type that holds them all, but for a few that are no numbers. */
  #type(numbers: Tally, dates: Tally): ColumnType {
    const filled = this.#filled;
    if (filled === 0) return 'empty';
    const type = numbers.fractions > 0 ? 'number' : 'integer';
    if (numbers.count === filled && type === 'integer') return 'integer';
    if (numbers.count > 1 && numbers.count >= filled * (1 - ODD_SHARE)) return type;
    if (this.#booleans === filled) return 'boolean';
    return dates.count === filled ? 'date' : 'text';
  }
}

function tallies(): Readonly<Record<Reading, Tally>> {
  return {
    plain: new Tally(),
    commas: new Tally(),
    dots: new Tally(),
    dayFirst: new Tally(),
    monthFirst: new Tally(),
  };
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
