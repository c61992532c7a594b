import { Cron } from 'croner';

type Duration = `${number}${'s' | 'm' | 'h' | 'd'}`;
type TimeOfDay = `${number}:${number}`;

/** When a job runs: at an interval, by a cron expression, or at times of the day. `zone` is an IANA name [UTC]. */
export type When =
  | { readonly every: Duration }
  | { readonly cron: string; readonly zone?: string }
  | { readonly at: readonly [TimeOfDay, ...TimeOfDay[]]; readonly zone?: string };

const UNITS_MS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The first moment after `now`. An interval counts on from `due`, the moment that was due last, so that it does not drift. */
export type Next = (now: Date, due?: Date) => Date;

/** Throws when it cannot be read or never comes. */
export function scheduleOf(when: When): Next {
  if ('every' in when) return everyMs(millisecondsOf(when.every));
  const { zone: timezone = 'UTC' } = when;
  const patterns = 'cron' in when ? [when.cron] : when.at.map(patternOf);
  const crons = patterns.map((pattern) => new Cron(pattern, { timezone }));
  const next: Next = (now) => {
    const moments = crons.map((cron) => cron.nextRun(now)?.getTime() ?? Number.POSITIVE_INFINITY);
    const first = Math.min(...moments);
    if (first === Number.POSITIVE_INFINITY) throw new Error(`${patterns.join(', ')} never comes`);
    return new Date(first);
  };
  next(new Date(0));
  return next;
}

/** The last of these times of the day (UTC) that is not after `now`. */
export function lastAt(times: readonly [TimeOfDay, ...TimeOfDay[]], now: Date): Date {
  const next = scheduleOf({ at: times });
  const dayBefore = new Date(now.getTime() - UNITS_MS.d);
  let last = dayBefore;
  for (let at = next(dayBefore); at <= now; at = next(at)) last = at;
  return last;
}

function everyMs(ms: number): Next {
  return (now, due = now) => {
    const passed = Math.max(0, Math.floor((now.getTime() - due.getTime()) / ms));
    return new Date(due.getTime() + (passed + 1) * ms);
  };
}

function millisecondsOf(duration: Duration): number {
  const [, count, unit] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  if (!(Number(count) > 0) || !isUnit(unit)) throw new Error(`${duration} is not a duration such as 30s, 5m, 1h or 1d`);
  return Number(count) * UNITS_MS[unit];
}

function isUnit(unit: string | undefined): unit is keyof typeof UNITS_MS {
  return unit !== undefined && unit in UNITS_MS;
}

function patternOf(time: TimeOfDay): string {
  const [, hour, minute] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(time) ?? [];
  if (hour === undefined || minute === undefined) throw new Error(`${time} is not a time of the day such as 09:00`);
  return `${Number(minute)} ${Number(hour)} * * *`;
}
