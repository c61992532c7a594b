/** A place in a drawing. */
export type Point = readonly [x: number, y: number];

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The smallest and the largest that are numbers; nothing when there is none. */
export function rangeOf(values: Float64Array): Range | undefined {
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : undefined;
}

/** At most two points a pixel of the width, the lowest and the highest there: no peak is lost. Sorted by x. */
export function alongX(xs: Float64Array, ys: Float64Array, range: Range, width: number): Point[] {
  const low = new Int32Array(width).fill(-1);
  const high = new Int32Array(width).fill(-1);
  const scale = (width - 1) / (range.max - range.min || 1);
  for (let at = 0; at < xs.length; at++) {
    const [x = Number.NaN, y = Number.NaN] = [xs[at], ys[at]];
    if (Number.isNaN(x) || Number.isNaN(y)) continue;
    const pixel = Math.round((x - range.min) * scale);
    const [lowest = -1, highest = -1] = [low[pixel], high[pixel]];
    if (lowest < 0 || y < (ys[lowest] ?? 0)) low[pixel] = at;
    if (highest < 0 || y > (ys[highest] ?? 0)) high[pixel] = at;
  }
  const points: Point[] = [];
  for (let pixel = 0; pixel < width; pixel++) {
    const places = new Set([low[pixel] ?? -1, high[pixel] ?? -1]);
    const here = [...places].filter((at) => at >= 0).map((at): Point => [xs[at] ?? 0, ys[at] ?? 0]);
    points.push(...here.sort((a, b) => a[0] - b[0]));
  }
  return points;
}

/** One point for each square of `side` pixels that has any: what lies under others is not drawn. */
export function overArea(
  xs: Float64Array,
  ys: Float64Array,
  { x, y }: { readonly x: Range; readonly y: Range },
  { width, height, side }: { readonly width: number; readonly height: number; readonly side: number },
): Point[] {
  const [columns, rows] = [Math.ceil(width / side) + 1, Math.ceil(height / side) + 1];
  const taken = new Uint8Array(columns * rows);
  const points: Point[] = [];
  for (let at = 0; at < xs.length; at++) {
    const [left = Number.NaN, up = Number.NaN] = [xs[at], ys[at]];
    if (Number.isNaN(left) || Number.isNaN(up)) continue;
    const column = Math.round(((left - x.min) / (x.max - x.min || 1)) * (columns - 1));
    const square = Math.round(((up - y.min) / (y.max - y.min || 1)) * (rows - 1)) * columns + column;
    if (taken[square] === 1) continue;
    taken[square] = 1;
    points.push([left, up]);
  }
  return points;
}

/** How many values fall into each of `bars` equal parts of the range. */
export function histogram(values: Float64Array, { min, max }: Range, bars: number): number[] {
  const counts = new Array<number>(bars).fill(0);
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    const bar = Math.min(bars - 1, Math.floor(((value - min) / (max - min || 1)) * bars));
    counts[bar] = (counts[bar] ?? 0) + 1;
  }
  return counts;
}
