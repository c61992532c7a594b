import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createI18n } from '../../../src/lib/i18n.ts';
import { ruleProblemInWords } from '../../../src/services/automod/problem-in-words.ts';
import { problemsOf } from '../../../src/workers/rules/check.ts';
import { readRule } from '../../../src/workers/rules/read-rule.ts';
import type { Condition } from '../../../src/workers/rules/schema.ts';

const ROLE = '123456789012345678';
const LEAST = { id: 'abcdefgh', name: 'Words', when: { type: 'words', terms: ['fish'], match: 'word' } };

function nested(depth: number): unknown {
  let when: unknown = { type: 'thread' };
  for (let level = 1; level < depth; level++) when = { not: when };
  return when;
}

/** Place and code of each problem. */
function wrongIn(changed: object): readonly string[] {
  return problemsOf({ ...LEAST, ...changed }).map(({ path, code }) => `${path} ${code}`);
}

test('a whole rule has no problems', () => {
  const when = { all: [{ any: [{ type: 'zalgo' }, { type: 'role', any: [ROLE] }] }, { not: { type: 'everyone' } }] };
  const except = { roles: [ROLE], channels: [], members: [], rank: 5 };
  const actions = [{ do: 'delete' }, { do: 'timeout', for: 600 }, { do: 'reply', text: 'No.', deleteAfter: 5 }];
  const more = { mode: 'enforce', on: ['edit'], cooldown: { seconds: 5, per: 'member' }, points: 2, note: 'why' };
  expect(wrongIn({ when, except, actions, ...more })).toEqual([]);
});

describe('what does not fit is told with its place', () => {
  test.for<[object, string[]]>([
    [{ name: '' }, ['/name text']],
    [{ name: undefined }, [' missing']],
    [{ colour: 'red' }, [' unknownName']],
    [{ enabled: 'yes' }, ['/enabled yesNo']],
    [{ mode: 'watch' }, ['/mode oneOf']],
    [{ on: ['message', 'message'] }, ['/on twice']],
    [{ on: [] }, ['/on list']],
    [{ id: 'ABC' }, ['/id ruleId']],
    [{ points: 1.5 }, ['/points number']],
    [{ except: { roles: ['@admins'], rank: 11 } }, ['/except/roles/0 id', '/except/rank number']],
    [{ cooldown: { seconds: 5 } }, ['/cooldown missing']],
    [{ when: 'fish' }, ['/when notAnObject']],
    [{ when: {} }, ['/when noType']],
    [{ when: { type: 'mood' } }, ['/when/type unknownType']],
    [{ when: { type: 'toString' } }, ['/when/type unknownType']],
    [{ when: { type: 'words', match: 'word', terms: [] } }, ['/when nothingToFind']],
    [
      {
        when: {
          all: [
            { type: 'lines', over: 0 },
            { type: 'link', which: 'any', domains: ['a/b'] },
          ],
        },
      },
      ['/when/all/0/over number', '/when/all/1/domains/0 domain'],
    ],
    [{ when: { all: [] } }, ['/when/all list']],
    [{ when: { all: [{ type: 'thread' }], any: [{ type: 'thread' }] } }, ['/when severalJoins']],
    [{ when: { not: { type: 'thread', over: 1 } } }, ['/when/not unknownName']],
    [{ when: nested(7) }, ['/when tooDeep']],
    [{ when: { any: Array.from({ length: 40 }, () => ({ type: 'thread' })) } }, ['/when tooManyParts']],
    [{ actions: [{ do: 'delete' }, { do: 'explode' }, 5] }, ['/actions/1/do unknownType', '/actions/2 notAnObject']],
    [{ actions: [{ do: 'timeout', for: 29 * 86_400 }] }, ['/actions/0/for number']],
    [{ actions: [{ do: 'add-role' }] }, ['/actions/0 missing']],
  ])('%j: %j', ([changed, problems]) => {
    expect(wrongIn(changed)).toEqual(problems);
  });

  test('of what is no rule at all', () => {
    for (const value of [null, 5, 'rule', [], undefined])
      expect(problemsOf(value)).toMatchObject([{ path: '', code: 'notAnObject' }]);
  });

  test('but not more than anybody reads', () => {
    const names = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`name ${at}`, at]));
    expect(problemsOf({ ...LEAST, ...names })).toHaveLength(20);
  });
});

test('a condition that is nested without end is refused before anybody follows it', () => {
  expect(wrongIn({ when: nested(100_000) })).toEqual(['/when tooDeep']);
});

test('conditions as deep and as large as allowed fit', () => {
  expect(wrongIn({ when: nested(6) })).toEqual([]);
  expect(wrongIn({ when: { any: Array.from({ length: 39 }, () => ({ type: 'thread' })) } })).toEqual([]);
});

test('whatever is sent, each problem has words, and there is one wherever the schema says no', () => {
  const { t, has } = createI18n();
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const names = fc.constantFrom('type', 'all', 'any', 'not', 'do', 'over', 'terms', 'match', 'which', 'for', 'roles');
  const anything = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 5 },
      scalar,
      fc.constantFrom('words', 'link', 'delete'),
      fc.array(tie('value')),
      fc.dictionary(names, tie('value')),
    ),
  })).value;
  fc.assert(
    fc.property(anything, anything, anything, (when, except, actions) => {
      const read = readRule({ ...LEAST, when, except, actions });
      for (const problem of read.ok ? [] : read.problems) {
        const said = ruleProblemInWords(problem);
        expect(has(said.key), problem.code).toBe(true);
        expect(t(`automod.problems.${problem.code}`, problem.params)).not.toContain('{{');
      }
    }),
  );
});

test('a rule that is read has its defaults, and is none of the one that was given', () => {
  const given = { ...LEAST, except: { rank: 5 } };
  const read = readRule(given);
  expect(read).toMatchObject({ ok: true, rule: { mode: 'observe', except: { rank: 5, roles: [] } } });
  expect(given.except).toEqual({ rank: 5 });
});

test('a rule that is too long as a whole is refused', () => {
  const term = 'x'.repeat(100);
  const words: Condition = { type: 'words', terms: Array.from({ length: 200 }, () => term), match: 'part' };
  expect(readRule({ ...LEAST, when: words })).toMatchObject({
    ok: false,
    problems: [{ code: 'tooLong', params: { most: 20_000 } }],
  });
});
