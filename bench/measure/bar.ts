/** The bar for the first answer: within twice of the floor, or 5 ms above it where the floor itself is tiny. */
export function barOf(floorP99: number): number {
  return Math.max(2 * floorP99, floorP99 + 5);
}

/** What CI holds against the threads: the least that inline p99 must be of offload p99. */
export const LEAST_RATIO = 3;
