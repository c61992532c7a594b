import { type Waiting, withDeadline } from './deadline.ts';

/** One lock a key, first come first served. A key that nobody holds takes no memory. */
export class Mutexes {
  /** Present while the key is held; the callers waiting for it, in order. */
  readonly #held = new Map<string, (() => void)[]>();

  /**
   * Runs `fn` while no other `fn` of the same key runs. `signal` and `deadlineMs` end the waiting (with the reason or
   * DeadlineError), never `fn` once it runs.
   */
  async run<T>(key: string, fn: () => Promise<T>, waiting: Waiting = {}): Promise<T> {
    await this.#acquire(key, waiting);
    try {
      return await fn();
    } finally {
      this.#release(key);
    }
  }

  /** How many keys are held at the moment. */
  get size(): number {
    return this.#held.size;
  }

  async #acquire(key: string, waiting: Waiting): Promise<void> {
    waiting.signal?.throwIfAborted();
    const queue = this.#held.get(key);
    if (!queue) {
      this.#held.set(key, []);
      return;
    }
    const { promise, resolve } = Promise.withResolvers<void>();
    queue.push(resolve);
    try {
      await withDeadline(`waiting for ${key}`, () => promise, waiting);
    } catch (error) {
      const place = queue.indexOf(resolve);
      if (place >= 0) queue.splice(place, 1);
      // The key was handed over in the same moment as the waiting ended: pass it on.
      else this.#release(key);
      throw error;
    }
  }

  #release(key: string): void {
    const next = this.#held.get(key)?.shift();
    if (next) next();
    else this.#held.delete(key);
  }
}
