import { type Cells, ms } from './columns.ts';
import { LABELS } from './labels.ts';
import type { AckSummary } from './report.ts';

const BYTES_PER_MB = 1_048_576;
const HEAD = ['load and memory', 'sent', 'done', 'busy', 'failed', 'done/s', 'took p50/p99, ms', 'MB start/peak/end'];

/** What became of what people did besides probing, and of memory meanwhile; nothing where they did nothing. */
export function loadCells(modes: readonly AckSummary[]): Cells {
  if (modes.every(({ load }) => load === undefined)) return [];
  const rows = modes.map(({ mode, load, memory }) => [
    LABELS[mode],
    ...(load ? [load.sent, load.done, load.busy, load.failed].map(String) : ['-', '-', '-', '-']),
    load && mode !== 'floor' ? load.donePerSecond.toFixed(1) : '-',
    load && mode !== 'floor' ? `${ms(load.took.p50)} / ${ms(load.took.p99)}` : '-',
    memory ? [memory.start, memory.peak, memory.end].map(mb).join(' / ') : '-',
  ]);
  return [HEAD, ...rows];
}

function mb(bytes: number): string {
  return (bytes / BYTES_PER_MB).toFixed(0);
}
