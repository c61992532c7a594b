export interface PaceOptions {
  /** How long one piece shall take. Milliseconds. */
  readonly targetMs: number;
  /** How many things the first piece has, and any at most. */
  readonly first: number;
  readonly most: number;
}

/** How many things to take at a time so that each piece stays short, learnt from how long the last one took. */
export class Pace {
  readonly #options: PaceOptions;
  #size: number;

  constructor(options: PaceOptions) {
    this.#options = options;
    this.#size = options.first;
  }

  get size(): number {
    return this.#size;
  }

  /** A piece of the present size took so long. Sizes shrink at once, and grow to the double at most. */
  took(ms: number): void {
    const { targetMs, most } = this.#options;
    const fitting = Math.floor((this.#size * targetMs) / Math.max(ms, 1));
    this.#size = Math.max(1, Math.min(fitting, 2 * this.#size, most));
  }

  /** A piece of the present size was given up unfinished. False when it cannot be any smaller. */
  givenUp(): boolean {
    if (this.#size === 1) return false;
    this.#size = Math.max(1, Math.floor(this.#size / 4));
    return true;
  }
}
