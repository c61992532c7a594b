import { Type } from '@sinclair/typebox';
import { expect, test } from 'vitest';
import { idsOf, withoutIds } from '../../../src/services/settings/ids.ts';

const own = { kind: 'own', command: 'x' } as const;

test('ids of a record are found in its keys, in its values, and in both', () => {
  const both = { name: 'places', form: own, schema: Type.Object({}, { keys: 'channel', values: 'role' }) };
  expect(idsOf(both, { '1': '7', '2': '7' })).toEqual([
    { property: 'places', id: '1', of: 'channel' },
    { property: 'places', id: '2', of: 'channel' },
    { property: 'places', id: '7', of: 'role' },
  ]);
  expect(idsOf({ ...both, schema: Type.Object({}, { values: 'channel' }) }, { all: '5' })).toEqual([
    { property: 'places', id: '5', of: 'channel' },
  ]);
  expect(idsOf({ ...both, schema: Type.Object({}, { keys: 'person' }) }, { '5': 3 })).toEqual([]);
});

test('what is taken out of one setting stays in another, and a record loses what names it on either side', () => {
  const value = { places: { '1': '7', '2': '8', '3': '9' }, other: ['1', '7'], one: '1', two: '2' };
  const gone = [
    { property: 'places', id: '1', of: 'channel' },
    { property: 'places', id: '8', of: 'role' },
    { property: 'one', id: '1', of: 'channel' },
  ] as const;
  expect(withoutIds(value, gone)).toEqual({ places: { '3': '9' }, other: ['1', '7'], two: '2' });
});
