import { Type } from '@sinclair/typebox';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeState, encodeCustomId, parseCustomId } from '../../../src/services/answers/custom-id.ts';

const State = Type.Object({ who: Type.String(), page: Type.Integer(), open: Type.Boolean() });

test('what a component remembers comes back as it was', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 8 }), fc.integer(), fc.boolean(), (who, page, open) => {
      const parsed = parseCustomId(encodeCustomId('a', 1, State, { who, page, open }));
      expect(decodeState(State, parsed?.fields ?? [])).toEqual({ who, page, open });
    }),
  );
});

test('an id over Discord’s limit is refused where it is made', () => {
  expect(() => encodeCustomId('a', 1, State, { who: 'x'.repeat(100), page: 1, open: true })).toThrow(RangeError);
});

test.each(['', 'x', 'x:', 'x:one', ':1:a', 'x:-1', 'x:99999999999'])('%j is nobody’s id', (customId) => {
  expect(parseCustomId(customId)).toBeUndefined();
});

test.each([
  ['too few fields', ['a', '1']],
  ['too many', ['a', '1', 'true', 'x']],
  ['another type', ['a', 'one', 'true']],
  ['a broken percent sequence', ['%E0%A4%A', '1', 'true']],
])('%s is not taken for a state', (_, fields) => {
  expect(decodeState(State, fields)).toBeUndefined();
});
