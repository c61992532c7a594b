import { BYTE_ORDER_MARK, type Cell, csvLine } from '../csv.ts';
import type { Content, Layout } from './layout.ts';

/** A JSON object a line. */
export function jsonLines<R>({ record }: Content<R>): Layout<R> {
  return { extension: 'jsonl', begin: () => '', row: (row) => `${JSON.stringify(record(row))}\n`, end: () => '' };
}

/** CSV (RFC 4180) with the names of the columns first. No cell is a formula; what has parts is JSON. */
export function csv<R>({ columns, record }: Content<R>): Layout<R> {
  return {
    extension: 'csv',
    begin: () => `${BYTE_ORDER_MARK}${csvLine(columns)}`,
    row: (row) => csvLine(Object.values(record(row)).map(cellOf)),
    end: () => '',
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return JSON.stringify(value);
}
