import { Value } from '@sinclair/typebox/value';
import { expect, test } from 'vitest';
import { RuleSet } from '../../../src/workers/rules/schema.ts';

const ROLE = '123456789012345678';
const LEAST = { id: 'abcdefgh', name: 'Words', when: { type: 'words', terms: ['fish'], match: 'word' } };

test('what a rule leaves out has its default', () => {
  const [rule] = Value.Default(RuleSet, [LEAST]) as readonly unknown[];
  expect(rule).toEqual({
    ...LEAST,
    enabled: true,
    mode: 'observe',
    on: ['message', 'edit'],
    except: { roles: [], channels: [], members: [], rank: 3 },
    actions: [],
    points: 0,
  });
  expect(Value.Check(RuleSet, [rule])).toBe(true);
});

test.for<[string, object, boolean]>([
  ['a trigger that names roles, like a join of others', { when: { any: [{ type: 'role', any: [ROLE] }] } }, true],
  ['triggers within each other', { when: { all: [{ not: { type: 'zalgo' } }, { type: 'everyone' }] } }, true],
  ['an empty join', { when: { all: [] } }, false],
  ['a trigger that nobody knows', { when: { type: 'mood' } }, false],
  ['a property that nobody knows', { when: { type: 'thread', colour: 'red' } }, false],
  ['two joins at once', { when: { all: [{ type: 'thread' }], any: [{ type: 'thread' }] } }, false],
  ['a timeout longer than Discord allows', { actions: [{ do: 'timeout', for: 29 * 86_400 }] }, false],
  ['an action with what it takes', { actions: [{ do: 'ban', deleteDays: 1 }, { do: 'alert' }] }, true],
])('%s', ([, changed, fits]) => {
  expect(Value.Check(RuleSet, Value.Default(RuleSet, [{ ...LEAST, ...changed }]))).toBe(fits);
});
