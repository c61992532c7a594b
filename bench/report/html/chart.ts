import type { Mode } from '../../scenario.ts';
import { escapeHtml } from './escape.ts';

/** Where something is drawn, from 0 to 1 along its axis. */
export interface Axis {
  readonly at: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** A line of a chart; its colour is its mode's. */
export interface Line {
  readonly mode: Mode;
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly dashed?: boolean;
  /** What it says when it is pointed at. */
  readonly title: string;
}

export interface Chart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly lines: readonly Line[];
  /** A line across, such as a bar to be met. */
  readonly across?: { readonly y: number; readonly label: string };
}

const WIDTH = 560;
const HEIGHT = 260;
const AREA = { left: 52, right: 548, top: 12, bottom: 228 } as const;

/** A chart as an SVG picture with its title above it. */
export function renderChart({ title, x, y, lines, across }: Chart): string {
  const px = (value: number) => (AREA.left + x.at(value) * (AREA.right - AREA.left)).toFixed(1);
  const py = (value: number) => (AREA.bottom - y.at(value) * (AREA.bottom - AREA.top)).toFixed(1);
  const grid = [
    ...y.ticks.map(
      ({ value, label }) =>
        `<line class="grid" x1="${AREA.left}" x2="${AREA.right}" y1="${py(value)}" y2="${py(value)}"/>` +
        `<text class="tick" x="${AREA.left - 6}" y="${Number(py(value)) + 4}" text-anchor="end">${escapeHtml(label)}</text>`,
    ),
    ...x.ticks.map(
      ({ value, label }) =>
        `<line class="grid" x1="${px(value)}" x2="${px(value)}" y1="${AREA.top}" y2="${AREA.bottom}"/>` +
        `<text class="tick" x="${px(value)}" y="${AREA.bottom + 18}" text-anchor="middle">${escapeHtml(label)}</text>`,
    ),
  ];
  const drawn = lines
    .filter(({ points }) => points.length > 0)
    .map(({ mode, points, dashed, title: told }) => {
      const path = points.map(([a, b], at) => `${at === 0 ? 'M' : 'L'}${px(a)} ${py(b)}`).join('');
      return `<path class="line ${mode}${dashed ? ' dashed' : ''}" d="${path}"><title>${escapeHtml(told)}</title></path>`;
    });
  const bar =
    across === undefined
      ? ''
      : `<line class="across" x1="${AREA.left}" x2="${AREA.right}" y1="${py(across.y)}" y2="${py(across.y)}"/>` +
        `<text class="tick" x="${AREA.left + 6}" y="${Number(py(across.y)) - 5}">${escapeHtml(across.label)}</text>`;
  return `<figure class="chart"><figcaption>${escapeHtml(title)}</figcaption>
<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(title)}">${grid.join('')}${bar}${drawn.join('')}</svg></figure>`;
}

/** From nothing up to the largest value, in round steps. */
export function linearAxis(values: readonly number[], label: (value: number) => string): Axis {
  const most = Math.max(0, ...values);
  const step = niceStep(most / 4 || 1);
  const top = Math.max(step, Math.ceil(most / step) * step);
  const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, at) => at * step);
  return { at: (value) => value / top, ticks: ticks.map((value) => ({ value, label: label(value) })) };
}

/** By powers of ten, so that milliseconds and seconds can be seen in one picture. */
export function logAxis(values: readonly number[], label: (value: number) => string): Axis {
  const positive = values.filter((value) => value > 0);
  const least = Math.floor(Math.log10(Math.min(1, ...positive)));
  const most = Math.max(least + 1, Math.ceil(Math.log10(Math.max(1, ...positive))));
  const ticks = Array.from({ length: most - least + 1 }, (_, at) => 10 ** (least + at));
  const at = (value: number) => (Math.log10(Math.max(value, 10 ** least)) - least) / (most - least);
  return { at, ticks: ticks.map((value) => ({ value, label: label(value) })) };
}

/** 1, 2 or 5 times a power of ten, at least so large. */
function niceStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast));
  return power * ([1, 2, 5, 10].find((one) => one * power >= atLeast) ?? 10);
}
