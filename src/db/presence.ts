import type { Logger } from '../lib/log.ts';

/** Whether the database is there. Says it once, in the log and to whoever asked, each time that changes. */
export class Presence {
  readonly #log: Pick<Logger, 'warn' | 'info'>;
  readonly #listeners = new Set<(away: boolean) => void>();
  #awaySince: number | undefined;

  constructor(log: Pick<Logger, 'warn' | 'info'>) {
    this.#log = log;
  }

  get away(): boolean {
    return this.#awaySince !== undefined;
  }

  gone(error: unknown): void {
    if (this.#awaySince !== undefined) return;
    this.#awaySince = performance.now();
    this.#log.warn({ error }, 'the database is away; the bot goes on and tries again until it is back');
    for (const listener of this.#listeners) listener(true);
  }

  back(): void {
    if (this.#awaySince === undefined) return;
    const awayMs = Math.round(performance.now() - this.#awaySince);
    this.#awaySince = undefined;
    this.#log.info({ awayMs }, 'the database is back');
    for (const listener of this.#listeners) listener(false);
  }

  onChange(listener: (away: boolean) => void): Disposable {
    this.#listeners.add(listener);
    return { [Symbol.dispose]: () => this.#listeners.delete(listener) };
  }
}
