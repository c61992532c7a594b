import { dayOf, type Hour, hourOf } from './tally.ts';

/** The day (`2026-11-22`, UTC) and the hour in which something is counted. */
export interface Counting {
  readonly day: string;
  readonly hour: Hour;
  /** The same as a number, from 0 to 23. */
  readonly clock: number;
}

const HOUR_MS = 3_600_000;

/** Says of thousands of moments a second in which hour they fall, and makes no date for it unless the hour has changed. */
export class Hours {
  #number = Number.NaN;
  #last: Counting = { day: '', hour: 'hour-0', clock: 0 };

  /** `ms` are milliseconds since 1970. */
  of(ms: number): Counting {
    const number = Math.floor(ms / HOUR_MS);
    if (number === this.#number) return this.#last;
    const at = new Date(ms);
    this.#number = number;
    this.#last = { day: dayOf(at), hour: hourOf(at), clock: at.getUTCHours() };
    return this.#last;
  }
}
