import { type DayNumber, datesOf, dayNumber, plainDate } from './calendar.ts';
import type { Clauses, UntilText } from './clauses.ts';
import { daysMeant } from './find-date.ts';
import { type Circumstances, timeOf, tooFar } from './find-once.ts';
import { findRule, monthOf } from './find-rule.ts';
import { sayOffset, zoneOfOffset } from './offsets.ts';
import { TimeTextError } from './problem.ts';
import { type DateRule, nextOccurrence, type Recurrence, type Rule } from './rule.ts';
import { wallOf, wallText } from './wall.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_MINUTES = 5_256_000;
const MOST_EVERY = 1_000;

export interface RepeatCircumstances extends Circumstances {
  readonly minEveryMs: number;
}

/** The repetition that a text means, and its first time. Throws `TimeTextError` when it never happens, or too often. */
export function findRepeat(found: Clauses, circumstances: RepeatCircumstances) {
  const { now, maxMs, minEveryMs } = circumstances;
  if (found.span || found.stamp !== undefined) throw new TimeTextError('notATime');
  const zone = found.offset === undefined ? circumstances.zone : fixedZone(found.offset);
  const timed = { ...circumstances, zone };
  const anchored =
    found.repeat?.kind === 'elapsed' ? interval(found, found.repeat.minutes, timed) : dates(found, timed);
  if (apartMs(anchored.rule) < Math.max(MINUTE_MS, minEveryMs)) {
    throw new TimeTextError('tooOften', { least: { span: Math.max(MINUTE_MS, minEveryMs) } });
  }
  const until = found.until && untilOf(found.until, found.from ? anchored.start : undefined, timed);
  const first = nextOccurrence({ ...anchored, zone }, now);
  if (!first || (until && first > until)) throw new TimeTextError('neverHappens');
  if ((until ?? first).getTime() > now.getTime() + maxMs) throw tooFar(maxMs);
  const recurrence: Recurrence = { ...anchored, zone, ...(until && { until: until.toISOString() }) };
  return { recurrence, first };
}

type Anchored = Pick<Recurrence, 'rule' | 'start'>;

function interval(found: Clauses, exact: number, { now, zone }: Circumstances): Anchored {
  if (found.date) throw new TimeTextError('notATime');
  const minutes = Math.round(exact);
  if (minutes > MOST_MINUTES) throw new TimeTextError('tooSeldom');
  const rule = { kind: 'interval', minutes: exact < 1 ? 0 : minutes } as const;
  if (!found.from && !found.clock && !found.part) return { rule, start: unmistakable(now, minutes, zone) };
  const today = dayNumber(wallOf(now, zone));
  const time = found.clock || found.part ? timeOf(found) : new Temporal.PlainTime();
  const start = startOf(found, today);
  const passed =
    !found.from && Temporal.PlainDateTime.compare(plainDate(start).toPlainDateTime(time), wallOf(now, zone)) <= 0;
  return { rule, start: wallText(plainDate(start + (passed ? 1 : 0)).toPlainDateTime(time)) };
}

/** The wall time of now, or so many intervals before, at which it means one instant only. */
function unmistakable(now: Date, minutes: number, zone: string): string {
  for (let at = now.getTime(); ; at -= Math.max(1, minutes) * MINUTE_MS) {
    const wall = wallOf(new Date(at), zone);
    if (wall.toZonedDateTime(zone).epochMilliseconds === at) return wallText(wall);
  }
}

/** Counting begins with the first day that fits; where no day is named, with today. */
function dates(found: Clauses, { now, zone }: Circumstances): Anchored {
  const wall = wallOf(now, zone);
  const bare = !found.date && !found.clock && !found.part && !found.from;
  if (bare && found.repeat?.kind === 'named') throw new TimeTextError('notATime');
  const time = bare || !hasOwnTime(found) ? wall.toPlainTime() : timeOf(found);
  const at = time.toString({ smallestUnit: 'minute' });
  const rule = findRule(found, at, wall.toPlainDate());
  if (rule.kind !== 'yearly' && rule.every > MOST_EVERY) throw new TimeTextError('tooSeldom');
  const once = rule.kind === 'yearly' || rule.every === 1;
  if (bare || (once && !found.from)) return { rule, start: bare ? `${wall.toPlainDate()}T${at}` : wallText(wall) };
  const today = dayNumber(wall);
  const from = startOf(found, today);
  const first = firstFit(
    rule,
    from,
    monthOf(found.date),
    (day) => found.from !== undefined || comes(day, at, zone, now),
  );
  return { rule, start: `${plainDate(first)}T${at}` };
}

/** Days that are named have the usual time; 'every 2 weeks from monday' keeps that of now. */
function hasOwnTime({ date, clock, part }: Clauses): boolean {
  return Boolean(date || clock || part);
}

function startOf({ from }: Clauses, today: DayNumber): DayNumber {
  return from ? (daysMeant(from, today, true)[0] ?? today) : today;
}

function comes(day: DayNumber, at: string, zone: string, now: Date): boolean {
  const wall = plainDate(day).toPlainDateTime(Temporal.PlainTime.from(at));
  return wall.toZonedDateTime(zone).epochMilliseconds > now.getTime();
}

/** The first day that fits the rule, if it is not counted in twos and threes yet; of `month` alone, if one is named. */
function firstFit(
  rule: DateRule,
  from: DayNumber,
  month: number | undefined,
  fits: (day: DayNumber) => boolean,
): DayNumber {
  const single: DateRule = rule.kind === 'yearly' ? rule : { ...rule, every: 1 };
  for (const day of datesOf(single, from, from)) {
    if ((month === undefined || plainDate(day).month === month) && fits(day)) return day;
  }
  throw new TimeTextError('neverHappens');
}

/** 'From monday until friday' is the Friday after that Monday. */
function untilOf({ stamp, date, clock }: UntilText, start: string | undefined, { now, zone }: Circumstances): Date {
  if (stamp !== undefined) return new Date(stamp * 1_000);
  const today = dayNumber(wallOf(now, zone));
  const from = start === undefined ? today : dayNumber(Temporal.PlainDateTime.from(start));
  const days = date ? daysMeant(date, today, true) : [];
  const day = days.find((one) => one >= from) ?? days[0];
  if (day === undefined) throw new TimeTextError('neverHappens');
  const time = clock ? timeOf({ clock }) : new Temporal.PlainTime(23, 59, 59);
  return new Date(plainDate(day).toPlainDateTime(time).toZonedDateTime(zone).epochMilliseconds);
}

/** How close together two occurrences are at the closest, by the calendar: a day of 23 hours counts as a day. */
function apartMs(rule: Rule): number {
  switch (rule.kind) {
    case 'interval':
      return rule.minutes * MINUTE_MS;
    case 'daily':
      return rule.every * DAY_MS;
    case 'weekly':
      return Math.min(...gaps(rule.on.toSorted(), rule.every)) * DAY_MS;
    case 'monthly':
      return rule.every * 28 * DAY_MS;
    case 'yearly':
      return 365 * DAY_MS;
  }
}

function gaps(days: readonly number[], every: number): number[] {
  return days.map((day, index) => (days[index + 1] ?? (days[0] ?? 0) + every * 7) - day);
}

/** A repetition is kept with a zone: one that knows no summer. */
function fixedZone(minutes: number): string {
  const zone = zoneOfOffset(minutes);
  if (zone === undefined) throw new TimeTextError('noSuchZone', { zone: sayOffset(minutes), like: 'UTC' });
  return zone;
}
