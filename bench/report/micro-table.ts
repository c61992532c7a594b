import type { MicroRow } from '../measure/micro-row.ts';
import type { Cells } from './columns.ts';

/** A task's inputs as a table: times in milliseconds, or microseconds where they are that small. */
export function microCells(rows: readonly MicroRow[]): Cells {
  const head = ['input', 'size', 'in', 'p50', 'p99', 'mean', 'runs', 'grows by', 'out'];
  const body = rows.map(({ input, size, bytesIn, p50, p99, mean, runs, grown, bytesOut }) => [
    input,
    size,
    amount(bytesIn),
    ...[p50, p99, mean].map(time),
    String(runs),
    amount(grown),
    amount(bytesOut),
  ]);
  return [head, ...body];
}

const US_PER_MS = 1_000;

function time(ms: number): string {
  if (ms < 0.1) return `${(ms * US_PER_MS).toFixed(1)} us`;
  return `${ms.toFixed(ms < 100 ? 1 : 0)} ms`;
}

/** As people count bytes: a megabyte is a million. */
function amount(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(bytes < 10_000 ? 1 : 0)} kB`;
  return `${(bytes / 1_000_000).toFixed(bytes < 10_000_000 ? 1 : 0)} MB`;
}
