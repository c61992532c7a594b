/** Beyond it nobody rises. */
export const MOST_LEVEL = 1_000;

/**
 * How many points a level takes in all. From level n to the next it is 5n² + 50n + 100, as people know it from other bots: 100 for the first,
 * 155 more for the second, and so on.
 */
export function pointsFor(level: number): number {
  const squares = ((level - 1) * level * (2 * level - 1)) / 6;
  return 5 * squares + 25 * level * (level - 1) + 100 * level;
}

/** The level that so many points make. */
export function levelOf(points: number): number {
  let [reached, beyond] = [0, MOST_LEVEL + 1];
  while (beyond - reached > 1) {
    const middle = Math.floor((reached + beyond) / 2);
    if (pointsFor(middle) <= points) reached = middle;
    else beyond = middle;
  }
  return reached;
}

/** How far it is to the next level: so many points of so many. At the highest nothing is left. */
export function progressOf(points: number): { readonly level: number; readonly done: number; readonly of: number } {
  const level = levelOf(points);
  const from = pointsFor(level);
  return { level, done: points - from, of: level === MOST_LEVEL ? 0 : pointsFor(level + 1) - from };
}
