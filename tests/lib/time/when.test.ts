import { Value } from '@sinclair/typebox/value';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { parseDuration, parseWhen, type Reading } from '../../../src/lib/time/parse.ts';
import type { ProblemCode } from '../../../src/lib/time/problem.ts';
import { Recurrence } from '../../../src/lib/time/rule.ts';
import en from '../../../src/locales/en.json' with { type: 'json' };
import { renderPlain, t } from '../../../src/services/answers/words.ts';

/** A Wednesday, 14:00 in Berlin. */
const READING: Reading = { now: new Date('2027-01-06T13:00:00Z'), zone: 'Europe/Berlin' };

const CENTURY = { span: 100 * 365 * 86_400_000 };

function read(text: string, reading = READING) {
  const when = parseWhen(text, reading);
  if (!when.ok) throw new Error(`${text}: ${when.problem.code} ${JSON.stringify(when.problem.params)}`);
  return when;
}

function wallOf(text: string, reading = READING): string {
  const when = read(text, reading);
  if (when.kind !== 'once') throw new Error(`${text} repeats`);
  return `${when.wall} ${when.zone}`.replace(' Europe/Berlin', '').replace(/:00$/, '');
}

test.each([
  ['friday', '2027-01-08T23:59:59'],
  ['until friday', '2027-01-08T23:59:59'],
  ['today', '2027-01-06T23:59:59'],
  ['1 sep 18:00', '2027-09-01T18:00'],
  ['2 weeks', '2027-01-20T14:00'],
  ['18:00', '2027-01-06T18:00'],
])('as an end %j is %s', (text, wall) => {
  expect(wallOf(text, { ...READING, endOfDay: true })).toBe(wall);
});

