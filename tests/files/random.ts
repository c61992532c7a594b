/** Numbers that look random and are the same every time. */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number from 0, below `end`. */
  below(end: number): number;
}

/** The same seed gives the same numbers. */
export function randomOf(seed: number): Random {
  let state = Math.imul(seed + 0x9e3779b9, 0x85ebca6b) | 1;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  for (let warm = 0; warm < 8; warm++) next();
  return { next, below: (end) => Math.floor(next() * end) };
}
