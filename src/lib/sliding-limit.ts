interface SlidingLimitOptions {
  /** How many times at most within any stretch of `perMs` milliseconds. */
  readonly most: number;
  readonly perMs: number;
  /** Milliseconds; stands in for real time in tests. */
  readonly clock?: () => number;
}

/** Says whether something may be done once more, counting what was done lately. */
export class SlidingLimit {
  readonly #options: Required<SlidingLimitOptions>;
  readonly #taken: number[] = [];

  constructor({ clock = () => performance.now(), ...options }: SlidingLimitOptions) {
    this.#options = { clock, ...options };
  }

  /** Counts once more, if there is room; false when there is none. */
  take(): boolean {
    const { most, perMs, clock } = this.#options;
    const now = clock();
    const [first = now] = this.#taken;
    if (this.#taken.length >= most && now - first < perMs) return false;
    if (this.#taken.push(now) > most) this.#taken.shift();
    return true;
  }
}
