import { ackTables, verdictLines } from '../ack-table.ts';
import { type Cells, columns } from '../columns.ts';
import { factCells } from '../fact-table.ts';
import { LABELS } from '../labels.ts';
import { microCells } from '../micro-table.ts';
import type { AckResult, Report, ScenarioResult } from '../report.ts';
import { renderChart } from './chart.ts';
import { latencyCurves } from './curves.ts';
import { escapeHtml } from './escape.ts';
import { renderFlames } from './flames.ts';
import { STYLE } from './style.ts';
import { timelines } from './timelines.ts';

/** The whole report as one page that needs nothing else: no script, no network, light or dark as the reader likes it. */
export function renderPage(report: Report): string {
  const { rockhopper, runtime, machine, startedAt, endedAt, command, partial, scenarios } = report;
  const title = `Rockhopper ${rockhopper} on ${runtime}, measured`;
  const facts = `${machine.cores} cores, ${machine.cpu}, ${machine.system}; load before ${machine.loadBefore}; ${startedAt} to ${endedAt}`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<link rel="icon" href="data:,"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><header><h1>${escapeHtml(title)}</h1><p class="soft">${escapeHtml(facts)}</p><p><code>${escapeHtml(command)}</code></p>
${partial ? '<p class="partial">This report is partial: the run ended before all was measured.</p>' : ''}
<nav>${scenarios.map(({ name }) => `<a href="#${idOf(name)}">${escapeHtml(name)}</a>`).join('')}</nav></header>
<main>${scenarios.map(renderScenario).join('\n')}</main></body></html>
`;
}

function renderScenario(result: ScenarioResult): string {
  const { name, about, failed } = result;
  const end = failed === undefined ? '' : `<p class="partial">Failed: ${escapeHtml(failed)}</p>`;
  return `<section id="${idOf(name)}"><h2>${escapeHtml(name)}</h2><p class="soft">${escapeHtml(about)}</p>${renderBody(result)}${end}</section>`;
}

function renderBody(result: ScenarioResult): string {
  switch (result.kind) {
    case 'ack':
      return renderAck(result);
    case 'facts':
      return renderTable(factCells(result.facts));
    case 'micro':
      return renderTable(microCells(result.rows));
    default: {
      const never: never = result;
      return never;
    }
  }
}

function renderAck(result: AckResult): string {
  if (result.modes.length === 0) return '<p>Nothing was measured.</p>';
  const charts = [latencyCurves(result), ...timelines(result)].map(renderChart).join('\n');
  const flames = renderFlames(result);
  const invalid = result.rounds.filter((round) => round.invalid.length > 0);
  return [
    ...ackTables(result).map((cells) => renderTable(cells)),
    ...verdictLines(result).map((line) => `<p>${escapeHtml(line)}</p>`),
    `<div class="charts">${charts}</div>`,
    flames === '' ? '' : `<h3>What ran while the event loop was late</h3>${flames}`,
    invalid.length === 0
      ? ''
      : `<details><summary>Rounds that do not count</summary><pre>${escapeHtml(
          columns(invalid.map(({ mode, invalid: why }) => [LABELS[mode], why.join('; ')])).join('\n'),
        )}</pre></details>`,
  ].join('\n');
}

/** The first row is the head. A row that begins with the name of a mode has its colour. */
function renderTable([head = [], ...rows]: Cells): string {
  if (rows.length === 0) return '';
  const row = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell, at) => `<${tag}>${at === 0 ? keyOf(cell) : ''}${escapeHtml(cell)}</${tag}>`).join('')}</tr>`;
  return `<div class="scroll"><table><thead>${row(head, 'th')}</thead><tbody>${rows.map((cells) => row(cells, 'td')).join('')}</tbody></table></div>`;
}

function keyOf(label: string): string {
  const mode = Object.entries(LABELS).find(([, text]) => text === label)?.[0];
  return mode === undefined ? '' : `<span class="key ${mode}"></span>`;
}

function idOf(name: string): string {
  return name.replaceAll('/', '-');
}
