import type { Random } from '../../tests/files/random.ts';

/** What one round found: values, each with how often it was seen. */
export type Found = readonly (readonly [value: number, count: number])[];

export interface Interval {
  /** What was found. */
  readonly ratio: number;
  /** What 95 of 100 repetitions would have found it between. */
  readonly low: number;
  readonly high: number;
}

const TIMES = 1_000;
const OUTSIDE = 0.025;
/** More of a round would take long to draw and tell nothing new. */
const MOST_DRAWN = 4_000;

/** The value that so large a share of sorted values does not exceed, as HdrHistogram counts; `share` from 0 to 1. */
export function quantileOf(sorted: Float64Array, share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/**
 * By how much a quantile changed. What it might have been is found by drawing anew, twice: which rounds there were, because rounds
 * differ, and which probes each had, because few of them are slow.
 */
export function quantileRatio(
  before: readonly Found[],
  after: readonly Found[],
  share: number,
  random: Random,
): Interval {
  const [was, is] = [new Rounds(before), new Rounds(after)];
  return intervalOf(is.quantile(share) / was.quantile(share), () => is.drawn(share, random) / was.drawn(share, random));
}

/** By how much a mean of rounds changed; drawn anew is which rounds there were. */
export function meanRatio(before: readonly number[], after: readonly number[], random: Random): Interval {
  const drawn = (rounds: readonly number[]) => meanOf(rounds.map(() => pick(rounds, random)));
  return intervalOf(meanOf(after) / meanOf(before), () => drawn(after) / drawn(before));
}

export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function intervalOf(ratio: number, again: () => number): Interval {
  const ratios = Float64Array.from({ length: TIMES }, again).sort();
  return { ratio, low: quantileOf(ratios, OUTSIDE), high: quantileOf(ratios, 1 - OUTSIDE) };
}

/** Rounds to draw from: each probe stands for the place of its value among all values there are. */
class Rounds {
  readonly #values: Float64Array;
  readonly #rounds: readonly Int32Array[];
  readonly #counts: Int32Array;

  constructor(rounds: readonly Found[]) {
    this.#values = Float64Array.from(new Set(rounds.flatMap((found) => found.map(([value]) => value)))).sort();
    const places = new Map([...this.#values].map((value, place) => [value, place]));
    this.#rounds = rounds.map((found) =>
      Int32Array.from(found.flatMap(([value, count]) => Array<number>(count).fill(places.get(value) ?? 0))),
    );
    this.#counts = new Int32Array(this.#values.length);
  }

  quantile(share: number): number {
    this.#counts.fill(0);
    for (const round of this.#rounds) for (const place of round) this.#count(place);
    return this.#counted(share);
  }

  /** As many probes as each round had, of rounds and among probes that may come more than once. */
  drawn(share: number, random: Random): number {
    this.#counts.fill(0);
    for (let n = 0; n < this.#rounds.length; n++) {
      const round = pick(this.#rounds, random);
      const draws = Math.min(round.length, MOST_DRAWN);
      for (let draw = 0; draw < draws; draw++) this.#count(round[random.below(round.length)] ?? 0);
    }
    return this.#counted(share);
  }

  #count(place: number): void {
    this.#counts[place] = (this.#counts[place] ?? 0) + 1;
  }

  #counted(share: number): number {
    const wanted = Math.ceil(share * this.#counts.reduce((sum, count) => sum + count, 0));
    let below = 0;
    const place = this.#counts.findIndex((count) => {
      below += count;
      return below >= Math.max(1, wanted);
    });
    return this.#values[place] ?? Number.NaN;
  }
}

function pick<T>(from: readonly T[], random: Random): T {
  const one = from[random.below(from.length)];
  if (one === undefined) throw new RangeError('there is nothing to draw from');
  return one;
}
