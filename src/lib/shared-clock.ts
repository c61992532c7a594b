/** The time at one place, in milliseconds since the epoch. */
type Ask = () => Promise<number>;

/**
 * The clock that all processes of one bot share: this machine's, corrected by the database server's. Machines' clocks
 * are off by seconds or minutes and are set while programs run; what falls due must not be due twice or at two times.
 */
export class SharedClock {
  readonly #machineNow: () => Date;
  readonly #fixed: (() => Date) | undefined;
  #offsetMs = 0;

  /** `now` replaces the corrected clock, `machineNow` this machine's own: for tests. */
  constructor({
    now,
    machineNow = () => new Date(),
  }: { now?: (() => Date) | undefined; machineNow?: () => Date } = {}) {
    this.#fixed = now;
    this.#machineNow = machineNow;
  }

  readonly now = (): Date => this.#fixed?.() ?? new Date(this.#machineNow().getTime() + this.#offsetMs);

  /** How far this machine's clock is behind the shared one, in milliseconds. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  /** Asks for the time and corrects this clock. Rejects as `ask` does, and is as it was then. */
  async correct(ask: Ask): Promise<void> {
    const sent = this.#machineNow().getTime();
    const began = performance.now();
    const there = await ask();
    const roundTrip = performance.now() - began;
    const offset = there - (sent + roundTrip / 2);
    // An answer is no more precise than the time it took: within that, the offset that was known is as good.
    if (Math.abs(offset - this.#offsetMs) > roundTrip / 2) this.#offsetMs = offset;
  }
}
