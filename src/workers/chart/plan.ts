import { isoDate } from '../inspect/cell-values.ts';
import { shortNumber } from '../inspect/describe.ts';
import { safeText } from '../inspect/safe-text.ts';
import { maskSecrets } from '../inspect/secrets.ts';
import { alongX, histogram, overArea, type Point, rangeOf } from './sampling.ts';
import type { Says } from './says.ts';
import type { Picked } from './values.ts';

/** What is drawn, and the same in words. */
export interface Plan {
  readonly kind: 'histogram' | 'bars' | 'line' | 'points';
  readonly x: { readonly name: string; readonly dates: boolean };
  readonly y: { readonly name: string; readonly dates: boolean };
  /** Of bars: what each is called. */
  readonly labels: readonly string[];
  /** Of bars: how high each is. */
  readonly heights: readonly number[];
  readonly points: readonly Point[];
  readonly alt: readonly Says[];
}

/** The part of the picture that is drawn on. Pixels. */
const AREA = { width: 780, height: 400 };
const MOST_BARS = 20;
const MOST_POINTS = 4_000;
const LABEL = 24;

const NOTHING = { labels: [], heights: [], points: [] } as const;

/** How one column is drawn: numbers and dates by how many fall where, texts by how often each comes. */
export function planOne(column: Picked): Plan | undefined {
  const kind = column.kind();
  if (kind === 'nothing') return undefined;
  return kind === 'texts' ? planCounts(column) : planHistogram(column, kind === 'dates');
}

/** How two columns are drawn: a line over dates, points over numbers, a mean for each text. */
export function planTwo(x: Picked, y: Picked): Plan | undefined {
  const [across, up] = [x.kind(), y.kind()];
  if (across === 'nothing' || up === 'nothing' || up === 'texts') return undefined;
  if (across === 'texts') return up === 'numbers' ? planMeans(x, y) : undefined;
  return planPoints(x, y, across === 'dates', up === 'dates');
}

function planHistogram(column: Picked, dates: boolean): Plan | undefined {
  const values = column.numbers();
  const range = rangeOf(values);
  if (!range) return undefined;
  const filled = values.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
  const bars = range.min === range.max ? 1 : Math.max(5, Math.min(40, Math.ceil(Math.sqrt(filled))));
  const heights = histogram(values, range, bars);
  const step = (range.max - range.min) / bars;
  const say = (value: number) => (dates ? isoDate(value) : shortNumber(value));
  const highest = Math.max(...heights);
  const at = heights.indexOf(highest);
  const [from, to] = [say(range.min + at * step), say(range.min + (at + 1) * step)];
  const params = { x: column.name, count: filled, bars, from: say(range.min), to: say(range.max) };
  return {
    ...NOTHING,
    kind: 'histogram',
    x: { name: column.name, dates },
    y: { name: '', dates: false },
    labels: heights.map((_, bar) => say(range.min + bar * step)),
    heights,
    alt: [
      { code: 'histogram', params: named(params) },
      { code: 'highest', params: { from, to, most: highest } },
    ],
  };
}

function planCounts(column: Picked): Plan {
  const { ids, names } = column.categories();
  const counts = new Float64Array(names.length);
  for (const id of ids) if (id >= 0) counts[id] = (counts[id] ?? 0) + 1;
  return planBars(column.name, '', names, counts, 'counts');
}

function planMeans(x: Picked, y: Picked): Plan {
  const { ids, names } = x.categories();
  const values = y.numbers();
  const [sums, counts] = [new Float64Array(names.length), new Float64Array(names.length)];
  for (let at = 0; at < ids.length; at++) {
    const [id = -1, value = Number.NaN] = [ids[at], values[at]];
    if (id < 0 || Number.isNaN(value)) continue;
    sums[id] = (sums[id] ?? 0) + value;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  const means = sums.map((sum, id) => (counts[id] ? sum / (counts[id] ?? 1) : Number.NaN));
  return planBars(x.name, y.name, names, means, 'means');
}

function planBars(
  x: string,
  y: string,
  names: readonly string[],
  values: Float64Array,
  code: 'counts' | 'means',
): Plan {
  const sorted = [...values.keys()]
    .filter((id) => !Number.isNaN(values[id]))
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0));
  const shown = sorted.slice(0, MOST_BARS);
  const labels = shown.map((id) => label(names[id] ?? ''));
  const heights = shown.map((id) => values[id] ?? 0);
  const [top = '', most = 0] = [labels[0], heights[0]];
  const rest = sorted.length - shown.length;
  return {
    ...NOTHING,
    kind: 'bars',
    x: { name: x, dates: false },
    y: { name: y, dates: false },
    labels,
    heights,
    alt: [
      { code, params: named({ x, y, bars: shown.length, top, most: shortNumber(most) }) },
      ...(rest > 0 ? [{ code: 'left-out', params: { rest } } as const] : []),
    ],
  };
}

function planPoints(x: Picked, y: Picked, xDates: boolean, yDates: boolean): Plan | undefined {
  const [xs, ys] = [x.numbers(), y.numbers()];
  const [across, up] = [rangeOf(xs), rangeOf(ys)];
  if (!across || !up) return undefined;
  let count = 0;
  for (let at = 0; at < xs.length; at++) if (!Number.isNaN(xs[at]) && !Number.isNaN(ys[at])) count++;
  if (count === 0) return undefined;
  const points = xDates ? alongX(xs, ys, across, AREA.width) : scattered(xs, ys, across, up);
  const say = (value: number, dates: boolean) => (dates ? isoDate(value) : shortNumber(value));
  const params = {
    x: x.name,
    y: y.name,
    count,
    from: say(across.min, xDates),
    to: say(across.max, xDates),
    lowest: say(up.min, yDates),
    highest: say(up.max, yDates),
  };
  return {
    ...NOTHING,
    kind: xDates ? 'line' : 'points',
    x: { name: x.name, dates: xDates },
    y: { name: y.name, dates: yDates },
    points,
    alt: [
      { code: xDates ? 'line' : 'points', params: named(params) },
      ...(points.length < count ? [{ code: 'thinned', params: { points: points.length } } as const] : []),
    ],
  };
}

/** Squares grow until there are few enough of them that hold a point. */
function scattered(
  xs: Float64Array,
  ys: Float64Array,
  x: { min: number; max: number },
  y: { min: number; max: number },
) {
  for (let side = 2; ; side *= 2) {
    const points = overArea(xs, ys, { x, y }, { ...AREA, side });
    if (points.length <= MOST_POINTS) return points;
  }
}

/** What a stranger wrote, fit for a picture and for a text: safe to show, secrets blotted out. */
export function label(text: string): string {
  return safeText(maskSecrets(text).text.replace(/[\ufffe\uffff\n\r\t]/g, ' '), LABEL);
}

function named(params: Says['params']): Says['params'] {
  const shown = Object.entries(params).map(([name, value]) => [
    name,
    name === 'x' || name === 'y' ? label(String(value)) : value,
  ]);
  return Object.fromEntries(shown);
}
