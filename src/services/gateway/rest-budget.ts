import { type REST, RESTEvents } from 'discord.js';

/** Discord's own bounds: requests a second over all routes, and refused requests in ten minutes before a ban. */
export const REQUESTS_PER_SECOND = 50;
export const INVALID_PER_TEN_MINUTES = 10_000;
const SECOND_MS = 1_000;
const TEN_MINUTES_MS = 600_000;
const REFUSED = new Set([401, 403, 429]);

/** How much of what Discord allows has been used. */
export interface RestUse {
  readonly lastSecond: number;
  readonly refusedInTenMinutes: number;
  readonly total: number;
}

/** Counts requests to Discord against the global limit and towards the ban for invalid ones. */
export class RestBudget implements Disposable {
  readonly #now: () => Date;
  readonly #unhook: () => void;
  #recent: number[] = [];
  #refused: number[] = [];
  #total = 0;

  constructor(clients: readonly REST[], now: () => Date) {
    this.#now = now;
    const seen = (_: unknown, response: { readonly status: number }) => this.#count(response.status);
    for (const rest of clients) rest.on(RESTEvents.Response, seen);
    this.#unhook = () => {
      for (const rest of clients) rest.off(RESTEvents.Response, seen);
    };
  }

  use(): RestUse {
    const now = this.#now().getTime();
    this.#forget(now);
    return { lastSecond: this.#recent.length, refusedInTenMinutes: this.#refused.length, total: this.#total };
  }

  [Symbol.dispose](): void {
    this.#unhook();
  }

  #count(status: number): void {
    const now = this.#now().getTime();
    this.#total += 1;
    this.#recent.push(now);
    if (REFUSED.has(status)) this.#refused.push(now);
    if (this.#recent.length > REQUESTS_PER_SECOND * 4 || this.#refused.length > INVALID_PER_TEN_MINUTES)
      this.#forget(now);
  }

  #forget(now: number): void {
    this.#recent = this.#recent.filter((at) => at > now - SECOND_MS);
    this.#refused = this.#refused.filter((at) => at > now - TEN_MINUTES_MS).slice(-INVALID_PER_TEN_MINUTES);
  }
}
