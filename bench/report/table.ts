import type { Fact } from '../facts/fact.ts';
import { columns, ms } from './columns.ts';
import { LABELS } from './labels.ts';
import { renderLoad } from './load-table.ts';
import { renderMessages } from './messages-table.ts';
import { renderMicro } from './micro-table.ts';
import type { AckResult, AckSummary, Report, ScenarioResult } from './report.ts';

/** The report for a terminal: plain text, 110 columns at the most. */
export function renderReport(report: Report): string {
  const { machine, runtime, rockhopper, partial } = report;
  const head = [
    `Rockhopper ${rockhopper} on ${runtime}; ${machine.cores} cores, ${machine.cpu}, ${machine.system}, load before ${machine.loadBefore}`,
    ...(partial ? ['THIS REPORT IS PARTIAL: the run ended before all was measured.'] : []),
  ];
  return `${[...head, ...report.scenarios.map(renderScenario)].join('\n\n')}\n`;
}

function renderScenario(result: ScenarioResult): string {
  const head = `${result.name}: ${result.about}`;
  return [head, ...renderBody(result), ...(result.failed ? [`FAILED: ${result.failed}`] : [])].join('\n');
}

function renderBody(result: ScenarioResult): string[] {
  switch (result.kind) {
    case 'ack':
      return renderAck(result);
    case 'facts':
      return renderFacts(result.facts);
    case 'micro':
      return renderMicro(result.rows);
    default: {
      const never: never = result;
      return never;
    }
  }
}

function renderAck({ modes, verdict, perSecond }: AckResult): string[] {
  if (modes.length === 0) return ['  nothing was measured'];
  const head = ['first answer, ms', 'p50', 'p90', 'p99', 'p99.9', 'max', 'lost', 'loop p99/max', 'tasks/s', 'rounds'];
  const rows = modes.map(({ mode, ack, lost, sent, loop, tasksPerSecond, rounds, validRounds }: AckSummary) => [
    LABELS[mode],
    ...[ack.p50, ack.p90, ack.p99, ack.p999, ack.max].map(ms),
    `${lost}/${sent}`,
    loop ? `${ms(loop.p99)} / ${ms(loop.max)}` : '-',
    mode === 'offload' || mode === 'inline' ? tasksPerSecond.toFixed(1) : '-',
    validRounds === rounds ? `${rounds}` : `${validRounds} valid of ${rounds}`,
  ]);
  const lines = [...columns([head, ...rows]), ...renderLoad(modes), ...renderMessages(modes, perSecond)];
  const { ratio, bar, leastRatio } = verdict;
  if (bar)
    lines.push(
      `  offload p99 ${bar.met ? 'is within' : 'MISSES'} the bar of ${ms(bar.p99)} ms (twice the floor, or 5 ms above)`,
    );
  const lost = modes.find(({ mode }) => mode === 'offload')?.lost ?? 0;
  if (lost > 0) lines.push(`  offload LOST ${lost} of the probes`);
  if (ratio !== undefined)
    lines.push(
      `  inline p99 is ${ratio.toFixed(1)} times offload p99${leastRatio > 0 ? ` (the least that is wanted: ${leastRatio})` : ''}`,
    );
  for (const { mode, validRounds } of modes) {
    if (validRounds === 0)
      lines.push(
        `  ${mode} had no valid round: its figures say more of the machine than of the bot, and nothing is held against them`,
      );
  }
  return lines;
}

function renderFacts(facts: readonly Fact[]): string[] {
  return columns(
    facts.map((fact) => {
      if ('skipped' in fact) return [fact.what, '-', `left out: ${fact.skipped}`];
      const { what, value, unit, bar } = fact;
      const verdict = bar === undefined ? '' : value <= bar ? `within ${bar} ${unit}` : `OVER ${bar} ${unit}`;
      const tenths = unit === 's' || unit === 'a second' || (unit === 'ms' && value < 100);
      return [what, `${value.toFixed(tenths ? 1 : 0)} ${unit}`, verdict];
    }),
  );
}
