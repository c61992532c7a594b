import { expect, test } from 'vitest';
import { parseWhen } from '../../../src/lib/time/parse.ts';
import { warmTimes } from '../../../src/lib/time/warm.ts';
import { suggestZones } from '../../../src/lib/time/zones.ts';

const NOW = new Date('2027-01-06T12:00:00Z');

test('times are got ready in many small steps, and whoever asks between two of them is answered in full', async () => {
  const answers = new Set<string>();
  let steps = 0;
  await warmTimes(NOW, async () => {
    steps += 1;
    answers.add(JSON.stringify([suggestZones('new', NOW), parseWhen('fri 18:00', { now: NOW, zone: 'Asia/Tokyo' })]));
  });
  answers.add(JSON.stringify([suggestZones('new', NOW), parseWhen('fri 18:00', { now: NOW, zone: 'Asia/Tokyo' })]));
  expect(steps).toBeGreaterThan(20);
  expect(answers.size).toBe(1);
  expect([...answers][0]).toContain('America/New_York');
});
