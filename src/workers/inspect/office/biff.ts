import type { Budget } from '../budget.ts';
import type { Findings } from '../findings.ts';

const [BOUND_SHEET, FILE_PASS, SUP_BOOK, CONTINUE_END] = [0x85, 0x2f, 0x1ae, 0x0a];
const MOST_SHEETS = 255;

export interface BookSheet {
  readonly name: string;
  readonly hidden: boolean;
}

/** The sheets of an older workbook by its records, and what they give away: macros of the old kind, other programs, a lock. */
export function readBook(bytes: Uint8Array, budget: Budget, findings: Findings): readonly BookSheet[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sheets: BookSheet[] = [];
  for (let at = 0, count = 0; at + 4 <= bytes.length; count++) {
    if (count % 4_096 === 0) budget.checkTime();
    const kind = view.getUint16(at, true);
    const end = Math.min(bytes.length, at + 4 + view.getUint16(at + 2, true));
    const record = bytes.subarray(at + 4, end);
    if (kind === FILE_PASS) findings.add('office-encrypted', 'careful');
    if (kind === BOUND_SHEET && sheets.length < MOST_SHEETS) sheets.push(sheetIn(record, findings));
    if (kind === SUP_BOOK) linkIn(record, findings);
    // What follows the end of the first part are the sheets themselves.
    if (kind === CONTINUE_END) break;
    at = end;
  }
  return sheets;
}

function sheetIn(record: Uint8Array, findings: Findings): BookSheet {
  const [state = 0, kind = 0, length = 0, wide = 0] = record.subarray(4, 8);
  if (kind === 1) findings.add('macros-old', 'dangerous');
  return { name: text(record.subarray(8), length, (wide & 1) === 1), hidden: (state & 3) !== 0 };
}

/** `service \x03 topic`: the way older workbooks call other programs. */
function linkIn(record: Uint8Array, findings: Findings): void {
  const [low = 0, high = 0, wide = 0] = record.subarray(2, 5);
  const length = low | (high << 8);
  if (length === 0x0401 || length === 0x3a01) return;
  const name = text(record.subarray(5), Math.min(length, 255), (wide & 1) === 1);
  const [service, topic] = name.split('\u0003');
  if (topic !== undefined) findings.add('dde', 'dangerous', { command: `${service} ${topic}` });
}

function text(bytes: Uint8Array, length: number, wide: boolean): string {
  return new TextDecoder(wide ? 'utf-16le' : 'latin1').decode(bytes.subarray(0, wide ? length * 2 : length));
}
