/** Fills it with random bits; tests put their own in place. */
export type Draw = (into: Uint32Array<ArrayBuffer>) => void;

const HALF = 2 ** 32;
/** Numbers beyond are not all told apart. */
const MOST = 2 ** 53;

const fromSystem: Draw = (into) => void crypto.getRandomValues(into);

/**
 * A whole number from 0 up to, not including, `limit`, each as likely as any other: what would favour some is drawn again,
 * which happens less than every other time. RangeError for a limit that is not a whole number from 1 to 2^53.
 */
export function randomBelow(limit: number, draw: Draw = fromSystem): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new RangeError(`cannot draw below ${limit}`);
  const bits = Math.ceil(Math.log2(limit));
  const [high, low] = [2 ** Math.max(0, bits - 32), 2 ** Math.min(32, bits)];
  const drawn = new Uint32Array(2);
  for (;;) {
    draw(drawn);
    const [first = 0, second = 0] = drawn;
    const value = (first % high) * HALF + (second % low);
    if (value < limit) return value;
  }
}

/** So many of the items, no item twice, in random order. */
export function randomSample<T>(items: readonly T[], count: number, draw: Draw = fromSystem): readonly T[] {
  const left = [...items];
  return Array.from({ length: Math.min(count, left.length) }, () =>
    left.splice(randomBelow(left.length, draw), 1),
  ).flat();
}
