import { expect, test } from 'vitest';
import { stretchesOf } from '../../../src/lib/time/stretches.ts';

const told = (zone: string, from: string, to: string) =>
  stretchesOf(zone, new Date(from), new Date(to)).map((one) => [
    one.from.toISOString().slice(0, 16),
    one.to.toISOString().slice(0, 16),
    one.minutes,
  ]);

test('a time is parted where clocks are changed, and not where they are not', () => {
  expect(told('Europe/Berlin', '2026-03-01T00:00:00Z', '2026-11-01T00:00:00Z')).toEqual([
    ['2026-03-01T00:00', '2026-03-29T01:00', 60],
    ['2026-03-29T01:00', '2026-10-25T01:00', 120],
    ['2026-10-25T01:00', '2026-11-01T00:00', 60],
  ]);
  expect(told('Asia/Kolkata', '2026-03-01T00:00:00Z', '2026-11-01T00:00:00Z')).toEqual([
    ['2026-03-01T00:00', '2026-11-01T00:00', 330],
  ]);
  for (const zone of ['UTC', '+05:45', 'Etc/GMT-2'])
    expect(told(zone, '2026-03-01T00:00:00Z', '2026-11-01T00:00:00Z')).toHaveLength(1);
  expect(told('Europe/Berlin', '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z')).toEqual([]);
});
