import { CELL, Column, type ColumnFacts, shownCell } from './column.ts';
import { type CsvEnd, type CsvReader, type Delimiter, readCsv } from './csv.ts';
import { isValue } from './readings.ts';
import { SecretColumns } from './secret-columns.ts';
import type { SecretKind } from './secret-tokens.ts';

interface TableFacts {
  /** Without the heading. */
  readonly rows: number;
  readonly columnCount: number;
  readonly heading: boolean;
  /** The first of them. */
  readonly columns: readonly ColumnFacts[];
  readonly sample: readonly (readonly string[])[];
  /** Rows with another number of fields than the first. */
  readonly ragged: number;
  /** Of columns that are called so, as far as one of their first values is more than a word. */
  readonly secrets: SecretKind[];
}

const SHOWN = { columns: 50, rows: 5, sampleColumns: 8 };
const LONGEST_NAME = 200;

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
  readonly #secrets = new SecretColumns();
  /** Whether those may still be found. */
  #seeking = true;
  readonly #decimalComma: boolean;
  readonly #onRow: () => boolean;

  /** `onRow` is called for each row and says whether to go on; it may throw. */
  constructor(delimiter: Delimiter | undefined, onRow: () => boolean = () => true) {
    this.#decimalComma = delimiter !== undefined && delimiter !== ',';
    this.#onRow = onRow;
  }

  field(index: number, source: string, start: number, end: number): void {
    if (this.#seeking) this.#secrets.field(index, source, start, end);
    if (this.#first) {
      if (index < SHOWN.columns) this.#first[index] = source.slice(start, Math.min(end, start + LONGEST_NAME));
      return;
    }
    if (index < SHOWN.sampleColumns && this.#sample.length < SHOWN.rows)
      this.#row[index] = shownCell(source.slice(start, Math.min(end, start + CELL * 2)));
    this.#columns[index]?.add(source, start, end);
  }

  row(fields: number): boolean {
    this.#seeking &&= this.#secrets.row();
    const first = this.#first;
    if (first) {
      this.#first = undefined;
      this.#begin(padded(first, Math.min(fields, SHOWN.columns)), fields);
      return this.#heading || this.#onRow();
    }
    this.#rows++;
    if (fields !== this.#columnCount) this.#ragged++;
    if (this.#sample.length < SHOWN.rows) this.#keepRow(fields);
    return this.#onRow();
  }

  #keepRow(fields: number): void {
    this.#sample.push(padded(this.#row, Math.min(fields, SHOWN.sampleColumns)));
    this.#row = [];
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
    this.#keepRow(fields);
  }

  facts(): TableFacts {
    return {
      rows: this.#rows,
      columnCount: this.#columnCount,
      heading: this.#heading,
      columns: this.#columns.map((column) => column.facts(this.#rows)),
      sample: this.#sample,
      ragged: this.#ragged,
      secrets: this.#secrets.kinds(),
    };
  }
}

/** A row with nothing in the fields that were not given. */
export function padded(row: readonly string[], fields: number): string[] {
  return Array.from({ length: fields }, (_, at) => row[at] ?? '');
}

/** Reads a text as a table; what `onRow` and `tick` throw ends it, and what was seen until then is in `table`. */
export function readTable(text: string, delimiter: Delimiter, table: CsvReader, tick: () => void): CsvEnd {
  const declared = /^sep=[^\n]{1,2}\n/.exec(text.slice(0, 8))?.[0].length ?? 0;
  return readCsv(declared > 0 ? text.slice(declared) : text, delimiter, table, tick);
}
