import { databaseError } from '../../db/away.ts';
import { type Address, openPool } from '../../db/pool.ts';
import { toWire } from '../../lib/errors.ts';
import type { ExportCode, ExportOrder, ExportReply } from './order.ts';
import { runExport } from './run-export.ts';
import { ExportTooLargeError } from './write-export.ts';

/** How long a connection may take to say goodbye. Seconds. */
const GOODBYE_S = 5;
/** So many rows are written before it is said again how many. */
const SAID_EVERY = 2_000;

/** Runs an export on a database connection of its own, which is closed at the end, whatever ends it. Nothing is thrown. */
export async function serveExport(
  { id, order }: { readonly id: number; readonly order: ExportOrder },
  address: Address | undefined,
  say: (reply: ExportReply) => void,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (!address) throw new Error('the I/O thread was started without a database');
    const db = openPool(address, { applicationName: 'rockhopper export', connections: 1 });
    let rows = 0;
    let said = 0;
    try {
      await runExport(db, order, {
        signal,
        onRows(more) {
          rows += more;
          if (rows - said < SAID_EVERY) return;
          said = rows;
          say({ kind: 'export-rows', id, rows });
        },
        onPart: (part) => say({ kind: 'export-part', id, part }),
      });
    } finally {
      await db.end({ timeout: GOODBYE_S });
    }
    say({ kind: 'exported', id });
  } catch (error) {
    say({ kind: 'export-failed', id, code: codeOf(error, signal), error: toWire(error) });
  }
}

function codeOf(error: unknown, signal: AbortSignal): ExportCode {
  if (signal.aborted) return 'aborted';
  if (error instanceof ExportTooLargeError) return 'large';
  if (databaseError(error)) return 'away';
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT' || code === 'EFBIG' ? 'full' : 'failed';
}
