import { describe, expect, test } from 'vitest';
import { isZone, suggestZones, timeIn, zoneMeant, zoneNamed } from '../../../src/lib/time/zones.ts';

const NOW = new Date('2027-01-05T13:05:00Z');

describe('a time zone', () => {
  test.each(['UTC', 'Europe/Berlin', 'america/argentina/buenos_aires', 'Australia/Lord_Howe'])('is %s', (name) => {
    expect(isZone(name)).toBe(true);
  });

  test.each(['', '+02:00', 'Mars/Base', 'Europe/Berlin ', '2027-01-05[UTC]', 'constructor', `E${'u'.repeat(10_000)}`])(
    'is not %j',
    (name) => {
      expect(isZone(name)).toBe(false);
    },
  );

  test('is named as it is properly written', () => {
    expect(zoneNamed('europe/berlin')).toBe('Europe/Berlin');
  });

  test.each([
    ['est', 'America/New_York'],
    ['Tokyo', 'Asia/Tokyo'],
    ['new york', 'America/New_York'],
    ['germany', 'Europe/Berlin'],
    ['köln', 'Europe/Berlin'],
    ['Kyiv', 'Europe/Kyiv'],
    [' Asia/Tokyo ', 'Asia/Tokyo'],
    ['GMT+2', 'Etc/GMT-2'],
    ['gmt-3', 'Etc/GMT+3'],
    ['UTC+2', 'Etc/GMT-2'],
    ['utc -05:00', 'Etc/GMT+5'],
    ['UTC+0', 'UTC'],
    ['Etc/GMT+2', 'Etc/GMT+2'],
    ['UTC+5:30', '+05:30'],
    ['gmt+5:45', '+05:45'],
    ['+05:30', '+05:30'],
    ['-3:30', '-03:30'],
    ['UTC\u22125', 'Etc/GMT+5'],
    ['UTC + 2', 'Etc/GMT-2'],
    ['UTC+5:31', undefined],
    ['UTC+14:30', undefined],
    ['GMT+15', undefined],
    ['atlantis', undefined],
    ['constructor', undefined],
  ])('%j means %s', (typed, zone) => {
    expect(zoneMeant(typed)).toBe(zone);
  });

  test('every zone of the runtime is one', () => {
    expect(Intl.supportedValuesOf('timeZone').filter((zone) => !isZone(zone))).toEqual([]);
  });
});

describe('suggestions', () => {
  test('show what time it is there', () => {
    expect(suggestZones('Europe/Berl', NOW)).toEqual([
      { zone: 'Europe/Berlin', label: 'Europe/Berlin (14:05, UTC+1)' },
    ]);
    expect(suggestZones('st johns', NOW)[0]?.label).toBe('America/St_Johns (09:35, UTC-3:30)');
  });

  test.each([
    ['munich', 'Europe/Berlin'],
    ['united', 'America/Chicago'],
    ['pst', 'America/Los_Angeles'],
    ['PARIS', 'Europe/Paris'],
    ['sao p', 'America/Sao_Paulo'],
    ['kolk', 'Asia/Kolkata'],
    ['Etc/GMT+3', 'Etc/GMT+3'],
    ['GMT+3', 'Etc/GMT-3'],
    ['utc-10', 'Etc/GMT+10'],
  ])('for %j begin with %s', (typed, zone) => {
    expect(suggestZones(typed, NOW)[0]?.zone).toBe(zone);
  });

  test('call a zone of a fixed offset by it', () => {
    expect(suggestZones('gmt+2', NOW)).toEqual([{ zone: 'Etc/GMT-2', label: 'UTC+2 (15:05)' }]);
  });

  test('are at most as many as Discord shows, and some before anything is typed', () => {
    for (const typed of ['', 'a', 'america', 'x'.repeat(5_000)]) {
      const offered = suggestZones(typed, NOW);
      expect(offered.length).toBeLessThanOrEqual(25);
      expect(new Set(offered.map(({ zone }) => zone)).size).toBe(offered.length);
      for (const { label } of offered) expect(label.length).toBeLessThanOrEqual(100);
    }
    expect(suggestZones('', NOW)[0]?.zone).toBe('UTC');
  });
});

test('what a clock shows in a zone', () => {
  expect(timeIn('Asia/Kathmandu', NOW)).toEqual({
    wall: '2027-01-05T18:50:00',
    date: '2027-01-05',
    time: '18:50',
    weekday: 2,
    offset: 'UTC+5:45',
  });
});
