/** Reads clocks by `Intl.DateTimeFormat` alone and finds times by walking: the slow reference for what is reckoned. */

export interface WallReading {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 86_400_000;
const STEPS = [6 * HOUR_MS, HOUR_MS, MINUTE_MS, 1_000];

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
    second: 'numeric',
  });
  return (instant) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? Number.NaN;
    const [year, month, day] = [part('year'), part('month'), part('day')];
    return { year, month, day, hour: part('hour'), minute: part('minute'), second: part('second') };
  };
}

/** What the clock shows, as if it were UTC: wall times of one zone are compared by it. */
export function wallNumber({ year, month, day, hour, minute, second }: WallReading): number {
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/**
 * The first instant at which the clock shows `wall`, found by walking, at last second by second. Where it leaves that
 * time out: the instant at which it would have been that time, had the clock not been put forward.
 */
export function walkTo(wall: number, clock: (instant: number) => WallReading): number {
  const found = walk(wall - 2 * DAY_MS, wall + 2 * DAY_MS, STEPS, wall, clock);
  if (found === undefined) throw new Error(`no clock shows ${new Date(wall).toISOString()}, nor leaves it out`);
  return found;
}

function walk(
  from: number,
  to: number,
  [step = 1_000, ...finer]: readonly number[],
  wall: number,
  clock: (instant: number) => WallReading,
): number | undefined {
  let shown = wallNumber(clock(from));
  if (shown === wall) return from;
  for (let instant = from; instant < to; instant += step) {
    const next = wallNumber(clock(instant + step));
    const passedBy = next - shown === step && (wall <= shown || wall > next);
    const found = passedBy ? undefined : arrive(instant, shown, next);
    if (found !== undefined) return found;
    shown = next;
  }
  return undefined;

  function arrive(instant: number, before: number, after: number): number | undefined {
    if (after === wall && step <= MINUTE_MS) return instant + step;
    if (finer.length > 0) return walk(instant, instant + step, finer, wall, clock);
    return before < wall && after > wall ? instant + (wall - before) : undefined;
  }
}
