import { type Budget, LimitError } from '../inspect/budget.ts';
import { type CsvReader, type Delimiter, sniffDelimiter } from '../inspect/csv.ts';
import { decode } from '../inspect/decode.ts';
import { hasAt } from '../inspect/magic.ts';
import { Parts } from '../inspect/office/package.ts';
import { Relations } from '../inspect/office/relations.ts';
import { giveRows } from '../inspect/office/sheet-table.ts';
import type { Sheet } from '../inspect/office/sheets.ts';
import { Workbook } from '../inspect/office/workbook.ts';
import { XmlError } from '../inspect/office/xml.ts';
import type { LimitHit } from '../inspect/report.ts';
import { claimOf } from '../inspect/shape.ts';
import { readTable } from '../inspect/tables.ts';
import { zipKind } from '../inspect/zip-kind.ts';
import { label } from './plan.ts';
import { type Refused, refused, type Says } from './says.ts';

export interface Source {
  readonly kind: 'table';
  /** Nothing where the fields are apart already. */
  readonly delimiter: Delimiter | undefined;
  /** Gives the rows to a reader; LimitError where the budget ends. */
  readonly read: (reader: CsvReader) => void;
  /** What was left out before the rows were read. */
  readonly limits: readonly LimitHit[];
  /** Which of several tables it is. */
  readonly said: readonly Says[];
}

const SHOWN_SHEETS = 10;

interface TableFile {
  readonly bytes: Uint8Array;
  readonly name: string;
  readonly sheet?: string;
}

/** The table in a file: the text of it, or a sheet, which is the first that holds anything unless `sheet` names another. */
export async function tableIn(file: TableFile, budget: Budget): Promise<Source | Refused> {
  try {
    return await open(file, budget);
  } catch (error) {
    if (error instanceof LimitError) return refused('tooMuch');
    throw error;
  }
}

async function open(file: TableFile, budget: Budget): Promise<Source | Refused> {
  if (hasAt(file.bytes, 0, 'PK\x03\x04') && zipKind(file.bytes).type === 'xlsx') return sheetIn(file, budget);
  if (file.sheet !== undefined) return refused('noSheets');
  budget.take('bytesOut', file.bytes.length);
  const decoded = await decode(file.bytes);
  const text = decoded.kind === 'text' ? decoded.text : '';
  const claim = claimOf(file.name, '');
  const delimiter = sniffDelimiter(text) ?? (claim === 'csv' ? ',' : claim === 'tsv' ? '\t' : undefined);
  if (!delimiter || !/\S/.test(text)) return refused('notATable');
  const read = (reader: CsvReader) => void readTable(text, delimiter, reader, () => budget.checkTime());
  return { kind: 'table', delimiter, read, limits: [], said: [] };
}

function sheetIn({ bytes, sheet: wanted }: TableFile, budget: Budget): Source | Refused {
  const parts = new Parts(bytes, budget);
  const book = new Workbook(parts, new Relations([...parts.relations()]), budget);
  const sheets = wanted === undefined ? book.sheets : book.sheets.filter((sheet, at) => isNamed(sheet, at, wanted));
  const names = book.sheets
    .slice(0, SHOWN_SHEETS)
    .map(({ name }) => label(name))
    .join(', ');
  if (wanted !== undefined && sheets.length === 0)
    return refused('noSuchSheet', { sheet: label(wanted), sheets: names });
  for (const sheet of sheets) {
    const text = book.text(sheet);
    if (text === undefined || !holdsAny(book, text)) continue;
    const params = { sheet: label(sheet.name), sheets: names };
    const said: readonly Says[] = book.sheets.length > 1 ? [{ code: 'sheet', params }] : [];
    const read = (reader: CsvReader) => giveRows(book.rows(text), reader);
    return { kind: 'table', delimiter: undefined, read, limits: book.limits, said };
  }
  return refused('notATable');
}

/** By its name in any case, or as `#2`. */
function isNamed({ name }: Sheet, at: number, wanted: string): boolean {
  const key = wanted.trim().toLowerCase();
  return name.trim().toLowerCase() === key || key === `#${at + 1}`;
}

function holdsAny(book: Workbook, text: string): boolean {
  try {
    return book.rows(text).next().done !== true;
  } catch (error) {
    if (error instanceof XmlError) return false;
    throw error;
  }
}
