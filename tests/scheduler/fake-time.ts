import type { delay } from '../../src/lib/deadline.ts';

interface Sleeper {
  readonly wakesAt: number;
  readonly wake: () => void;
}

/** A clock that only a test moves. `sleep` stands in for `delay`. */
export class FakeTime {
  #now: number;
  readonly #sleepers = new Set<Sleeper>();
  readonly #watchers = new Set<() => void>();
  /** The longest that anybody wanted to sleep. Milliseconds. */
  longestMs = 0;

  constructor(start: string) {
    this.#now = Date.parse(start);
  }

  readonly now = (): Date => new Date(this.#now);

  readonly sleep: typeof delay = (ms, { signal } = {}) =>
    new Promise<void>((resolve, reject) => {
      this.longestMs = Math.max(this.longestMs, ms);
      if (signal?.aborted) return reject(signal.reason);
      const settle = (how: () => void) => {
        this.#sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
        how();
      };
      const abort = () => settle(() => reject(signal?.reason));
      const sleeper = { wakesAt: this.#now + ms, wake: () => settle(resolve) };
      signal?.addEventListener('abort', abort, { once: true });
      this.#sleepers.add(sleeper);
      for (const watch of this.#watchers) watch();
    });

  /** Resolves when that many wait for the clock. */
  async sleeping(count: number): Promise<void> {
    while (this.#sleepers.size < count) {
      await new Promise<void>((resolve) => {
        const watch = () => {
          this.#watchers.delete(watch);
          resolve();
        };
        this.#watchers.add(watch);
      });
    }
  }

  /** Moves the clock and wakes whoever has slept long enough. */
  advance(ms: number): void {
    this.#now += ms;
    for (const sleeper of [...this.#sleepers]) if (sleeper.wakesAt <= this.#now) sleeper.wake();
  }
}
