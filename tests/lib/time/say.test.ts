import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseWhen } from '../../../src/lib/time/parse.ts';
import { nextOccurrence, occurrences, type Rule } from '../../../src/lib/time/rule.ts';
import { sayWhen } from '../../../src/lib/time/say.ts';
import { timeIn } from '../../../src/lib/time/zones.ts';
import { dateRules, wallTimes, zones } from './arbitraries.ts';

const NOW = new Date('2027-01-06T13:00:00Z');
const BERLIN = { now: NOW, zone: 'Europe/Berlin' };

/** Seconds since 1970 from 2026 to 2056. */
const seconds = fc.integer({ min: Date.UTC(2026, 0, 1) / 1_000, max: Date.UTC(2056, 0, 1) / 1_000 });

/** Rules that are counted in months and said in years. */
const rulesOfYears = fc.record({
  kind: fc.constant('monthly' as const),
  every: fc.constantFrom(12, 24, 36, 120),
  day: fc.oneof(
    fc.record({ kind: fc.constant('day' as const), day: fc.integer({ min: 1, max: 31 }) }),
    fc.constant({ kind: 'last' as const }),
    fc.record({
      kind: fc.constant('nth' as const),
      nth: fc.constantFrom(1, 2, 3, 4, -1),
      weekday: fc.oneof(fc.integer({ min: 1, max: 7 }), fc.constant('weekday' as const)),
    }),
  ),
  at: wallTimes,
});

describe('a time in words', () => {
  test.each([
    ['in 2 hours', 'Wednesday 6 January 2027 at 16:00 (Europe/Berlin)'],
    ['in 10 seconds', 'Wednesday 6 January 2027 at 14:00:10 (Europe/Berlin)'],
    ['<t:1824942600>', 'Sunday 31 October 2027 at 02:30 (Europe/Berlin)'],
    ['<t:1824946200>', 'Sunday 31 October 2027 at 02:30 UTC+1 (Europe/Berlin)'],
    ['mon, wed and fri at 9', 'every Monday, Wednesday and Friday at 09:00 (Europe/Berlin)'],
    ['mon, wed, and fri at 9', 'every Monday, Wednesday and Friday at 09:00 (Europe/Berlin)'],
    ['mon-fri at 9', 'every weekday at 09:00 (Europe/Berlin)'],
    ['every monday to friday at 9', 'every weekday at 09:00 (Europe/Berlin)'],
    ['every monday through thursday', 'every Monday, Tuesday, Wednesday and Thursday at 09:00 (Europe/Berlin)'],
    ['fri – mon, and wed at 9', 'every Monday, Wednesday, Friday, Saturday and Sunday at 09:00 (Europe/Berlin)'],
    [
      'daily at 9 from monday through friday',
      'every day at 09:00 from Monday 11 January 2027 until Friday 15 January 2027 (Europe/Berlin)',
    ],
    ['every fortnight on mon', 'every 2 weeks on Monday at 09:00 from Monday 11 January 2027 (Europe/Berlin)'],
    ['every 10 years', 'every 10 years on 6 January at 14:00 from Tuesday 6 January 2037 (Europe/Berlin)'],
    ['every 2 years on 24 dec', 'every 2 years on 24 December at 09:00 from Friday 24 December 2027 (Europe/Berlin)'],
    [
      'end of every year',
      'every year on the last day of December at 09:00 from Friday 31 December 2027 (Europe/Berlin)',
    ],
    [
      'every 3 years on the 3rd friday of june at 18:00',
      'every 3 years on the 3rd Friday of June at 18:00 from Friday 18 June 2027 (Europe/Berlin)',
    ],
    ['every weekday 8:30 utc', 'every weekday at 08:30 (UTC)'],
    ['every other friday', 'every 2 weeks on Friday at 09:00 from Friday 8 January 2027 (Europe/Berlin)'],
    ['end of every month', 'every month on the last day at 09:00 (Europe/Berlin)'],
    ['every 2nd of the month', 'every month on the 2nd at 09:00 (Europe/Berlin)'],
    ['every last weekday of the month', 'every month on the last weekday at 09:00 (Europe/Berlin)'],
    ['every year on 24 dec', 'every year on 24 December at 09:00 (Europe/Berlin)'],
    ['daily at 9 until friday', 'every day at 09:00 until Friday 8 January 2027 (Europe/Berlin)'],
    ['every day at 9 utc+5:30', 'every day at 09:00 (UTC+5:30)'],
    ['every day at 9 utc+2', 'every day at 09:00 (UTC+2)'],
    ['tomorrow 9am gmt-3', 'Thursday 7 January 2027 at 09:00 (UTC-3)'],
    ['2027-01-07T09:00+05:30', 'Thursday 7 January 2027 at 09:00 (UTC+5:30)'],
    ['hourly', 'every hour from Wednesday 6 January 2027 at 15:00 (Europe/Berlin)'],
  ])('%s', (text, words) => {
    const when = parseWhen(text, BERLIN);
    expect(when.ok && sayWhen(when)).toBe(words);
  });

  test('of a moment is read as the same moment', () => {
    fc.assert(
      fc.property(seconds, zones, (second, zone) => {
        const at = new Date(second * 1_000 + 60_000);
        const words = sayWhen({ kind: 'once', at, wall: timeIn(zone, at).wall, zone });
        const now = new Date(at.getTime() - 45_000_000);
        expect(parseWhen(words, { now, zone: 'UTC' })).toMatchObject({ ok: true, kind: 'once', at, zone });
      }),
      { seed: 4, numRuns: 1_500 },
    );
  });

  test('of a repetition is read as the same repetition', () => {
    const rules: fc.Arbitrary<Rule> = fc.oneof(
      { weight: 1, arbitrary: rulesOfYears },
      { weight: 4, arbitrary: dateRules(wallTimes) },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('interval' as const), minutes: fc.integer({ min: 1, max: 100_000 }) }),
      },
    );
    const days = fc.option(fc.integer({ min: 1, max: 4_000 }), { nil: undefined });
    fc.assert(
      fc.property(seconds, zones, rules, days, (second, zone, rule, untilDays) => {
        const now = new Date(second * 1_000);
        const start = timeIn(zone, now).wall;
        const first = nextOccurrence({ rule, zone, start }, now);
        if (!first) throw new Error('never');
        // An interval's first time is said by the wall; where the clock shows it twice, the words mean the first.
        if (rule.kind === 'interval')
          fc.pre(sayWhen({ kind: 'once', at: first, wall: '', zone }).split(' UTC').length === 1);
        const until = untilDays && new Date(first.getTime() + untilDays * 86_400_000).toISOString();
        const recurrence = { rule, zone, start, ...(until && { until }) };
        const read = parseWhen(sayWhen({ kind: 'repeat', recurrence, first }), { now, zone: 'UTC' });
        expect(read).toMatchObject({ ok: true, kind: 'repeat', recurrence: { rule, zone }, first });
        if (!read.ok || read.kind !== 'repeat') throw new Error('not read');
        expect(occurrences(read.recurrence, now, 5)).toEqual(occurrences(recurrence, now, 5));
      }),
      { seed: 4, numRuns: 1_500 },
    );
  });
});
