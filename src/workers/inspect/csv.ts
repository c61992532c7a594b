import Papa from 'papaparse';
import { linesOf, safeText } from './safe-text.ts';

type ColumnType = 'integer' | 'number' | 'boolean' | 'date' | 'text' | 'empty';
export type Delimiter = ',' | '\t' | ';' | '|';

export interface CsvShape {
  readonly delimiter: Delimiter;
  /** Without the heading. */
  readonly rows: number;
  /** How many columns the heading has; `columns` holds the first of them. */
  readonly columnCount: number;
  readonly columns: { name: string; type: ColumnType }[];
  /** The first rows of the first columns, safe to show. */
  readonly sample: string[][];
  /** Rows with another number of fields than the heading. */
  readonly ragged: number;
  /** False when the file goes on after what was read. */
  readonly whole: boolean;
}

const DELIMITERS: readonly Delimiter[] = [',', '\t', ';', '|'];
const SNIFFED_LINES = 40;
const SNIFFED_CHARS = 200_000;
/** A row is one array of strings: an endless one would be a hundred times its own size. */
const LONGEST_LINE = 1_000_000;
/** The parser notes every misplaced quote: a file of nothing else takes some thirty times its size. */
const READ_CHARS = 10_000_000;
const READ_ROWS = 1_000_000;
const TYPED_ROWS = 1_000;
const SHOWN = { columns: 50, rows: 5, sampleColumns: 8, cell: 40 };

/** The delimiter that cuts nearly every line at the start into the same number of fields, two at the least. */
export function sniffDelimiter(text: string, longestLine: number): Delimiter | undefined {
  if (longestLine > LONGEST_LINE) return undefined;
  const head = [...firstLines(text.slice(0, SNIFFED_CHARS))].join('\n');
  const rated = DELIMITERS.map((delimiter) => ({ delimiter, ...rate(head, delimiter) }));
  const [best] = rated.filter(({ even }) => even >= 0.9).sort((a, b) => b.fields - a.fields);
  return best?.delimiter;
}

/** What a table holds, read row by row: only the first rows are ever kept. */
export function csvShape(text: string, delimiter: Delimiter): CsvShape {
  const table = new Table();
  const input = text.length > READ_CHARS ? text.slice(0, text.lastIndexOf('\n', READ_CHARS)) : text;
  let rows = 0;
  Papa.parse<string[]>(input, {
    delimiter,
    // The quick way cuts the whole text into lines first.
    fastMode: false,
    skipEmptyLines: true,
    step: ({ data }, parser) => {
      table.add(data);
      if (++rows > READ_ROWS) parser.abort();
    },
  });
  return { delimiter, ...table.shape(), whole: input.length === text.length && rows <= READ_ROWS };
}

class Table {
  #heading: readonly string[] | undefined;
  #rows = 0;
  #ragged = 0;
  readonly #types: (ColumnType | undefined)[] = [];
  readonly #sample: string[][] = [];

  add(fields: readonly string[]): void {
    if (!this.#heading) {
      this.#heading = fields;
      return;
    }
    this.#rows++;
    if (fields.length !== this.#heading.length) this.#ragged++;
    if (this.#sample.length < SHOWN.rows) this.#sample.push(fields.slice(0, SHOWN.sampleColumns).map(shownCell));
    if (this.#rows > TYPED_ROWS) return;
    for (const [index, field] of fields.slice(0, SHOWN.columns).entries()) {
      if (field !== '') this.#types[index] = wider(this.#types[index], typeOf(field.trim()));
    }
  }

  shape() {
    const heading = this.#heading ?? [];
    return {
      rows: this.#rows,
      columnCount: heading.length,
      columns: heading
        .slice(0, SHOWN.columns)
        .map((name, index) => ({ name: shownCell(name.trim()), type: this.#types[index] ?? ('empty' as const) })),
      sample: this.#sample,
      ragged: this.#ragged,
    };
  }
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
  const { data } = Papa.parse<string[]>(head, { delimiter, fastMode: false, skipEmptyLines: true });
  const counts = new Map<number, number>();
  for (const { length } of data) counts.set(length, (counts.get(length) ?? 0) + 1);
  const [fields, lines] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [0, 0];
  return { fields, even: fields >= 2 && data.length >= 2 ? lines / data.length : 0 };
}

/** Longer than any number or date: such a field is text, and the patterns below are spared it. */
const LONGEST_VALUE = 40;

function typeOf(field: string): ColumnType {
  if (field === '') return 'empty';
  if (field.length > LONGEST_VALUE) return 'text';
  if (/^[-+]?\d+$/.test(field)) return 'integer';
  if (/^[-+]?(?:\d+\.\d*|\.?\d+)(?:[eE][-+]?\d+)?$/.test(field)) return 'number';
  if (/^(?:true|false|yes|no)$/i.test(field)) return 'boolean';
  if (/^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/.test(field))
    return 'date';
  return 'text';
}

/** The narrowest type that holds both. */
function wider(known: ColumnType | undefined, next: ColumnType): ColumnType {
  if (known === undefined || known === 'empty' || known === next) return next;
  if (next === 'empty') return known;
  const numbers: readonly ColumnType[] = ['integer', 'number'];
  return numbers.includes(known) && numbers.includes(next) ? 'number' : 'text';
}

function shownCell(text: string): string {
  return safeText(text.replaceAll('\n', '␊').slice(0, SHOWN.cell * 2), SHOWN.cell);
}
