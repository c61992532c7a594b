import { type Cells, ms } from './columns.ts';
import { LABELS } from './labels.ts';
import type { AckSummary } from './report.ts';

const US_PER_SECOND = 1_000_000;
/** What a message may cost the main thread, beyond what the empty bot pays for reading it. Microseconds. */
const BAR_US = 30;
const HEAD = ['messages', 'judged/s', 'passed over', 'verdict p50/p99, ms', 'main thread, us each'];

/** What became of messages, and what each cost the main thread; nothing where none were sent. */
export function messageCells(modes: readonly AckSummary[], perSecond: number | undefined): Cells {
  if (perSecond === undefined) return [];
  const rows = modes.map((one) => [
    LABELS[one.mode],
    one.messages ? one.tasksPerSecond.toFixed(0) : '-',
    one.messages ? String(one.messages.shed) : '-',
    one.messages ? `${ms(one.messages.verdict.p50)} / ${ms(one.messages.verdict.p99)}` : '-',
    costOf(one, perSecond)?.toFixed(0) ?? '-',
  ]);
  return [HEAD, ...rows];
}

/** What a message costs beyond what anybody pays for it, in a sentence. */
export function messageVerdict(modes: readonly AckSummary[], perSecond: number | undefined): string[] {
  if (perSecond === undefined) return [];
  const of = (mode: AckSummary['mode']) =>
    modes.filter((one) => one.mode === mode).map((one) => costOf(one, perSecond))[0];
  const [offload, floor] = [of('offload'), of('floor')];
  if (offload === undefined || floor === undefined) return [];
  const own = offload - floor;
  const verdict = own <= BAR_US ? 'within' : 'OVER';
  return [`offload costs the main thread ${own.toFixed(0)} us a message more than the floor (${verdict} ${BAR_US} us)`];
}

/** Microseconds of the main thread. */
function costOf({ mainCpuShare }: AckSummary, perSecond: number): number | undefined {
  return mainCpuShare === undefined ? undefined : (mainCpuShare * US_PER_SECOND) / perSecond;
}
