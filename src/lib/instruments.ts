import { createHistogram } from 'node:perf_hooks';
import { Counter, Gauge, type Histogram, type Registry } from 'prom-client';

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
const EDGES = [...SECONDS, Number.POSITIVE_INFINITY];
const US_PER_SECOND = 1e6;
const LONGEST_US = 3600 * US_PER_SECOND;

export function counter<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Count<L> {
  const series = new SeriesOf(labelNames, () => ({ value: 0 }));
  const instrument: Counter<L> = new Counter({
    name,
    help,
    labelNames,
    registers: [registry],
    collect() {
      instrument.reset();
      for (const { labels, kept } of series.all()) instrument.inc(labels, kept.value);
    },
  });
  const wanted = (labels: object, own: object) =>
    Object.entries(labels).every(([name, value]) => Reflect.get(own, name) === value);
  return {
    inc: (labels, by = 1) => {
      series.of(labels).value += by;
    },
    async total(labels) {
      return [...series.all()]
        .filter((one) => wanted(labels, one.labels))
        .reduce((sum, { kept }) => sum + kept.value, 0);
    },
  };
}

/** The observations with the same labels: how many were at most so long, by bucket, and all of them together. */
class Observations {
  readonly counts = new Float64Array(EDGES.length);
  seconds = 0;

  add(seconds: number): void {
    let at = 0;
    while (seconds > (EDGES[at] ?? Number.POSITIVE_INFINITY)) at++;
    this.counts[at] = (this.counts[at] ?? 0) + 1;
    this.seconds += seconds;
  }
}

/** Counted here, and told as prom-client's histograms are: its own way to an observation costs ten times as much, several times a message. */
export function measure<const L extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly L[] = [],
): Measure<L> {
  const series = new SeriesOf(labelNames, () => new Observations());
  if (labelNames.length === 0) series.of({} as Labels<L>);
  const told = {
    name,
    help,
    type: 'histogram',
    aggregator: 'sum',
    get: async () => ({ ...told, values: [...valuesOf(name, series.all())] }),
  } as const;
  // All that the registry asks of a metric; the type wants every way to observe as well.
  registry.registerMetric(told as unknown as Histogram);
  const overall = createHistogram({ lowest: 1, highest: LONGEST_US, figures: 3 });
  const all = new Observations();
  return {
    observe(labels, seconds) {
      series.of(labels).add(seconds);
      all.add(seconds);
      overall.record(Math.min(LONGEST_US, Math.max(1, Math.round(seconds * US_PER_SECOND))));
    },
    percentile: (percent) => overall.percentile(percent) / US_PER_SECOND,
    buckets: () => EDGES.map((upTo, at) => ({ upTo, count: all.counts[at] ?? 0 })),
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

/** One thing kept for each combination of labels. The first values of a label are kept by name and the rest folded, so that no input can grow the registry. */
class SeriesOf<L extends string, K> {
  readonly #names: readonly L[];
  readonly #make: () => K;
  readonly #byKey = new Map<string, { readonly labels: Labels<L>; readonly kept: K }>();
  readonly #values: readonly Set<string>[];

  constructor(names: readonly L[], make: () => K) {
    this.#names = names;
    this.#make = make;
    this.#values = names.map(() => new Set());
  }

  of(labels: Labels<L>): K {
    return (this.#byKey.get(this.#keyOf(labels)) ?? this.#add(labels)).kept;
  }

  all() {
    return this.#byKey.values();
  }

  #add(labels: Labels<L>) {
    let folded = labels;
    for (const [at, name] of this.#names.entries()) {
      const values = this.#values[at];
      if (values?.has(labels[name])) continue;
      if (values && values.size < MOST_VALUES) values.add(labels[name]);
      else folded = { ...folded, [name]: OTHER };
    }
    const key = this.#keyOf(folded);
    const known = this.#byKey.get(key) ?? { labels: { ...folded }, kept: this.#make() };
    this.#byKey.set(key, known);
    return known;
  }

  #keyOf(labels: Labels<L>): string {
    const [first, second] = this.#names;
    if (first === undefined) return '';
    if (second === undefined) return labels[first];
    return this.#names.map((name) => labels[name]).join('\0');
  }
}

/** A line for each bucket, which counts those below it as well, and the sum and the count of all. */
function* valuesOf<L extends string>(
  name: string,
  series: Iterable<{ readonly labels: Labels<L>; readonly kept: Observations }>,
) {
  for (const { labels, kept } of series) {
    let count = 0;
    for (const [at, edge] of EDGES.entries()) {
      count += kept.counts[at] ?? 0;
      yield {
        metricName: `${name}_bucket`,
        labels: { le: edge === Number.POSITIVE_INFINITY ? '+Inf' : edge, ...labels },
        value: count,
      };
    }
    yield { metricName: `${name}_sum`, labels, value: kept.seconds };
    yield { metricName: `${name}_count`, labels, value: count };
  }
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
