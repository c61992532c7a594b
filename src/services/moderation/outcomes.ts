import { type Case, type CaseKey, findCase } from '../../db/cases.ts';
import type { Db } from '../../db/connect.ts';

/** Waits for cases to be settled, by this process or another. */
export class Outcomes {
  readonly #db: Db;
  readonly #waiting = new Map<string, Set<() => void>>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** A case of this key (`<server> <number>`) has changed. */
  heard(key: string): void {
    for (const look of this.#waiting.get(key) ?? []) look();
  }

  /** Some may have changed unheard. */
  missed(): void {
    for (const looks of this.#waiting.values()) for (const look of looks) look();
  }

  /** The case, once it is not pending any more. Rejects with the signal's reason, or as the database does. */
  async of(key: CaseKey, signal: AbortSignal): Promise<Case> {
    for (;;) {
      signal.throwIfAborted();
      const changed = this.#change(`${key.guild} ${key.number}`, signal);
      try {
        const one = await findCase(this.#db, key);
        if (!one) throw new Error(`there is no case ${key.number}`);
        if (one.state !== 'pending') return one;
        await changed.promise;
      } finally {
        changed[Symbol.dispose]();
      }
    }
  }

  /** The next change of a case, listened for from now on. */
  #change(key: string, signal: AbortSignal): Disposable & { readonly promise: Promise<void> } {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    promise.catch(() => undefined); // it may come when nobody waits any more
    const abort = () => reject(signal.reason);
    const looks = this.#waiting.get(key) ?? new Set();
    this.#waiting.set(key, looks.add(resolve));
    signal.addEventListener('abort', abort, { once: true });
    return {
      promise,
      [Symbol.dispose]: () => {
        looks.delete(resolve);
        if (looks.size === 0) this.#waiting.delete(key);
        signal.removeEventListener('abort', abort);
      },
    };
  }
}
