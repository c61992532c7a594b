import { type REST, Routes } from 'discord.js';

/** Discord answers the question that is measured five times a second or so; more would stand in line and measure that. */
const KEPT_MS = 1_000;
const DEADLINE_MS = 2_000;

/** How long Discord's REST takes for an answer, measured once a second for all who ask. */
export class RestPing {
  readonly #rest: Pick<REST, 'get'>;
  #last: { readonly at: number; readonly ms: Promise<number> } | undefined;

  constructor(rest: Pick<REST, 'get'>) {
    this.#rest = rest;
  }

  /** Milliseconds. Rejects when there is no answer within two seconds. */
  measure(): Promise<number> {
    const now = performance.now();
    if (this.#last && now - this.#last.at < KEPT_MS) return this.#last.ms;
    const ms = this.#roundTrip(now);
    this.#last = { at: now, ms };
    return ms;
  }

  async #roundTrip(began: number): Promise<number> {
    await this.#rest.get(Routes.user(), { signal: AbortSignal.timeout(DEADLINE_MS) });
    return performance.now() - began;
  }
}
