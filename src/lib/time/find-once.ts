import { type DayNumber, dayNumber, plainDate } from './calendar.ts';
import type { Clauses } from './clauses.ts';
import { daysMeant } from './find-date.ts';
import { sayOffset } from './offsets.ts';
import { TimeTextError } from './problem.ts';
import type { Clock } from './read-clock.ts';
import { type Span, spanMs, UNIT_MS } from './span.ts';
import { instantOf, wallOf, wallText } from './wall.ts';

/** What is known beside the text: the clock, the person's zone, and how far ahead is too far. */
export interface Circumstances {
  readonly now: Date;
  readonly zone: string;
  readonly maxMs: number;
}

/** The time of a day that is named without one. */
const USUAL_TIME = '09:00';
/** 'Tonight at 2' is tomorrow by the calendar. */
const NIGHT_ENDS = 6;

const CALENDAR_UNITS = ['year', 'month', 'week', 'day'] as const;

/** The moment that a text without 'every' means. Throws `TimeTextError` when there is none, or it is over. */
export function findOnce(found: Clauses, { now, zone, maxMs }: Circumstances): Date {
  const at = momentOf(found, found.offset === undefined ? zone : offsetZone(found.offset), now, maxMs);
  if (at.getTime() <= now.getTime())
    throw new TimeTextError('past', { at: wallText(wallOf(at, zone)).replace('T', ' ').slice(0, -3) });
  if (at.getTime() > now.getTime() + maxMs) throw tooFar(maxMs);
  return at;
}

function momentOf(found: Clauses, zone: string, now: Date, maxMs: number): Date {
  const { stamp, span, date, clock, part } = found;
  const others = [span, date, clock ?? part].filter((clause) => clause !== undefined).length;
  if (found.from || found.until || (stamp === undefined ? others === 0 : others > 0))
    throw new TimeTextError('notATime');
  if (stamp !== undefined) return new Date(stamp * 1_000);
  if (!span) return nextDay(found, zone, now);
  if (spanMs(span.units) > maxMs) throw tooFar(maxMs);
  const moment = addSpan(now, span.units, zone);
  if (date) throw new TimeTextError('notATime');
  if (!clock && !part) return moment;
  if ([...span.units.keys()].some((unit) => UNIT_MS[unit] < UNIT_MS.day)) throw new TimeTextError('notATime');
  return onDay(dayNumber(wallOf(moment, zone)), timeOf(found), zone, now);
}

/** Days and longer are counted by the calendar, so that the wall time stays; hours and shorter as they elapse. */
function addSpan(now: Date, span: Span, zone: string): Date {
  const start = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  let rest = spanMs(span);
  let moved = start;
  for (const unit of CALENDAR_UNITS) {
    const whole = Math.floor(span.get(unit) ?? 0);
    if (whole === 0) continue;
    moved = moved.add({ [`${unit}s`]: whole });
    rest -= whole * UNIT_MS[unit];
  }
  return new Date(moved.epochMilliseconds + Math.round(rest));
}

/** The first of the days meant on which the time is still to come; the last of them when it is over on all. */
function nextDay(found: Clauses, zone: string, now: Date): Date {
  const today = dayNumber(wallOf(now, zone));
  const time = timeOf(found);
  const timed = found.clock !== undefined || found.part !== undefined;
  const days = found.date
    ? daysMeant(found.date, today, timed)
    : found.part?.today && time.hour >= NIGHT_ENDS
      ? [today]
      : [today, today + 1];
  const comes = days.find((day) => latest(day, time, zone) > now.getTime()) ?? days.at(-1);
  if (comes === undefined) throw new TimeTextError('neverHappens');
  return onDay(comes, time, zone, now);
}

function latest(day: DayNumber, time: Temporal.PlainTime, zone: string): number {
  const wall = plainDate(day).toPlainDateTime(time);
  return wall.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
}

function onDay(day: DayNumber, time: Temporal.PlainTime, zone: string, now: Date): Date {
  return instantOf(plainDate(day).toPlainDateTime(time), zone, now);
}

/** The time of day that was written, or the usual one of the part of the day, or of any day. */
export function timeOf({
  clock,
  part,
}: {
  readonly clock?: Clock;
  readonly part?: Clauses['part'];
}): Temporal.PlainTime {
  if (clock) return new Temporal.PlainTime(clock.hour, clock.minute, clock.second);
  return Temporal.PlainTime.from(part?.time ?? USUAL_TIME);
}

function offsetZone(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  if (hours > 18 || rest > 59) throw new TimeTextError('noSuchZone', { zone: sayOffset(minutes), like: 'UTC' });
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** What is said of a moment beyond the bound. */
export function tooFar(maxMs: number): TimeTextError {
  return new TimeTextError('tooFar', { most: { span: maxMs } });
}