describe('a moment', () => {
  test.each([
    ['1h30m', '2027-01-06T15:30'],
    ['90 min', '2027-01-06T15:30'],
    ['in 1 hour, 30 minutes, and 10 seconds', '2027-01-06T15:30:10'],
    ['in twenty-five minutes', '2027-01-06T14:25'],
    ['in a fortnight', '2027-01-20T14:00'],
    ['end of year', '2027-12-31T09:00'],
    ['end of the year at 18:00', '2027-12-31T18:00'],
    ['last friday of the year', '2027-12-31T09:00'],
    ['in 30 seconds', '2027-01-06T14:00:30'],
    ['in 3 days', '2027-01-09T14:00'],
    ['3d', '2027-01-09T14:00'],
    ['in 2 hours and 30 minutes', '2027-01-06T16:30'],
    ['an hour', '2027-01-06T15:00'],
    ['half an hour', '2027-01-06T14:30'],
    ['2 hours from now', '2027-01-06T16:00'],
    ['in a month', '2027-02-06T14:00'],
    ['in 2 weeks at 9', '2027-01-20T09:00'],
    ['tomorrow', '2027-01-07T09:00'],
    ['tomorrow 9am', '2027-01-07T09:00'],
    ['9 tomorrow', '2027-01-07T09:00'],
    ['day after tomorrow', '2027-01-08T09:00'],
    ['tomorrow morning', '2027-01-07T09:00'],
    ['friday evening', '2027-01-08T18:00'],
    ['tonight', '2027-01-06T20:00'],
    ['tonight at 9', '2027-01-06T21:00'],
    ['tonight at 2', '2027-01-07T02:00'],
    ['tonight at 0:30', '2027-01-07T00:30'],
    ['tomorrow afternoon at 3', '2027-01-07T15:00'],
    ['noon', '2027-01-07T12:00'],
    ['midnight', '2027-01-07T00:00'],
    ['9:30pm', '2027-01-06T21:30'],
    ['9.30 p.m.', '2027-01-06T21:30'],
    ['12am', '2027-01-07T00:00'],
    ['at 9', '2027-01-07T09:00'],
    ['18:00', '2027-01-06T18:00'],
    ['18h', '2027-01-07T08:00'],
    ['at 18h', '2027-01-06T18:00'],
    ['fri 18h', '2027-01-08T18:00'],
    ['18h30 tomorrow', '2027-01-07T18:30'],
    ['fri 18:00', '2027-01-08T18:00'],
    ['wed', '2027-01-13T09:00'],
    ['wed 18:00', '2027-01-06T18:00'],
    ['next friday', '2027-01-15T09:00'],
    ['this friday', '2027-01-08T09:00'],
    ['friday next week at 8', '2027-01-15T08:00'],
    ['next week', '2027-01-13T09:00'],
    ['2027-02-05', '2027-02-05T09:00'],
    ['2027-02-05 14:30', '2027-02-05T14:30'],
    ['05.02.2027', '2027-02-05T09:00'],
    ['5.2. 18:00', '2027-02-05T18:00'],
    ['25/12/2027', '2027-12-25T09:00'],
    ['12/25/2027', '2027-12-25T09:00'],
    ['2027/12/25', '2027-12-25T09:00'],
    ['5 jan', '2028-01-05T09:00'],
    ['5 feb', '2027-02-05T09:00'],
    ['feb 5 2027 14:30', '2027-02-05T14:30'],
    ['Friday, 5th of February 2027 at noon', '2027-02-05T12:00'],
    ['29 feb', '2028-02-29T09:00'],
    ['the 15th', '2027-01-15T09:00'],
    ['on the 1st at 9', '2027-02-01T09:00'],
    ['last day of the month', '2027-01-31T09:00'],
    ['end of month', '2027-01-31T09:00'],
    ['last friday of the month at 5pm', '2027-01-29T17:00'],
    ['first monday of next month', '2027-02-01T09:00'],
    ['<t:1800000000:R>', '2027-01-15T09:00'],
    ['2027-01-07T14:30Z', '2027-01-07T14:30:00 UTC'],
    ['2027-01-07T09:00:00+05:30', '2027-01-07T09:00:00 +05:30'],
    ['14:30 UTC', '2027-01-06T14:30:00 UTC'],
    ['9am America/New_York', '2027-01-06T09:00:00 America/New_York'],
    ['9am est', '2027-01-06T09:00:00 America/New_York'],
    ['9am in tokyo', '2027-01-07T09:00:00 Asia/Tokyo'],
  ])('%s', (text, wall) => {
    expect(wallOf(text)).toBe(wall);
  });

  test('days ahead keep the wall time over daylight saving, hours ahead count what elapses', () => {
    const saturday = { now: new Date('2027-03-27T11:00:00Z'), zone: 'Europe/Berlin' };
    expect(wallOf('in 1 day', saturday)).toBe('2027-03-28T12:00');
    expect(wallOf('in 24 hours', saturday)).toBe('2027-03-28T13:00');
  });

  test('an hour that comes twice is the first that is still to come', () => {
    const between = { now: new Date('2027-10-31T00:45:00Z'), zone: 'Europe/Berlin' };
    expect(read('at 2:30', between)).toMatchObject({ at: new Date('2027-10-31T01:30:00Z') });
    expect(read('at 2:50', between)).toMatchObject({ at: new Date('2027-10-31T00:50:00Z') });
  });
});

