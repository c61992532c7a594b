import { ackTables, verdictLines } from './ack-table.ts';
import { type Cells, columns } from './columns.ts';
import { factCells } from './fact-table.ts';
import { microCells } from './micro-table.ts';
import type { Report, ScenarioResult } from './report.ts';

/** The report for a terminal: plain text, some 120 columns. */
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
      return [...tables(ackTables(result)), ...verdictLines(result).map((line) => `  ${line}`)];
    case 'facts':
      return tables([factCells(result.facts).slice(1)]);
    case 'micro':
      return tables(result.rows.length === 0 ? [] : [microCells(result.rows)]);
    default: {
      const never: never = result;
      return never;
    }
  }
}

function tables(all: readonly Cells[]): string[] {
  const lines = all.flatMap(columns);
  return lines.length > 0 ? lines : ['  nothing was measured'];
}
