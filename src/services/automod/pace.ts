/** So many within a moment are much. */
const MUCH = 5;
/** How long messages wait for others at most, where many come: the main thread pays for each batch. */
const MOMENT_MS = 8;

/** Says when a batch is to be sent: at once where little comes, which makes nobody wait, and else after a moment, which makes batches full. */
export class Pace {
  readonly #onDue: () => void;
  /** When the last of them came, by `performance.now()`, in turn. */
  readonly #came = new Float64Array(MUCH).fill(Number.NEGATIVE_INFINITY);
  #at = 0;
  #sentAt = Number.NEGATIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `onDue` is told when a moment is over in which something waits. */
  constructor(onDue: () => void) {
    this.#onDue = onDue;
  }

  /** One has come, `at` by `performance.now()`. */
  came(at: number): void {
    this.#came[this.#at] = at;
    this.#at = (this.#at + 1) % MUCH;
    this.#last = at;
  }

  /** Whether those that wait are to be sent now, `full` of them at once. */
  due(waiting: number, full: number, now = performance.now()): boolean {
    if (waiting === 0) return false;
    if (waiting >= full) return true;
    const left = this.#sentAt + MOMENT_MS - now;
    const many = this.#last - (this.#came[this.#at] ?? 0) < MOMENT_MS;
    if (left <= 0 || !many) return true;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#onDue();
    }, left);
    return false;
  }

  sent(now = performance.now()): void {
    this.#sentAt = now;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
