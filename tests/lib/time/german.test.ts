import { expect, test } from 'vitest';
import { DE } from '../../../src/lib/time/grammar/de.ts';
import { parseDuration, parseWhen } from '../../../src/lib/time/parse.ts';
import { sayDuration, sayWhen } from '../../../src/lib/time/say.ts';

const NOW = new Date('2027-01-05T10:00:00Z'); // a Tuesday

test.each([
  ['in 3 Tagen', 'Freitag, 8. Januar 2027 um 10:00 (UTC)'],
  ['in 2 Stunden', 'Dienstag, 5. Januar 2027 um 12:00 (UTC)'],
  ['morgen 9 Uhr', 'Mittwoch, 6. Januar 2027 um 09:00 (UTC)'],
  ['Fr 18:00', 'Freitag, 8. Januar 2027 um 18:00 (UTC)'],
  ['5. Feb 14:30', 'Freitag, 5. Februar 2027 um 14:30 (UTC)'],
  ['jeden Tag um 9', 'jeden Tag um 09:00 (UTC)'],
  ['jeden Werktag um 8:30', 'jeden Werktag um 08:30 (UTC)'],
  ['jeden Montag um 9', 'jeden Montag um 09:00 (UTC)'],
  ['jeden Freitag um 18:00', 'jeden Freitag um 18:00 (UTC)'],
  ['alle 2 Stunden', 'alle 2 Stunden ab Dienstag, 5. Januar 2027 um 12:00 (UTC)'],
  ['letzter Tag des Monats 17:00', 'Sonntag, 31. Januar 2027 um 17:00 (UTC)'],
])('%s is understood and said in German', (typed, said) => {
  const read = parseWhen(typed, { now: NOW, zone: 'UTC' });
  expect(read.ok ? sayWhen(read, DE) : read.problem).toBe(said);
});

test.each([
  ['2 Wochen', '2 Wochen'],
  ['1 Tag', '1 Tag'],
  ['30 Sekunden', '30 Sekunden'],
  ['1h30m', '1 Stunde 30 Minuten'],
])('the span %s, too', (typed, said) => {
  const read = parseDuration(typed);
  expect(read.ok ? sayDuration(read.ms, DE) : read.problem).toBe(said);
});
