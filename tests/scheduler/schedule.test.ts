import { expect, test } from 'vitest';
import { lastAt, scheduleOf, type When } from '../../src/scheduler/schedule.ts';

/** The next `count` moments after `from`, as ISO texts to the minute. */
function moments(when: When, from: string, count: number): string[] {
  const next = scheduleOf(when);
  const found: string[] = [];
  for (let at = new Date(from); found.length < count; ) {
    at = next(at);
    found.push(at.toISOString().slice(0, 16));
  }
  return found;
}

test('times of the day come in order, each once a day, in the zone that was named', () => {
  expect(moments({ at: ['19:00', '9:00', '14:00'] }, '2026-01-01T10:00:00Z', 4)).toEqual([
    '2026-01-01T14:00',
    '2026-01-01T19:00',
    '2026-01-02T09:00',
    '2026-01-02T14:00',
  ]);
  expect(moments({ at: ['09:00'], zone: 'Asia/Tokyo' }, '2026-01-01T10:00:00Z', 1)).toEqual(['2026-01-02T00:00']);
});

test('a time that the clock skips in spring comes once that day, at the end of the gap', () => {
  const days = moments({ at: ['02:30'], zone: 'Europe/Berlin' }, '2026-03-28T00:00:00Z', 3);
  expect(days).toEqual(['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30']);
  expect(moments({ at: ['00:00'], zone: 'America/Sao_Paulo' }, '2018-11-03T12:00:00Z', 2)).toEqual([
    '2018-11-04T03:00',
    '2018-11-05T02:00',
  ]);
});

test('a time that the clock passes twice in autumn comes once that day', () => {
  const days = moments({ at: ['02:30'], zone: 'Europe/Berlin' }, '2026-10-24T00:00:00Z', 3);
  expect(days).toEqual(['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30']);
  // Asked between the two, on a clock that is put back by half an hour only.
  expect(moments({ at: ['01:30'], zone: 'Australia/Lord_Howe' }, '2026-04-04T14:45:00Z', 1)).toEqual([
    '2026-04-05T15:00',
  ]);
});

test('every hour is every hour, also when the clock is put back', () => {
  expect(moments({ cron: '0 * * * *', zone: 'Europe/Berlin' }, '2026-10-24T23:30:00Z', 3)).toEqual([
    '2026-10-25T00:00',
    '2026-10-25T01:00',
    '2026-10-25T02:00',
  ]);
});

test('an interval counts on from what was due, and leaves out what has passed', () => {
  const next = scheduleOf({ every: '5m' });
  const due = new Date('2026-01-01T00:00:00Z');
  expect(next(new Date('2026-01-01T00:00:07Z'), due).toISOString()).toBe('2026-01-01T00:05:00.000Z');
  expect(next(new Date('2026-01-01T03:02:00Z'), due).toISOString()).toBe('2026-01-01T03:05:00.000Z');
  expect(next(new Date('2025-12-31T23:59:59Z'), due).toISOString()).toBe('2026-01-01T00:05:00.000Z');
  expect(next(due).toISOString()).toBe('2026-01-01T00:05:00.000Z');
});

test.each([
  { cron: '61 * * * *' },
  { cron: '0 0 30 2 *' },
  { cron: '0 9 * * *', zone: 'Mars/Olympus' },
  { at: ['25:00'] },
  { at: ['9:5'] },
  { every: '0m' },
  { every: '1.5h' },
] as const)('%j is refused', (when) => {
  expect(() => scheduleOf(when as unknown as When)).toThrow();
});

test('the last of several times of the day is found, on the day before where none has come yet', () => {
  const last = (now: string) => lastAt(['09:00', '14:00'], new Date(now)).toISOString();
  expect(last('2026-01-02T09:00:00Z')).toBe('2026-01-02T09:00:00.000Z');
  expect(last('2026-01-02T13:59:59Z')).toBe('2026-01-02T09:00:00.000Z');
  expect(last('2026-01-02T23:00:00Z')).toBe('2026-01-02T14:00:00.000Z');
  expect(last('2026-01-02T08:59:59Z')).toBe('2026-01-01T14:00:00.000Z');
});
