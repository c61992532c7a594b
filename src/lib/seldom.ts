/** Says when something may be told again that happens all the time: at most once in so many milliseconds. */
export class Seldom {
  readonly #everyMs: number;
  readonly #now: () => Date;
  #last = Number.NEGATIVE_INFINITY;

  constructor(everyMs: number, now: () => Date) {
    this.#everyMs = everyMs;
    this.#now = now;
  }

  /** Whether it may be told now, which then counts as told. */
  take(): boolean {
    const now = this.#now().getTime();
    if (Math.abs(now - this.#last) < this.#everyMs) return false;
    this.#last = now;
    return true;
  }
}
