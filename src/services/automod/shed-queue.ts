/** Whose messages are passed over first when there are too many: those of whom least harm is to be expected. */
export const TENURES = ['trusted', 'long-standing', 'ordinary', 'newcomer'] as const;
export type Tenure = (typeof TENURES)[number];

/** `order` is that of arrival, counted up. */
interface Waiting {
  readonly tenure: Tenure;
  readonly order: number;
}

/** What waits for a thread, in order of arrival and bounded: when it is full, those of the longest standing give way. */
export class ShedQueue<T extends Waiting> {
  readonly #most: number;
  readonly #rows: Readonly<Record<Tenure, T[]>> = { trusted: [], 'long-standing': [], ordinary: [], newcomer: [] };
  #size = 0;

  constructor(most: number) {
    this.#most = most;
  }

  get size(): number {
    return this.#size;
  }

  /** Takes one in, and gives back the one that had to give way for it: itself where nobody else is as likely to be harmless. */
  push(one: T): T | undefined {
    if (this.#size < this.#most) {
      this.#rows[one.tenure].push(one);
      this.#size += 1;
      return undefined;
    }
    for (const tenure of TENURES) {
      if (tenure === one.tenure) return one;
      const shed = this.#rows[tenure].pop();
      if (!shed) continue;
      this.#rows[one.tenure].push(one);
      return shed;
    }
    return one;
  }

  /** Puts back in front what had been taken, also where there is no room: it was accepted. */
  putBack(one: T): void {
    const row = this.#rows[one.tenure];
    const at = row.findIndex(({ order }) => order > one.order);
    row.splice(at < 0 ? row.length : at, 0, one);
    this.#size += 1;
  }

  /** The one that came first. */
  take(): T | undefined {
    let first: T[] | undefined;
    for (const tenure of TENURES) {
      const row = this.#rows[tenure];
      if (row[0] && (!first?.[0] || row[0].order < first[0].order)) first = row;
    }
    if (first) this.#size -= 1;
    return first?.shift();
  }
}
