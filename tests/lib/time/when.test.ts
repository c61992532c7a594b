import { expect, test } from 'vitest';
import { parseWhen } from '../../../src/lib/time/parse.ts';

test('a moment after so much time', () => {
  const reading = { now: new Date('2027-01-05T12:00:00Z'), zone: 'Europe/Berlin' };
  expect(parseWhen('in 2 hours and 30 minutes', reading)).toEqual({
    ok: true,
    kind: 'once',
    at: new Date('2027-01-05T14:30:00Z'),
    wall: '2027-01-05T15:30:00',
    zone: 'Europe/Berlin',
  });
});
