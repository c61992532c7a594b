/** Names the encoding to spreadsheets, which guess wrong without. */
export const BYTE_ORDER_MARK = '\ufeff';
const END = '\r\n';
/**
 * Where spreadsheets take a text for a formula, also in the wide letters of East Asia; and behind what parts cells for those that are
 * set to a language which writes numbers with commas, whatever stands in quotes.
 */
const FORMULA = /(?<=(?:^|[;\t\r\n])\s*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])/gu;

export type Cell = string | number | boolean | null;

/** A line of a CSV file (RFC 4180). No cell is a formula. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(cellOf).join(',')}${END}`;
}

function cellOf(cell: Cell): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  return `"${cell.replaceAll(FORMULA, "'").replaceAll('"', '""')}"`;
}
