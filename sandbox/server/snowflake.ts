/** Discord's ids: a 64-bit number as text, whose upper bits are the creation time. */
export type Id = string;

const EPOCH = 1_420_070_400_000;

/** Hands out ids that always rise. They carry the real (or given) time, so that readers can tell the age of a thing. */
export class Snowflakes {
  readonly #now: () => number;
  #millis = 0;
  #count = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): Id {
    const millis = Math.floor(this.#now()) - EPOCH;
    if (millis > this.#millis) {
      this.#millis = millis;
      this.#count = 0;
    } else if (++this.#count > 0xfff_ff) {
      this.#millis++;
      this.#count = 0;
    }
    return String((BigInt(this.#millis) << 22n) | BigInt(this.#count));
  }
}

/** An id as if made at `at` (milliseconds since 1970); `count` tells apart several of the same moment. */
export function snowflakeAt(at: number, count = 0): Id {
  return String((BigInt(Math.floor(at) - EPOCH) << 22n) | BigInt(count));
}

export function timeOf(id: Id): number {
  return Number(BigInt(id) >> 22n) + EPOCH;
}

export function isSnowflake(value: unknown): value is Id {
  return typeof value === 'string' && /^\d{15,21}$/.test(value);
}

/** Orders ids by age without turning them into numbers. */
export function compareIds(a: Id, b: Id): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}