describe('a repetition', () => {
  const at = '09:00';
  test.each([
    ['every day', { kind: 'daily', every: 1, at: '14:00' }, '2027-01-07T13:00'],
    ['daily at 9', { kind: 'daily', every: 1, at }, '2027-01-07T08:00'],
    ['every morning', { kind: 'daily', every: 1, at }, '2027-01-07T08:00'],
    ['every 9am', { kind: 'daily', every: 1, at }, '2027-01-07T08:00'],
    ['every 2nd day at 9', { kind: 'daily', every: 2, at }, '2027-01-07T08:00'],
    ['every weekday at 9', { kind: 'weekly', every: 1, on: [1, 2, 3, 4, 5], at }, '2027-01-07T08:00'],
    ['weekends', { kind: 'weekly', every: 1, on: [6, 7], at }, '2027-01-09T08:00'],
    ['every monday and thursday 18:00', { kind: 'weekly', every: 1, on: [1, 4], at: '18:00' }, '2027-01-07T17:00'],
    ['mon/wed/fri at 9', { kind: 'weekly', every: 1, on: [1, 3, 5], at }, '2027-01-08T08:00'],
    ['at 9 on mondays', { kind: 'weekly', every: 1, on: [1], at }, '2027-01-11T08:00'],
    ['weekly', { kind: 'weekly', every: 1, on: [3], at: '14:00' }, '2027-01-13T13:00'],
    ['every other week', { kind: 'weekly', every: 2, on: [3], at: '14:00' }, '2027-01-20T13:00'],
    ['every 2 weeks on mon', { kind: 'weekly', every: 2, on: [1], at }, '2027-01-11T08:00'],
    ['every second friday', { kind: 'weekly', every: 2, on: [5], at }, '2027-01-08T08:00'],
    [
      'every second friday of the month',
      { kind: 'monthly', every: 1, day: { kind: 'nth', nth: 2, weekday: 5 }, at },
      '2027-01-08T08:00',
    ],
    [
      'every 3rd friday',
      { kind: 'monthly', every: 1, day: { kind: 'nth', nth: 3, weekday: 5 }, at },
      '2027-01-15T08:00',
    ],
    ['last day of every month', { kind: 'monthly', every: 1, day: { kind: 'last' }, at }, '2027-01-31T08:00'],
    ['every month on the 15th', { kind: 'monthly', every: 1, day: { kind: 'day', day: 15 }, at }, '2027-01-15T08:00'],
    ['every 1st of the month', { kind: 'monthly', every: 1, day: { kind: 'day', day: 1 }, at }, '2027-02-01T08:00'],
    ['every year on 24 dec', { kind: 'yearly', month: 12, day: 24, at }, '2027-12-24T08:00'],
    ['every dec 24 at 9', { kind: 'yearly', month: 12, day: 24, at }, '2027-12-24T08:00'],
    [
      'every 4th thursday of november',
      { kind: 'monthly', every: 12, day: { kind: 'nth', nth: 4, weekday: 4 }, at },
      '2027-11-25T08:00',
    ],
    ['every 90 minutes', { kind: 'interval', minutes: 90 }, '2027-01-06T14:30'],
    ['every 1h30m', { kind: 'interval', minutes: 90 }, '2027-01-06T14:30'],
    ['hourly', { kind: 'interval', minutes: 60 }, '2027-01-06T14:00'],
    ['every 3 hours starting at 9', { kind: 'interval', minutes: 180 }, '2027-01-07T08:00'],
    ['every 36 hours from tomorrow 8am', { kind: 'interval', minutes: 2160 }, '2027-01-07T07:00'],
  ])('%s', (text, rule, first) => {
    expect(read(text)).toMatchObject({ kind: 'repeat', recurrence: { rule }, first: new Date(`${first}:00Z`) });
  });

  test('ends with the day that is named, or at the time', () => {
    expect(read('every day at 9 until friday')).toMatchObject({ recurrence: { until: '2027-01-08T22:59:59.000Z' } });
    expect(read('every day at 9 until fri 18:00')).toMatchObject({ recurrence: { until: '2027-01-08T17:00:00.000Z' } });
  });

  test('is in the zone that is named', () => {
    expect(read('every monday at 9 asia/tokyo')).toMatchObject({ recurrence: { zone: 'Asia/Tokyo' } });
    expect(read('every monday at 9 utc+2')).toMatchObject({ recurrence: { zone: 'Etc/GMT-2' } });
  });
});

