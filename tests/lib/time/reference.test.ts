import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type DateRule,
  type MonthDay,
  nextOccurrence,
  occurrences,
  type Recurrence,
} from '../../../src/lib/time/rule.ts';
import { dateRules, wallTimes, ZONES, zones } from './arbitraries.ts';
import { clockIn, walkTo, wallNumber } from './slow-clock.ts';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2006, 0, 1);
const TO = Date.UTC(2036, 0, 1);

/** What the next occurrence is, by going through the days one by one and walking to each time. */
function slowNext({ rule, zone, start }: Recurrence, after: number): number | undefined {
  if (rule.kind === 'interval') throw new Error('intervals need no calendar');
  const clock = clockIn(zone);
  const [hour = 0, minute = 0] = rule.at.split(':').map(Number);
  const startWall = Date.parse(`${start}Z`);
  const firstDay = Math.floor(startWall / DAY_MS);
  const today = Math.floor(wallNumber(clock(after)) / DAY_MS);
  for (let day = today - 2; day < today + 3_700; day++) {
    const wall = day * DAY_MS + (hour * 60 + minute) * 60_000;
    if (wall < startWall || !isDay(rule, day, firstDay)) continue;
    const instant = walkTo(wall, clock);
    if (instant > after) return instant;
  }
  return undefined;
}

function isDay(rule: DateRule, day: number, first: number): boolean {
  const date = new Date(day * DAY_MS);
  const months = date.getUTCFullYear() * 12 + date.getUTCMonth();
  const start = new Date(first * DAY_MS);
  switch (rule.kind) {
    case 'daily':
      return (day - first) % rule.every === 0;
    case 'weekly':
      return (mondayOf(day) - mondayOf(first)) % (rule.every * 7) === 0 && rule.on.includes(weekday(day));
    case 'monthly': {
      const since = months - (start.getUTCFullYear() * 12 + start.getUTCMonth());
      return since % rule.every === 0 && isMonthDay(rule.day, day);
    }
    case 'yearly':
      return date.getUTCMonth() + 1 === rule.month && isMonthDay({ kind: 'day', day: rule.day }, day);
  }
}

function isMonthDay(wanted: MonthDay, day: number): boolean {
  const dates = Array.from({ length: 63 }, (_, index) => day - 31 + index).filter((each) => sameMonth(each, day));
  switch (wanted.kind) {
    case 'day':
      return day === dates[Math.min(wanted.day, dates.length) - 1];
    case 'last':
      return day === dates.at(-1);
    case 'nth': {
      const fitting = dates.filter((each) =>
        wanted.weekday === 'weekday' ? weekday(each) < 6 : weekday(each) === wanted.weekday,
      );
      return day === (wanted.nth === -1 ? fitting.at(-1) : fitting[wanted.nth - 1]);
    }
  }
}

function sameMonth(a: number, b: number): boolean {
  return new Date(a * DAY_MS).toISOString().slice(0, 7) === new Date(b * DAY_MS).toISOString().slice(0, 7);
}

const weekday = (day: number) => new Date(day * DAY_MS).getUTCDay() || 7;
const mondayOf = (day: number) => day - weekday(day) + 1;
const wallText = (wall: number) => new Date(wall).toISOString().slice(0, 16);

/** A change of a zone's clocks at or after an instant; the instant itself where there is none any more. */
function changeAfter(zone: string, instant: number): number {
  const time = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
  return time.getTimeZoneTransition('next')?.epochMilliseconds ?? instant;
}

/** A recurrence, a moment near a change of clocks, and wall times around the hours that are missing or come twice. */
function atChange(zone: string) {
  return fc
    .record({ seed: fc.integer({ min: FROM, max: TO }), daysBefore: fc.integer({ min: -1, max: 3 }) })
    .chain(({ seed, daysBefore }) => {
      const change = Math.min(changeAfter(zone, seed), TO);
      const around = fc
        .integer({ min: -90, max: 90 })
        .map((minutes) => wallText(wallNumber(clockIn(zone)(change + minutes * 60_000))).slice(11));
      const after = change - daysBefore * DAY_MS + 1;
      const start = wallText(wallNumber(clockIn(zone)(after - 3 * DAY_MS)));
      return dateRules(around).map((rule) => ({ recurrence: { rule, zone, start }, after }));
    });
}

describe('the next occurrence', () => {
  test('is what walking the clock finds, in every zone, at changes of its clocks from 2006 to 2036', () => {
    expect(ZONES.length).toBeGreaterThan(400);
    for (const [index, zone] of ZONES.entries()) {
      fc.assert(
        fc.property(atChange(zone), ({ recurrence, after }) => {
          expect(nextOccurrence(recurrence, new Date(after))?.getTime()).toBe(slowNext(recurrence, after));
        }),
        { seed: index, numRuns: 2 },
      );
    }
  });

  test('is what walking the clock finds at any time, whenever it began', () => {
    const cases = fc.record({
      rule: dateRules(wallTimes),
      zone: zones,
      start: fc.integer({ min: FROM, max: TO }).map(wallText),
      after: fc.integer({ min: FROM, max: TO }),
    });
    fc.assert(
      fc.property(cases, ({ rule, zone, start, after }) => {
        const later = Math.max(after, Date.parse(`${start}Z`) - 2 * DAY_MS);
        const recurrence = { rule, zone, start };
        expect(nextOccurrence(recurrence, new Date(later))?.getTime()).toBe(slowNext(recurrence, later));
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  // Days that were skipped or came twice, shifts of half an hour and of a quarter, and offsets of odd seconds.
  test.each([
    ['Pacific/Apia', '2011-12-28'],
    ['Pacific/Fakaofo', '2011-12-28'],
    ['Pacific/Kwajalein', '1993-08-19'],
    ['Pacific/Kiritimati', '1994-12-29'],
    ['Australia/Lord_Howe', '2027-04-02'],
    ['Australia/Lord_Howe', '2027-10-01'],
    ['Antarctica/Troll', '2027-03-26'],
    ['Asia/Kathmandu', '1985-12-30'],
    ['America/Caracas', '2007-12-07'],
    ['America/Caracas', '2016-04-29'],
    ['Asia/Pyongyang', '2015-08-13'],
    ['Africa/Casablanca', '2027-02-05'],
    ['Europe/Dublin', '2027-10-29'],
    ['America/St_Johns', '2006-10-27'],
    ['Africa/Monrovia', '1972-01-05'],
  ])('is what walking the clock finds in %s from %s on', (zone, date) => {
    for (let hour = 0; hour < 24; hour += 1) {
      const rule = { kind: 'daily', every: 1, at: `${String(hour).padStart(2, '0')}:15` } as const;
      const recurrence = { rule, zone, start: `${date}T00:00` };
      let after = Date.parse(`${date}T00:00Z`);
      for (const at of occurrences(recurrence, new Date(after), 5)) {
        expect(at.getTime()).toBe(slowNext(recurrence, after));
        after = at.getTime();
      }
    }
  });

  test('is always later than the one before', () => {
    const cases = fc.record({ rule: dateRules(wallTimes), zone: zones, start: fc.integer({ min: FROM, max: TO }) });
    fc.assert(
      fc.property(cases, ({ rule, zone, start }) => {
        const recurrence = { rule, zone, start: wallText(start) };
        const found = [start, ...occurrences(recurrence, new Date(start), 20).map((at) => at.getTime())];
        for (const [index, at] of found.slice(1).entries()) expect(at).toBeGreaterThan(found[index] ?? Number.NaN);
        expect(found.length).toBe(21);
      }),
      { seed: 4, numRuns: 300 },
    );
  });
});
