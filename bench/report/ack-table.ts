import { type Cells, ms } from './columns.ts';
import { LABELS } from './labels.ts';
import { loadCells } from './load-table.ts';
import { messageCells, messageVerdict } from './messages-table.ts';
import type { AckResult, AckSummary } from './report.ts';
import { slopeCells } from './slopes.ts';

const BYTES_PER_MB = 1_048_576;
const MS_PER_SECOND = 1_000;
const US_PER_SECOND = 1_000_000;
/** Of what held the loop up so many are named. */
const NAMED = 5;
const HEAD = ['first answer, ms', 'p50', 'p90', 'p99', 'p99.9', 'max', 'lost', 'tasks/s', 'rounds'];
const COST_HEAD = [
  'cost',
  'main CPU',
  'other CPU',
  'main thread',
  'MB',
  'heap MB',
  'queries/s',
  'ms each',
  'loop p99/p99.9/max',
  '>5 ms late',
];

/** All that is told of a scenario as tables, each with its head; those that would be empty are left out. */
export function ackTables({ modes, perSecond, rounds }: AckResult): readonly Cells[] {
  if (modes.length === 0) return [];
  return [
    [HEAD, ...modes.map(answerCells)],
    [COST_HEAD, ...modes.map((one) => costCells(one, perSecond))],
    loadCells(modes),
    messageCells(modes, perSecond),
    slopeCells(rounds),
  ].filter((cells) => cells.length > 0);
}

/** What the figures come to, a sentence each. */
export function verdictLines({ modes, verdict, perSecond }: AckResult): string[] {
  const lines = [...messageVerdict(modes, perSecond), ...modes.flatMap(lateLine)];
  const { ratio, bar, leastRatio } = verdict;
  if (bar)
    lines.push(
      `offload p99 ${bar.met ? 'is within' : 'MISSES'} the bar of ${ms(bar.p99)} ms (twice the floor, or 5 ms above)`,
    );
  const lost = modes.find(({ mode }) => mode === 'offload')?.lost ?? 0;
  if (lost > 0) lines.push(`offload LOST ${lost} of the probes`);
  if (ratio !== undefined)
    lines.push(
      `inline p99 is ${ratio.toFixed(1)} times offload p99${leastRatio === undefined ? '' : ` (the least that is wanted: ${leastRatio})`}`,
    );
  for (const { mode, validRounds } of modes) {
    if (validRounds === 0)
      lines.push(
        `${mode} had no valid round: its figures say more of the machine than of the bot, and nothing is held against them`,
      );
  }
  return lines;
}

function answerCells({ mode, ack, lost, sent, tasksPerSecond, rounds, validRounds }: AckSummary): readonly string[] {
  return [
    LABELS[mode],
    ...[ack.p50, ack.p90, ack.p99, ack.p999, ack.max].map(ms),
    `${lost}/${sent}`,
    mode === 'offload' || mode === 'inline' ? tasksPerSecond.toFixed(1) : '-',
    validRounds === rounds ? `${rounds}` : `${validRounds} valid of ${rounds}`,
  ];
}

function costCells(summary: AckSummary, perSecond: number | undefined): readonly string[] {
  const { mode, mainCpuShare, othersCpuShare, memory, heap, database, loop, late } = summary;
  const percent = (share: number | undefined) => (share === undefined ? '-' : `${(share * 100).toFixed(1)} %`);
  return [
    LABELS[mode],
    percent(mainCpuShare),
    percent(othersCpuShare),
    eachOf(summary, perSecond),
    memory ? (memory.peak / BYTES_PER_MB).toFixed(0) : '-',
    heap === undefined ? '-' : (heap / BYTES_PER_MB).toFixed(0),
    database ? database.perSecond.toFixed(1) : '-',
    database ? ms(database.ms) : '-',
    loop ? [loop.p99, loop.p999, loop.max].map(ms).join(' / ') : '-',
    late ? String(late.reduce((sum, { count }) => sum + count, 0)) : '-',
  ];
}

/** What one of those things that the scenario is about costs the main thread, whatever else goes on meanwhile included. */
function eachOf({ mainCpuShare, seconds, sent, load }: AckSummary, perSecond: number | undefined): string {
  if (mainCpuShare === undefined) return '-';
  const one = (inAll: number) => ms((mainCpuShare * seconds * MS_PER_SECOND) / inAll);
  if (perSecond !== undefined) return `${((mainCpuShare * US_PER_SECOND) / perSecond).toFixed(0)} us a message`;
  return load ? `${one(load.sent)} ms a task` : `${one(sent)} ms an answer`;
}

/** What held the main thread up for over 5 ms, as the bot's own monitor saw it. */
function lateLine({ mode, late = [] }: AckSummary): string[] {
  if (late.length === 0) return [];
  const named = late.slice(0, NAMED).map(({ ran, count, ms: all }) => `${ran} ${count} (${ms(all)} ms)`);
  const more = late.length > NAMED ? [`${late.length - NAMED} more`] : [];
  return [`${mode} was over 5 ms late because of: ${[...named, ...more].join(', ')}`];
}
