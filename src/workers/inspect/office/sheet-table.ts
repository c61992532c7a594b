import type { CsvReader } from '../csv.ts';
import type { Cell } from './rows.ts';

/** So many rows are looked at to find the one with the names of the columns. */
const LOOKED_AT = 20;

/**
 * Gives a reader of tables the rows of a sheet. A title above the table, which fills a cell or two of it, is left out; the
 * table is as wide as the widest of its first rows.
 */
export function giveRows(rows: Iterator<readonly Cell[], void, undefined>, reader: CsvReader): void {
  const first: (readonly Cell[])[] = [];
  while (first.length < LOOKED_AT) {
    const { value } = rows.next();
    if (!value) break;
    first.push(value);
  }
  const fullest = Math.max(0, ...first.map(({ length }) => length));
  const heading = first.findIndex(({ length }) => length > fullest / 2);
  const width = Math.max(0, ...first.map(widthOf));
  const give = (cells: readonly Cell[]) => {
    for (const { column, text } of cells) reader.field(column, text, 0, text.length);
    return reader.row(Math.max(width, widthOf(cells)));
  };
  if (!first.slice(heading).every(give)) return;
  for (let next = rows.next(); next.value && give(next.value); next = rows.next());
}

function widthOf(cells: readonly Cell[]): number {
  return (cells.at(-1)?.column ?? -1) + 1;
}
