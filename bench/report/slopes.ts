import type { Cells } from './columns.ts';
import type { AckRound } from './report.ts';

/** What a quantity did over time, by the hour, and how far off that may be. */
export interface Slope {
  readonly perHour: number;
  readonly error: number;
}

const MS_PER_HOUR = 3_600_000;
const BYTES_PER_MB = 1_048_576;
/** Of a shorter round a slope says more of its start than of what would come. */
const LEAST_MS = 300_000;
/** A heap fills and empties in between: each stretch is taken as one. */
const STRETCHES = 30;
/** The first part is what caches and heaps take to fill. */
const WARM_UP_SHARE = 0.2;
/** So many standard errors are noise. */
const NOISE = 2;

type Points = readonly (readonly [at: number, value: number])[];

/** What grew in a round that went on for long; nothing where none did. */
export function slopeCells(rounds: readonly AckRound[]): Cells {
  const long = rounds.find(({ series: { usage } }) => (usage.at(-1)?.at ?? 0) >= LEAST_MS);
  if (!long) return [];
  const { usage, loop } = long.series;
  const rows = [
    rowOf(
      'resident memory, MB',
      usage.map(({ at, resident }) => [at, resident / BYTES_PER_MB]),
    ),
    rowOf(
      'heap of the main thread, MB',
      loop.map(({ at, heap }) => [at, heap / BYTES_PER_MB]),
    ),
    rowOf(
      'open files and sockets',
      usage.map(({ at, handles }) => [at, handles]),
    ),
    rowOf(
      'threads',
      usage.map(({ at, threads }) => [at, threads]),
    ),
  ];
  return [['growth after the first fifth', 'an hour', 'error', 'verdict'], ...rows];
}

/** A line through the means of stretches; undefined where there are too few of them. */
export function slopeOf(points: Points): Slope | undefined {
  const [first, last] = [points[0]?.[0] ?? 0, points.at(-1)?.[0] ?? 0];
  const from = first + (last - first) * WARM_UP_SHARE;
  const width = (last - from) / STRETCHES;
  const stretches = Map.groupBy(
    points.filter(([at]) => at >= from),
    ([at]) => Math.min(STRETCHES - 1, Math.floor((at - from) / width)),
  );
  const means = [...stretches.values()].map(
    (some) => [mean(some.map(([at]) => at)), mean(some.map(([, value]) => value))] as const,
  );
  if (means.length < 3) return undefined;
  const [x, y] = [mean(means.map(([at]) => at)), mean(means.map(([, value]) => value))];
  const spread = sum(means.map(([at]) => (at - x) ** 2));
  const slope = sum(means.map(([at, value]) => (at - x) * (value - y))) / spread;
  const rest = sum(means.map(([at, value]) => (value - y - slope * (at - x)) ** 2));
  return { perHour: slope * MS_PER_HOUR, error: Math.sqrt(rest / (means.length - 2) / spread) * MS_PER_HOUR };
}

function rowOf(what: string, points: Points): readonly string[] {
  const slope = slopeOf(points);
  if (!slope) return [what, '-', '-', '-'];
  const { perHour, error } = slope;
  const flat = Math.abs(perHour) <= NOISE * error;
  return [what, perHour.toFixed(1), error.toFixed(1), flat ? 'flat within noise' : perHour > 0 ? 'GROWS' : 'shrinks'];
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length;
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
