/** Discord counts time from the first second of 2015, in milliseconds. */
const DISCORD_EPOCH_MS = 1_420_070_400_000;
/** Ids that can be given in a millisecond. */
const UNITS_PER_MS = 4_194_304;
const SNOWFLAKE = /^\d{15,20}$/;
const WINDOW_MS = 5 * 60_000;

/** When Discord made the thing with this id, in milliseconds since the epoch by Discord's clock; NaN for what is no id. */
export function snowflakeTime(id: string): number {
  if (!SNOWFLAKE.test(id)) return Number.NaN;
  const units = Number(id) / UNITS_PER_MS;
  const ms = Math.floor(units);
  // As a number an id is off by less than a millisecond, and at most up to the next: only there it has to be looked at more closely.
  return (units > ms ? ms : Number(BigInt(id) >> 22n)) + DISCORD_EPOCH_MS;
}

/** The same for what Discord has sent, give or take a millisecond: cheap enough for every message. */
export function roughTime(id: string): number {
  return Math.floor(Number(id) / UNITS_PER_MS) + DISCORD_EPOCH_MS;
}

/** When Discord made the thing with this id, by Discord's clock. */
export function createdAt(id: string): Date {
  return new Date(snowflakeTime(id));
}

/** The lowest id that Discord can give to a thing made at `at`, which is in milliseconds since the epoch. */
export function snowflakeAt(at: number): string {
  return String(BigInt(Math.floor(at) - DISCORD_EPOCH_MS) << 22n);
}

/** Whether an id was given later than another. */
export function isLater(id: string, than: string): boolean {
  return id.length === than.length ? id > than : id.length > than.length;
}

export function later(a: string, b: string): string {
  return isLater(a, b) ? a : b;
}

/**
 * How far this machine's clock is ahead of Discord's: the smallest difference seen between now and the time in a fresh
 * id, because nothing arrives before it was made. Kept over the last five to ten minutes, so that a clock that was set
 * right is believed again.
 */
export class ClockOffset {
  readonly #now: () => Date;
  #windowEndsAt = Number.NEGATIVE_INFINITY;
  #smallest = Number.POSITIVE_INFINITY;
  #smallestBefore = Number.POSITIVE_INFINITY;

  constructor({ now = () => new Date() }: { readonly now?: () => Date } = {}) {
    this.#now = now;
  }

  /** Learns from an id that has just arrived. */
  see(id: string): void {
    const now = this.#now().getTime();
    const difference = now - snowflakeTime(id);
    if (Number.isNaN(difference)) return;
    if (now >= this.#windowEndsAt) {
      this.#smallestBefore = this.#smallest;
      this.#smallest = Number.POSITIVE_INFINITY;
      this.#windowEndsAt = now + WINDOW_MS;
    }
    this.#smallest = Math.min(this.#smallest, difference);
  }

  /** Milliseconds; positive when this machine's clock is ahead. 0 before anything was seen. */
  get ms(): number {
    const smallest = Math.min(this.#smallest, this.#smallestBefore);
    return Number.isFinite(smallest) ? smallest : 0;
  }

  /** When the thing with this id was made, in milliseconds since the epoch by this machine's clock. */
  localTime(id: string): number {
    return snowflakeTime(id) + this.ms;
  }
}
