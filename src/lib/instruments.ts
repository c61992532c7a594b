import { createHistogram } from 'node:perf_hooks';
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

type Labels<L extends string> = Readonly<Record<L, string>>;

/** Counts events. */
export interface Count<L extends string = never> {
  inc(labels: Labels<L>, by?: number): void;
  /** How many there were since the start with these labels, whatever the others. */
  total(labels: Partial<Labels<L>>): Promise<number>;
}

/** Collects durations in seconds. */
export interface Measure<L extends string = never> {
  observe(labels: Labels<L>, seconds: number): void;
  /** Seconds within which `percent` of all observations since the start lay, whatever their labels; 0 without any. */
  percentile(percent: number): number;
  /** How many observations lay in each bucket, `upTo` in seconds; the last has no upper end. */
  buckets(): readonly { readonly upTo: number; readonly count: number }[];
}

/** A value that its owner is asked for when somebody looks. */
export interface Reading<L extends string = never> {
  from(read: () => Iterable<readonly [labels: Labels<L>, value: number]>): Disposable;
}

/** More values of one label than this are somebody's invention, and each costs a time series for good. */
const MOST_VALUES = 150;
const OTHER = 'other';

/** From 1 ms, where a good answer is, to 3 s, where Discord stops taking it, and beyond for slow work. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60];
const US_PER_SECOND = 1e6;
const LONGEST_US = 3600 * US_PER_SECOND;

export function counter<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Count<L> {
  const instrument = new Counter({ name, help, labelNames, registers: [registry] });
  const bounded = boundedBy(labelNames);
  const wanted = (labels: object, own: object) =>
    Object.entries(labels).every(([name, value]) => Reflect.get(own, name) === value);
  return {
    inc: (labels, by = 1) => instrument.inc(bounded(labels), by),
    async total(labels) {
      const { values } = await instrument.get();
      return values.filter((one) => wanted(labels, one.labels)).reduce((sum, { value }) => sum + value, 0);
    },
  };
}

export function measure<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Measure<L> {
  const instrument = new Histogram({ name, help, labelNames, registers: [registry], buckets: SECONDS });
  const overall = createHistogram({ lowest: 1, highest: LONGEST_US, figures: 3 });
  const bounded = boundedBy(labelNames);
  const edges = [...SECONDS, Number.POSITIVE_INFINITY];
  const counts = edges.map(() => 0);
  return {
    observe(labels, seconds) {
      const at = edges.findIndex((edge) => seconds <= edge);
      counts[at] = (counts[at] ?? 0) + 1;
      instrument.observe(bounded(labels), seconds);
      overall.record(Math.min(LONGEST_US, Math.max(1, Math.round(seconds * US_PER_SECOND))));
    },
    percentile: (percent) => overall.percentile(percent) / US_PER_SECOND,
    buckets: () => edges.map((upTo, at) => ({ upTo, count: counts[at] ?? 0 })),
  };
}

export function reading<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Reading<L> {
  const readers = new Set<() => Iterable<readonly [Labels<L>, number]>>();
  const bounded = boundedBy(labelNames);
  const instrument: Gauge<L> = new Gauge({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      instrument.reset();
      for (const read of readers) for (const [labels, value] of read()) instrument.set(bounded(labels), value);
    },
  });
  return {
    from(read) {
      readers.add(read);
      return { [Symbol.dispose]: () => readers.delete(read) };
    },
  };
}

/** Keeps the first values of each label by name and folds the rest, so that no input can grow the registry. */
function boundedBy<L extends string>(names: readonly L[]): (labels: Labels<L>) => Labels<L> {
  const known = names.map((name) => ({ name, values: new Set<string>() }));
  return (labels) => {
    let folded = labels;
    for (const { name, values } of known) {
      const value = labels[name];
      if (values.has(value)) continue;
      if (values.size < MOST_VALUES) values.add(value);
      else folded = { ...folded, [name]: OTHER };
    }
    return folded;
  };
}
