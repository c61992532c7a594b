import fc from 'fast-check';
import type { DateRule, MonthDay } from '../../../src/lib/time/rule.ts';

/** The zones that this runtime names: over 400 on Bun and on Deno, though not the same ones. */
export const ZONES: readonly string[] = Intl.supportedValuesOf('timeZone');

export const zones = fc.constantFrom(...ZONES);

export const wallTimes = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const weekdays = fc.integer({ min: 1, max: 7 });

const monthDays: fc.Arbitrary<MonthDay> = fc.oneof(
  fc.record({ kind: fc.constant('day' as const), day: fc.integer({ min: 1, max: 31 }) }),
  fc.constant({ kind: 'last' } as const),
  fc.record({
    kind: fc.constant('nth' as const),
    nth: fc.constantFrom(1, 2, 3, 4, 5, -1),
    weekday: fc.oneof(weekdays, fc.constant('weekday' as const)),
  }),
);

/** Rules of dates, at `at`. */
export function dateRules(at: fc.Arbitrary<string>): fc.Arbitrary<DateRule> {
  const every = fc.integer({ min: 1, max: 5 });
  return fc.oneof(
    fc.record({ kind: fc.constant('daily' as const), every, at }),
    fc.record({
      kind: fc.constant('weekly' as const),
      every,
      on: fc.uniqueArray(weekdays, { minLength: 1, maxLength: 7 }).map((days) => days.toSorted()),
      at,
    }),
    fc.record({ kind: fc.constant('monthly' as const), every, day: monthDays, at }),
    fc
      .record({ month: fc.integer({ min: 1, max: 12 }), day: fc.integer({ min: 1, max: 31 }), at })
      .map(({ month, day, at }) => ({
        kind: 'yearly' as const,
        month,
        day: Math.min(day, new Date(Date.UTC(2000, month, 0)).getUTCDate()),
        at,
      })),
  );
}
