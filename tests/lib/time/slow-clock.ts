/** Reads clocks by `Intl.DateTimeFormat` alone and finds times by walking: the slow reference for what is reckoned. */

export interface WallReading {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** A clock on the wall of one zone: what it shows at an instant. */
export function clockIn(zone: string): (instant: number) => WallReading {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: string) => parts.get(type) ?? Number.NaN;
    return { year: part('year'), month: part('month'), day: part('day'), hour: part('hour'), minute: part('minute') };
  };
}

/** What the clock shows, as if it were UTC: wall times of one zone are compared by it. */
export function wallNumber({ year, month, day, hour, minute }: WallReading): number {
  return Date.UTC(year, month - 1, day, hour, minute);
}

/**
 * The first instant at which the clock shows `wall`, walking minute by minute through the days around it. Where it
 * leaves that time out: the instant at which it would be that time if the clock had not been put forward.
 */
export function walkTo(wall: number, clock: (instant: number) => WallReading): number {
  for (let hour = wall - 2 * DAY_MS; hour <= wall + 2 * DAY_MS; hour += 60 * MINUTE_MS) {
    const before = wallNumber(clock(hour));
    if (Math.abs(before - wall) > 26 * 60 * MINUTE_MS) continue;
    const after = wallNumber(clock(hour + 60 * MINUTE_MS));
    if (before > wall || (after <= wall && after > before && after - before <= 60 * MINUTE_MS)) continue;
    const found = walkHour(hour, wall, clock);
    if (found !== undefined) return found;
  }
  throw new Error(`no clock shows ${new Date(wall).toISOString()}, nor leaves it out`);
}

function walkHour(from: number, wall: number, clock: (instant: number) => WallReading): number | undefined {
  let shown = wallNumber(clock(from));
  for (let instant = from; instant <= from + 60 * MINUTE_MS; instant += MINUTE_MS) {
    const next = wallNumber(clock(instant));
    if (next === wall) return instant;
    if (shown < wall && next > wall) return instant + (wall - shown - MINUTE_MS);
    shown = next;
  }
  return undefined;
}
