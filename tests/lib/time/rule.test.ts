import { Value } from '@sinclair/typebox/value';
import { describe, expect, test } from 'vitest';
import { nextOccurrence, occurrences, Recurrence } from '../../../src/lib/time/rule.ts';

function happenings(recurrence: Recurrence, after: string, count: number): string[] {
  expect(Value.Check(Recurrence, recurrence)).toBe(true);
  return occurrences(recurrence, new Date(after), count).map((date) => date.toISOString().replace('.000Z', 'Z'));
}

const BERLIN = { zone: 'Europe/Berlin', start: '2027-01-01T00:00' } as const;

describe('what comes again', () => {
  test('every day keeps its wall time over the start of summer, and the hour that does not exist moves on', () => {
    const rule = { kind: 'daily', every: 1, at: '02:30' } as const;
    expect(happenings({ ...BERLIN, rule }, '2027-03-27T00:00Z', 3)).toEqual([
      '2027-03-27T01:30:00Z',
      '2027-03-28T01:30:00Z',
      '2027-03-29T00:30:00Z',
    ]);
  });

  test('an hour that comes twice counts once, the first time', () => {
    const rule = { kind: 'daily', every: 1, at: '02:30' } as const;
    expect(happenings({ ...BERLIN, rule }, '2027-10-30T12:00Z', 2)).toEqual([
      '2027-10-31T00:30:00Z',
      '2027-11-01T01:30:00Z',
    ]);
    expect(happenings({ ...BERLIN, rule }, '2027-10-31T00:45Z', 1)).toEqual(['2027-11-01T01:30:00Z']);
  });

  test('a summer of half an hour, on Lord Howe', () => {
    const rule = { kind: 'daily', every: 1, at: '02:15' } as const;
    const howe = { zone: 'Australia/Lord_Howe', start: '2027-01-01T00:00', rule } as const;
    expect(happenings(howe, '2027-10-02T00:00Z', 2)).toEqual(['2027-10-02T15:45:00Z', '2027-10-03T15:15:00Z']);
  });

  test('a day that a zone skips makes no double', () => {
    const rule = { kind: 'daily', every: 1, at: '12:00' } as const;
    const apia = { zone: 'Pacific/Apia', start: '2011-01-01T00:00', rule } as const;
    expect(happenings(apia, '2011-12-29T00:00Z', 3)).toEqual([
      '2011-12-29T22:00:00Z',
      '2011-12-30T22:00:00Z',
      '2011-12-31T22:00:00Z',
    ]);
  });

  test('what a zone moved past midnight is still due then', () => {
    const yearly = { kind: 'yearly', month: 12, day: 30, at: '12:00' } as const;
    const apia = { zone: 'Pacific/Apia', start: '2011-01-01T00:00', rule: yearly } as const;
    expect(happenings(apia, '2011-12-30T16:00Z', 1)).toEqual(['2011-12-30T22:00:00Z']);
    const daily = { kind: 'daily', every: 7, at: '23:45' } as const;
    const pyongyang = { zone: 'Asia/Pyongyang', start: '2018-05-04T00:00', rule: daily } as const;
    expect(happenings(pyongyang, '2018-05-04T15:05Z', 1)).toEqual(['2018-05-04T15:15:00Z']);
  });

  test('an interval counts what has elapsed, whatever clocks do', () => {
    const rule = { kind: 'interval', minutes: 90 } as const;
    expect(happenings({ ...BERLIN, start: '2027-03-28T00:30', rule }, '2027-03-28T00:00Z', 2)).toEqual([
      '2027-03-28T01:00:00Z',
      '2027-03-28T02:30:00Z',
    ]);
  });

  test('every second week counts from the week it began in', () => {
    const rule = { kind: 'weekly' as const, every: 2, on: [4, 1], at: '09:00' };
    const weekly = { zone: 'UTC', start: '2027-01-05T12:00', rule };
    expect(happenings(weekly, '2027-01-01T00:00Z', 3)).toEqual([
      '2027-01-07T09:00:00Z',
      '2027-01-18T09:00:00Z',
      '2027-01-21T09:00:00Z',
    ]);
  });

  test.each([
    [{ kind: 'day', day: 31 }, ['01-31', '02-28', '03-31']],
    [{ kind: 'last' }, ['01-31', '02-28', '03-31']],
    [{ kind: 'nth', nth: 3, weekday: 5 }, ['01-15', '02-19', '03-19']],
    [{ kind: 'nth', nth: -1, weekday: 'weekday' }, ['01-29', '02-26', '03-31']],
    [{ kind: 'nth', nth: 5, weekday: 5 }, ['01-29', '04-30', '07-30']],
  ] as const)('a day of the month: %o', (day, dates) => {
    const monthly = {
      zone: 'UTC',
      start: '2027-01-01T00:00',
      rule: { kind: 'monthly', every: 1, day, at: '00:00' },
    } as const;
    expect(happenings(monthly, '2027-01-01T00:00Z', 3)).toEqual(dates.map((date) => `2027-${date}T00:00:00Z`));
  });

  test('29 February is the 28th in other years', () => {
    const rule = { kind: 'yearly', month: 2, day: 29, at: '08:00' } as const;
    expect(happenings({ zone: 'UTC', start: '2027-01-01T00:00', rule }, '2027-01-01T00:00Z', 2)).toEqual([
      '2027-02-28T08:00:00Z',
      '2028-02-29T08:00:00Z',
    ]);
  });

  test('begins no sooner than its start, and ends with `until`, which still counts', () => {
    const rule = { kind: 'daily', every: 1, at: '09:00' } as const;
    const short = { zone: 'UTC', start: '2027-01-05T10:00', until: '2027-01-07T09:00:00Z', rule };
    expect(happenings(short, '2020-01-01T00:00Z', 9)).toEqual(['2027-01-06T09:00:00Z', '2027-01-07T09:00:00Z']);
  });

  test('a rule for which there is no day at all ends the search', () => {
    const day = { kind: 'nth', nth: 5, weekday: 1 } as const;
    const never = {
      zone: 'UTC',
      start: '2027-02-01T00:00',
      rule: { kind: 'monthly', every: 600, day, at: '00:00' },
    } as const;
    expect(nextOccurrence(never, new Date('2027-01-01'))).toBeUndefined();
  });
});