describe('what is wrong', () => {
  const SEEN: readonly (readonly [text: string, code: ProblemCode, params: object])[] = [
    ['', 'empty', {}],
    ['?'.repeat(1_000), 'textTooLong', { most: 200, length: 1_000 }],
    ['9', 'needsUnit', { number: 9 }],
    ['in 5', 'needsUnit', { number: 5 }],
    ['30', 'needsUnit', { number: 30 }],
    ['in a few minutes', 'notUnderstood', { word: 'few' }],
    ['bananas', 'notUnderstood', { word: 'bananas' }],
    ['tomorrow fri', 'notUnderstood', { word: 'fri' }],
    ['twice a day', 'notUnderstood', { word: 'twice' }],
    ['tomorrow in 3 days', 'notATime', {}],
    ['every tomorrow', 'notATime', {}],
    ['in -3 days', 'negative', {}],
    ['3 days ago', 'negative', {}],
    ['yesterday', 'past', { at: '2027-01-05 09:00' }],
    ['last friday', 'past', { at: '2027-01-01 09:00' }],
    ['<t:1700000000>', 'past', { at: '2023-11-14 23:13' }],
    ['99999-01-01', 'tooFar', { most: CENTURY }],
    ['1 jan 99999', 'tooFar', { most: CENTURY }],
    ['in 99999 years', 'tooFar', { most: CENTURY }],
    ['<t:999999999999999>', 'tooFar', { most: CENTURY }],
    ['<t:-999999999999999>', 'past', { at: '1970-01-01 01:00' }],
    ['every day until 9999-01-01', 'tooFar', { most: CENTURY }],
    ['9:00 utc+25', 'noSuchZone', { zone: 'UTC+25', like: 'UTC' }],
    ['31 feb', 'noSuchDate', { date: { day: { day: 31, month: 2 } } }],
    ['2027-13-01', 'noSuchDate', { date: '2027-13-01' }],
    ['2027-13-01T09:00', 'noSuchDate', { date: '2027-13-01' }],
    ['13/13', 'noSuchDate', { date: '13/13' }],
    ['5.13.2027', 'noSuchDate', { date: '5.13.2027' }],
    ['year 99999', 'tooFar', { most: CENTURY }],
    ['in the year 2028', 'wholeYear', { year: 2028 }],
    ['mon-bananas', 'notUnderstood', { word: 'bananas' }],
    ['2027-02-29', 'noSuchDate', { date: { day: { day: 29, month: 2, year: 2027 } } }],
    ['0/5', 'noSuchDate', { date: { day: { day: 0, month: 5 } } }],
    ['every 30 feb', 'noSuchDate', { date: { day: { day: 30, month: 2 } } }],
    ['every month on the 32nd', 'noSuchDate', { date: 32 }],
    ['25:00', 'noSuchTime', { time: '25:00' }],
    ['13pm', 'noSuchTime', { time: '13pm' }],
    [
      '28 march 2027 02:30',
      'noSuchHour',
      { time: '02:30', date: '2027-03-28', zone: 'Europe/Berlin', instead: '2027-03-28 03:30' },
    ],
    ['9am Mars/Base', 'noSuchZone', { zone: 'mars/base', like: 'Europe/Berlin' }],
    ['monday 5 feb 2027', 'wrongWeekday', { date: { day: { day: 5, month: 2, year: 2027, weekday: 5 } } }],
    [
      '05/01/2027',
      'ambiguous',
      { first: { day: { day: 5, month: 1, year: 2027 } }, second: { day: { day: 1, month: 5, year: 2027 } } },
    ],
    ['every day until yesterday', 'neverHappens', {}],
    ['every 6th friday', 'neverHappens', {}],
    ['every 0 days', 'neverHappens', {}],
    ['every 10 seconds', 'tooOften', { least: { span: 60_000 } }],
    ['every 5000 weeks', 'tooSeldom', {}],
  ];

  test.each(SEEN)('with %j', (text, code, params) => {
    expect(parseWhen(text, READING)).toEqual({ ok: false, problem: { code, params } });
  });

  test('is more often than the caller allows', () => {
    const daily = { ...READING, minEveryMs: 86_400_000 };
    expect(parseWhen('every 2 hours', daily)).toMatchObject({
      problem: { code: 'tooOften', params: { least: { span: 86_400_000 } } },
    });
    expect(parseWhen('every day at 9', daily)).toMatchObject({ ok: true });
  });

  test('is said by a text that puts every value in', () => {
    const reader = { i18n: createI18n(), locale: 'de' };
    const durations = [parseDuration('soon'), parseDuration('0s'), parseDuration('999 years')];
    const problems = [...SEEN.map(([text]) => parseWhen(text, READING)), ...durations].map((read) => {
      if (read.ok) throw new Error('was read');
      return read.problem;
    });
    const codes = new Set(problems.map(({ code }) => code));
    expect(codes).toEqual(new Set(Object.keys(en.time.problems)));
    for (const { code, params } of problems) {
      expect(renderPlain(t(`time.problems.${code}`, params), reader)).not.toMatch(/\{\{|^time\.|years|May|February/);
    }
  });
});

describe('whatever is written', () => {
  test('is answered, and what is read lies ahead', () => {
    const words =
      'every other last 3rd 15 9 in at on of the month week day friday mon and , until from tomorrow jan 2027 18:00 9pm h utc +02:00 - / <t:1800000000> half a next end 31 feb noon to year fortnight twenty through'.split(
        ' ',
      );
    const texts = fc.oneof(
      fc.array(fc.constantFrom(...words), { maxLength: 9 }).map((list) => list.join(' ')),
      fc.string({ maxLength: 250, unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const when = parseWhen(text, READING);
        if (when.ok && when.kind === 'repeat') expect(Value.Check(Recurrence, when.recurrence)).toBe(true);
        if (when.ok) expect(when.kind === 'once' ? when.at : when.first).toSatisfy((at: Date) => at > READING.now);
      }),
      { seed: 4, numRuns: 5_000 },
    );
  });
});
