const STEPS_PER_DOUBLING = 4;
const BUCKETS = 30 * STEPS_PER_DOUBLING;

/** Durations in milliseconds. `p50` and `p99` are upper bounds, at most a fifth above the real value. */
export interface TimesSummary {
  readonly count: number;
  readonly sum: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Counts durations in buckets that grow by a fifth each, from a microsecond up: recording costs a logarithm. */
export class Times {
  readonly #buckets = new Uint32Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #max = 0;

  record(ms: number): void {
    const index = Math.ceil(Math.log2(Math.max(ms * 1_000, 1)) * STEPS_PER_DOUBLING);
    const bucket = Math.min(index, BUCKETS - 1);
    this.#buckets[bucket] = (this.#buckets[bucket] ?? 0) + 1;
    this.#count++;
    this.#sum += ms;
    this.#max = Math.max(this.#max, ms);
  }

  summary(): TimesSummary {
    return {
      count: this.#count,
      sum: this.#sum,
      p50: this.#percentile(0.5),
      p99: this.#percentile(0.99),
      max: this.#max,
    };
  }

  #percentile(share: number): number {
    const wanted = Math.ceil(this.#count * share);
    let seen = 0;
    for (const [bucket, count] of this.#buckets.entries()) {
      seen += count;
      if (seen >= wanted) return Math.min(2 ** (bucket / STEPS_PER_DOUBLING) / 1_000, this.#max);
    }
    return this.#max;
  }
}
