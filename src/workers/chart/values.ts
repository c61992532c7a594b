import { dateOf, numberOf } from '../inspect/cell-values.ts';
import { Column } from '../inspect/column.ts';
import type { CsvReader, Delimiter } from '../inspect/csv.ts';
import { isValue, READINGS, type Reading, type Readings, readingsOf } from '../inspect/readings.ts';
import { padded } from '../inspect/tables.ts';

const LONGEST_NAME = 200;
const MOST_NAMES = 1_000;
const MOST_CATEGORIES = 10_000;
const LONGEST_CATEGORY = 100;

interface Row {
  readonly number: number;
  readonly readings: Readings | undefined;
  readonly category: number;
}

const EMPTY: Row = { number: Number.NaN, readings: undefined, category: -1 };

/** A column with all its values: 12 bytes a row, 8 more for each way in which some of them may be read, and its different texts. */
export class Picked {
  readonly name: string;
  readonly #decimalComma: boolean;
  readonly #column: Column;
  readonly #ids = new Map<string, number>();
  #numbers = new Float64Array(1_024);
  /** The same where values mean other numbers in this way of reading them. */
  readonly #read = new Map<Reading, Float64Array>();
  #categories = new Int32Array(1_024);
  #length = 0;
  #row: Row = EMPTY;

  constructor(name: string, decimalComma: boolean) {
    this.name = name;
    this.#decimalComma = decimalComma;
    this.#column = new Column(name, decimalComma);
  }

  /** The value of the row that is being read. */
  add(source: string, start: number, end: number): void {
    this.#column.add(source, start, end);
    const text = source.slice(start, Math.min(end, start + LONGEST_CATEGORY)).trim();
    const number = numberOf(text, 0, text.length, this.#decimalComma);
    const readings = readingsOf(text, 0, text.length, this.#decimalComma);
    this.#row = { number: Number.isNaN(number) ? dateOf(text) : number, readings, category: this.#idOf(text) };
  }

  /** The row is over; one that is too short has nothing here. */
  end(): void {
    if (this.#length === this.#numbers.length) this.#grow();
    const { number, readings, category } = this.#row;
    for (const reading of readings ? READINGS : []) {
      const value = readings?.[reading] ?? Number.NaN;
      if (!Number.isNaN(value) && value !== number && !this.#read.has(reading))
        this.#read.set(reading, this.#numbers.slice());
    }
    this.#numbers[this.#length] = number;
    for (const [reading, numbers] of this.#read) numbers[this.#length] = readings?.[reading] ?? number;
    this.#categories[this.#length++] = category;
    this.#row = EMPTY;
  }

  #grow(): void {
    const [numbers, categories] = [longer(this.#numbers), new Int32Array(this.#length * 2)];
    categories.set(this.#categories);
    [this.#numbers, this.#categories] = [numbers, categories];
    for (const [reading, old] of this.#read) this.#read.set(reading, longer(old));
  }

  /** -1 is for nothing, and for texts beyond those that are kept. */
  #idOf(text: string): number {
    if (text === '') return -1;
    const known = this.#ids.get(text);
    if (known !== undefined) return known;
    if (this.#ids.size >= MOST_CATEGORIES) return -1;
    this.#ids.set(text, this.#ids.size);
    return this.#ids.size - 1;
  }

  /** What it holds: numbers, dates, or anything else. */
  kind(): 'numbers' | 'dates' | 'texts' | 'nothing' {
    const { type } = this.#column.facts(this.#length);
    if (type === 'empty') return 'nothing';
    if (type === 'date') return 'dates';
    return type === 'integer' || type === 'number' ? 'numbers' : 'texts';
  }

  /** A number a row; dates are milliseconds since 1970, anything else NaN. */
  numbers(): Float64Array {
    const { reading = 'plain' } = this.#column.facts(this.#length);
    return (this.#read.get(reading) ?? this.#numbers).subarray(0, this.#length);
  }

  /** Whether it holds dates of which nothing tells if the day or the month comes first. */
  get unclear(): boolean {
    return this.#column.facts(this.#length).unclear;
  }

  /** Which of `names` each row has; -1 for none of them. */
  categories(): { readonly ids: Int32Array; readonly names: readonly string[] } {
    return { ids: this.#categories.subarray(0, this.#length), names: [...this.#ids.keys()] };
  }
}

function longer(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const copy = new Float64Array(numbers.length * 2);
  copy.set(numbers);
  return copy;
}

/** Picks columns out of a table, by name (in any case) or as `#2`. */
export class Picker implements CsvReader {
  readonly #wanted: readonly string[];
  readonly #decimalComma: boolean;
  readonly #onRow: () => void;
  #first: string[] | undefined = [];
  #names: readonly string[] = [];
  #picked: readonly (Picked | undefined)[] = [];
  #places = new Map<number, Picked>();

  /** `onRow` is called for each row and may throw. */
  constructor(wanted: readonly string[], delimiter: Delimiter | undefined, onRow: () => void) {
    this.#wanted = wanted;
    this.#decimalComma = delimiter !== undefined && delimiter !== ',';
    this.#onRow = onRow;
  }

  field(index: number, source: string, start: number, end: number): void {
    if (this.#first) {
      if (index < MOST_NAMES) this.#first[index] = source.slice(start, Math.min(end, start + LONGEST_NAME));
    } else this.#places.get(index)?.add(source, start, end);
  }

  row(fields: number): boolean {
    const first = this.#first;
    if (first) {
      this.#first = undefined;
      return this.#begin(padded(first, Math.min(fields, MOST_NAMES)));
    }
    return this.#end();
  }

  #end(): boolean {
    for (const one of this.#places.values()) one.end();
    this.#onRow();
    return true;
  }

  /** False when a column is not there: then there is nothing to read. */
  #begin(first: readonly string[]): boolean {
    const heading = !first.some((field) => isValue(field, this.#decimalComma));
    this.#names = first.map((name, at) => (heading && name.trim() !== '' ? name.trim() : `#${at + 1}`));
    const lower = this.#names.map((name) => name.toLowerCase());
    for (const wanted of this.#wanted) {
      const key = wanted.trim().toLowerCase();
      const numbered = /^#(\d{1,4})$/.exec(key)?.[1];
      const at = lower.includes(key) ? lower.indexOf(key) : numbered ? Number(numbered) - 1 : -1;
      const name = this.#names[at];
      const picked = name === undefined ? undefined : (this.#places.get(at) ?? new Picked(name, this.#decimalComma));
      if (picked) this.#places.set(at, picked);
      this.#picked = [...this.#picked, picked];
    }
    if (this.#picked.includes(undefined)) return false;
    if (!heading) {
      for (const [at, picked] of this.#places) picked.add(first[at] ?? '', 0, first[at]?.length ?? 0);
      return this.#end();
    }
    return true;
  }

  /** The names of the first columns. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** In the order asked for; nothing where there is no such column. */
  get picked(): readonly (Picked | undefined)[] {
    return this.#picked;
  }
}
