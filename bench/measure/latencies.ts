import { type Static, Type } from '@sinclair/typebox';
import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
  JsHistogram,
} from 'hdr-histogram-js';

/** What a histogram says, in milliseconds. */
export const Percentiles = Type.Object({
  count: Type.Integer(),
  p50: Type.Number(),
  p90: Type.Number(),
  p99: Type.Number(),
  p999: Type.Number(),
  max: Type.Number(),
});
export type Percentiles = Static<typeof Percentiles>;

const US_PER_MS = 1_000;
const LONGEST_MS = 600_000;

/** Latencies from a microsecond to ten minutes, kept to three significant digits. */
export class Latencies {
  readonly #histogram: Histogram;

  constructor(histogram: Histogram = empty()) {
    this.#histogram = histogram;
  }

  /** What `encode()` gave. */
  static decode(text: string): Latencies {
    return new Latencies(decodeFromCompressedBase64(text));
  }

  /** All of them in one; the parts stay as they are. */
  static merge(parts: readonly Latencies[]): Latencies {
    const all = empty();
    for (const part of parts) all.add(part.#histogram);
    return new Latencies(all);
  }

  /** `ms` above ten minutes counts as ten minutes, below zero as zero. */
  record(ms: number): void {
    this.#histogram.recordValue(Math.round(Math.min(Math.max(0, ms), LONGEST_MS) * US_PER_MS));
  }

  /** The standard compressed form (HdrHistogram V2), which other tools read. Values are microseconds. */
  encode(): string {
    return encodeIntoCompressedBase64(this.#histogram);
  }

  /** Milliseconds that so many percent did not exceed. */
  at(percent: number): number {
    return this.#histogram.getValueAtPercentile(percent) / US_PER_MS;
  }

  /** Each value that was seen, in milliseconds, and how often. */
  counted(): readonly (readonly [ms: number, count: number])[] {
    if (!(this.#histogram instanceof JsHistogram)) throw new TypeError('only this kind tells its counts');
    const all: (readonly [number, number])[] = [];
    const values = this.#histogram.recordedValuesIterator;
    values.reset();
    while (values.hasNext()) {
      const { valueIteratedTo, countAtValueIteratedTo } = values.next();
      all.push([valueIteratedTo / US_PER_MS, countAtValueIteratedTo]);
    }
    return all;
  }

  percentiles(): Percentiles {
    const at = (percent: number) => this.at(percent);
    return {
      count: this.#histogram.totalCount,
      p50: at(50),
      p90: at(90),
      p99: at(99),
      p999: at(99.9),
      max: this.#histogram.maxValue / US_PER_MS,
    };
  }
}

function empty(): Histogram {
  return build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: LONGEST_MS * US_PER_MS,
    numberOfSignificantValueDigits: 3,
    bitBucketSize: 32,
  });
}
