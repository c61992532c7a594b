import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDuration } from '../../../src/lib/time/parse.ts';
import { sayDuration } from '../../../src/lib/time/say.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('a duration', () => {
  test.each([
    ['1h30m', 90 * MINUTE],
    ['90 min', 90 * MINUTE],
    ['1h30', 90 * MINUTE],
    ['1.5h', 90 * MINUTE],
    ['1,5 hours', 90 * MINUTE],
    ['2 weeks', 14 * DAY],
    ['1d 2h 3m 4s', DAY + 2 * HOUR + 3 * MINUTE + 4_000],
    ['2 hours and 30 minutes', 150 * MINUTE],
    ['2 hours, 30 minutes', 150 * MINUTE],
    ['1 hour, 30 minutes, and 10 seconds', 90 * MINUTE + 10_000],
    ['fifteen minutes', 15 * MINUTE],
    ['twenty min', 20 * MINUTE],
    ['thirty-five minutes', 35 * MINUTE],
    ['ninety nine days', 99 * DAY],
    ['a hundred days', 100 * DAY],
    ['a fortnight', 14 * DAY],
    ['two fortnights', 28 * DAY],
    ['a fortnight and a half', 21 * DAY],
    ['an hour', HOUR],
    ['half an hour', 30 * MINUTE],
    ['half a day', 12 * HOUR],
    ['an hour and a half', 90 * MINUTE],
    ['one and a half hours', 90 * MINUTE],
    ['a couple of hours', 2 * HOUR],
    ['in 3 days', 3 * DAY],
    ['for ten minutes', 10 * MINUTE],
    ['  3   DAYS ', 3 * DAY],
    ['１０ min', 10 * MINUTE],
    ['1 month', 30 * DAY],
    ['1y', 365 * DAY],
  ])('%s', (text, ms) => {
    expect(parseDuration(text)).toEqual({ ok: true, ms });
  });

  test.each([
    ['', 'empty', {}],
    ['   ', 'empty', {}],
    ['5', 'needsUnit', { number: 5 }],
    ['-3 days', 'negative', {}],
    ['in -3 days', 'negative', {}],
    ['soon', 'notADuration', {}],
    ['tomorrow', 'notADuration', {}],
    ['3 days bananas', 'notUnderstood', { word: 'bananas' }],
    ['3 apples', 'notADuration', {}],
    ['0s', 'tooShort', { least: { span: 1_000 } }],
    ['99999 years', 'tooLong', { most: { span: 36_500 * DAY } }],
    [`${'9'.repeat(190)} years`, 'tooLong', { most: { span: 36_500 * DAY } }],
    ['constructor', 'notADuration', {}],
    ['1h'.repeat(500), 'textTooLong', { most: 200, length: 1_000 }],
  ])('what is wrong with %j', (text, code, params) => {
    expect(parseDuration(text)).toEqual({ ok: false, problem: { code, params } });
  });

  test('stays within what the caller allows', () => {
    expect(parseDuration('0s', { minMs: 0 })).toEqual({ ok: true, ms: 0 });
    expect(parseDuration('29d', { maxMs: 28 * DAY })).toMatchObject({
      problem: { code: 'tooLong', params: { most: { span: 28 * DAY } } },
    });
    expect(parseDuration('5m', { minMs: HOUR })).toMatchObject({
      problem: { code: 'tooShort', params: { least: { span: HOUR } } },
    });
  });

  test.each([
    [0, '0 seconds'],
    [90 * MINUTE, '1 hour 30 minutes'],
    [DAY + 1_000, '1 day 1 second'],
    [14 * DAY, '2 weeks'],
    [365 * DAY, '1 year'],
    [10 * DAY, '10 days'],
  ])('of %i ms is said', (ms, words) => {
    expect(sayDuration(ms)).toBe(words);
  });

  test('is read back from what is said of it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 * 365 * 86_400 }), (seconds) => {
        expect(parseDuration(sayDuration(seconds * 1_000))).toEqual({ ok: true, ms: seconds * 1_000 });
      }),
      { seed: 4, numRuns: 2_000 },
    );
  });
});
