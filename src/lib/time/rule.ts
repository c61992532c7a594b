import { type Static, Type } from '@sinclair/typebox';
import { datesOf, dayNumber, plainDate } from './calendar.ts';

const Every = Type.Integer({ minimum: 1, maximum: 1_000 });
const WallTime = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' });
const Weekday = Type.Integer({ minimum: 1, maximum: 7 });

const MonthDay = Type.Union([
  Type.Object({ kind: Type.Literal('day'), day: Type.Integer({ minimum: 1, maximum: 31 }) }),
  Type.Object({ kind: Type.Literal('last') }),
  Type.Object({
    kind: Type.Literal('nth'),
    /** 1 is the first of the month, -1 its last. A month without a fifth is passed over. */
    nth: Type.Union([1, 2, 3, 4, 5, -1].map((nth) => Type.Literal(nth))),
    weekday: Type.Union([Weekday, Type.Literal('weekday')]),
  }),
]);

const DateRule = Type.Union([
  Type.Object({ kind: Type.Literal('daily'), every: Every, at: WallTime }),
  Type.Object({
    kind: Type.Literal('weekly'),
    every: Every,
    on: Type.Array(Weekday, { minItems: 1, maxItems: 7, uniqueItems: true }),
    at: WallTime,
  }),
  Type.Object({ kind: Type.Literal('monthly'), every: Every, day: MonthDay, at: WallTime }),
  Type.Object({
    kind: Type.Literal('yearly'),
    month: Type.Integer({ minimum: 1, maximum: 12 }),
    day: Type.Integer({ minimum: 1, maximum: 31 }),
    at: WallTime,
  }),
]);

const Interval = Type.Object({
  kind: Type.Literal('interval'),
  minutes: Type.Integer({ minimum: 1, maximum: 5_256_000 }),
});

/** Something that comes again, as it is kept in the database. Check what comes from there with this schema. */
export const Recurrence = Type.Object({
  rule: Type.Union([Interval, DateRule]),
  /** An IANA name that `isZone` knows. */
  zone: Type.String({ minLength: 1, maxLength: 64 }),
  /** Wall date and time in the zone: nothing happens before it, and 'every 2 weeks' counts from it. */
  start: Type.String({ pattern: '^[12]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d(:\\d\\d)?$' }),
  /** The last instant at which it may happen. */
  until: Type.Optional(Type.String({ pattern: '^[12]\\d{3}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z$' })),
});

/** 1 is Monday, 7 is Sunday. */
export type Weekday = Static<typeof Weekday>;
/** Hour and minute as a clock on the wall shows them: `09:00`. */
export type WallTime = Static<typeof WallTime>;
/** A day of a month. The 31st of a shorter month is its last day. */
export type MonthDay = Readonly<Static<typeof MonthDay>>;
/** A rule of dates, at one wall time. */
export type DateRule = Readonly<Static<typeof DateRule>>;
/** When something happens again: wall time in a zone, except `interval`, which counts elapsed time. */
export type Rule = Readonly<Static<typeof Interval>> | DateRule;
export type Recurrence = Readonly<Static<typeof Recurrence>>;

/** A zone that leaves out hours up to midnight, or a whole day, moves what was due in them to the day after. */
const LOOK_BACK_DAYS = 1;

/**
 * The first occurrence strictly after `after`; undefined when there is none any more. Wall time is kept over daylight
 * saving: an hour that does not exist moves on by the gap, one that comes twice counts once, the first time.
 */
export function nextOccurrence(recurrence: Recurrence, after: Date): Date | undefined {
  const { until } = recurrence;
  const rule: Rule = recurrence.rule;
  const next =
    rule.kind === 'interval' ? nextInterval(rule.minutes, recurrence, after) : nextDate(rule, recurrence, after);
  return next === undefined || (until !== undefined && next > Date.parse(until)) ? undefined : new Date(next);
}

/** Occurrences strictly after `after`, at most as many as asked for. */
export function occurrences(recurrence: Recurrence, after: Date, count: number): Date[] {
  const found: Date[] = [];
  for (let last = after; found.length < count; ) {
    const next = nextOccurrence(recurrence, last);
    if (!next) break;
    found.push(next);
    last = next;
  }
  return found;
}

function nextInterval(minutes: number, { start, zone }: Recurrence, after: Date): number {
  const first = Temporal.PlainDateTime.from(start).toZonedDateTime(zone).epochMilliseconds;
  const step = minutes * 60_000;
  return first + Math.max(0, Math.floor((after.getTime() - first) / step) + 1) * step;
}

function nextDate(rule: DateRule, { start, zone }: Recurrence, after: Date): number | undefined {
  const startsAt = Temporal.PlainDateTime.from(start);
  const startsOn = dayNumber(startsAt);
  const around = dayNumber(Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(zone));
  const time = Temporal.PlainTime.from(rule.at);
  for (const day of datesOf(rule, startsOn, Math.max(startsOn, around - LOOK_BACK_DAYS))) {
    const wall = plainDate(day).toPlainDateTime(time);
    if (day === startsOn && Temporal.PlainDateTime.compare(wall, startsAt) < 0) continue;
    const instant = wall.toZonedDateTime(zone).epochMilliseconds;
    if (instant > after.getTime()) return instant;
  }
  return undefined;
}
