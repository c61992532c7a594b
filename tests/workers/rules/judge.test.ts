import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { compile } from '../../../src/workers/rules/compile.ts';
import { closeResidue, triggersOf } from '../../../src/workers/rules/late.ts';
import type { Condition, Trigger } from '../../../src/workers/rules/schema.ts';
import { judgeBy, look, ruleOf } from './judging.ts';

const OTHER = '223456789012345678';
const YES: Trigger = { type: 'length', over: 1 };
const NO: Trigger = { type: 'zalgo' };
const WORDS: Trigger = { type: 'words', terms: ['fish'], match: 'word' };
const RATE: Trigger = { type: 'rate', messages: 3, seconds: 5 };
const FLOOD: Trigger = { type: 'flood', copies: 3, seconds: 5, by: 'author' };
const FILE: Trigger = { type: 'file', verdict: 'careful' };
const LATE: readonly Trigger[] = [RATE, FLOOD, FILE];
const WHICH = ['any', 'listed', 'masked', 'lookalike', 'outside'] as const;
const MESSAGE = { text: 'a fish', shown: { files: ['a.zip'] } };

/** What a condition comes to when it is known of every trigger whether it holds. */
function naive(condition: Condition, holds: (trigger: Trigger) => boolean): boolean {
  if ('type' in condition) return holds(condition);
  if ('not' in condition) return !naive(condition.not, holds);
  const parts = 'all' in condition ? condition.all : condition.any;
  const answers = parts.map((part) => naive(part, holds));
  return 'all' in condition ? answers.every(Boolean) : answers.some(Boolean);
}

/** At most as deep, and as large, as rules may be. */
const conditions: fc.Arbitrary<Condition> = fc.letrec<{ node: Condition }>((tie) => {
  const parts = fc.array(tie('node'), { minLength: 1, maxLength: 3 });
  return {
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'condition' },
      fc.constantFrom<Trigger>(YES, NO, WORDS, ...LATE),
      parts.map((all) => ({ all })),
      parts.map((any) => ({ any })),
      tie('node').map((not) => ({ not })),
    ),
  };
}).node;

test('of what is hit no secret is told, wherever it stands, and nothing is looked for where nothing is hit', () => {
  const token = `ghp_${'aB3dE6gH9jK2mN5pQ8sT'}${'1vW4yZ7bC0eF3hJ6'}`;
  const text = `a fish ${token}`;
  const { hit, masked } = look(WORDS, { text, shown: { embeds: text } });
  expect(masked).toMatch(/^a fish \S*\*+$/);
  expect(masked).toHaveLength(text.length);
  expect(JSON.stringify(hit)).not.toContain(token.slice(8));
  expect(look(WORDS, 'a fish').masked).toBe(undefined);
  expect(look(WORDS, token).masked).toBe(undefined);
});

describe('conditions', () => {
  test('whatever is open, the rest is as if all had been known at once', async () => {
    await fc.assert(
      fc.asyncProperty(conditions, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), async (when, late) => {
        fc.pre(triggersOf(when).length <= 20);
        const known = (trigger: Trigger) =>
          LATE.includes(trigger) ? late[LATE.indexOf(trigger)] === true : trigger !== NO;
        const { holds, late: residue } = look(when, MESSAGE);
        const triggers = triggersOf(when);
        const closed = async (number: number) => {
          const trigger = triggers[number] ?? YES;
          expect(LATE).toContain(trigger);
          return known(trigger);
        };
        const end = holds && (residue === undefined || (await closeResidue(residue, closed)));
        expect(end).toBe(naive(when, known));
      }),
      { numRuns: 500 },
    );
  });

  test('nothing is left open that does not matter', () => {
    expect(look({ any: [YES, RATE] }, MESSAGE).late).toBe(undefined);
    expect(look({ all: [NO, RATE] }, MESSAGE).holds).toBe(false);
    expect(look({ all: [YES, { any: [NO, RATE] }] }, MESSAGE).late).toBe(2);
    expect(look({ all: [{ not: NO }, { not: { not: FLOOD } }] }, MESSAGE).late).toBe(1);
    expect(look({ all: [RATE, WORDS, { not: FILE }] }, MESSAGE).late).toEqual({ all: [0, { not: 2 }] });
    expect(look({ all: [{ not: FILE }, RATE] }, MESSAGE).late).toEqual({ all: [1, { not: 0 }] });
  });

  test('only what speaks for the rule is shown', () => {
    const bird: Trigger = { type: 'words', terms: ['bird'], match: 'word' };
    const pattern = {
      type: 'pattern',
      source: 'b[i1]rd',
      ignoreCase: true,
      of: 'canonical',
      engine: 'linear',
    } as const;
    expect(look({ any: [{ all: [WORDS, NO] }, pattern] }, 'fish and bird').found).toEqual(['bird']);
    expect(look({ any: [{ all: [WORDS, NO] }, bird] }, 'fish and bird').found).toEqual(['bird']);
    expect(look({ all: [WORDS, { not: NO }, bird] }, 'fish and bird').found).toEqual(['fish', 'bird']);
    expect(look({ all: [bird, { any: [NO, WORDS] }] }, 'a bird, a fish').found).toEqual(['bird', 'fish']);
  });

  test('at most eight places are told', () => {
    const { hit } = look(WORDS, { text: 'fish '.repeat(100), shown: { poll: 'fish '.repeat(100) } });
    expect(hit?.spans.length).toBe(8);
  });
});

test('hits are told in the order of the rules', () => {
  const rules = [WORDS, NO, YES, RATE].map((when) => ruleOf({ when }));
  expect(judgeBy(rules)(MESSAGE).hits.map(({ rule, late }) => [rule, late])).toEqual([
    [0, undefined],
    [2, undefined],
    [3, 0],
  ]);
});

describe('explained', () => {
  test('is every rule, also those that are not looked at, with what each trigger found and what it cost', () => {
    const rules = [
      ruleOf({ when: { all: [NO, WORDS, RATE] } }),
      ruleOf({ when: { any: [WORDS, { type: 'mentions', over: 0, of: 'all' }] }, enabled: false }),
      ruleOf({ when: { type: 'capitals', percent: 10, least: 1 } }),
    ];
    const { explained, hits } = judgeBy(rules)({ text: 'A Fish', explain: true });
    expect(hits.map(({ rule }) => rule)).toEqual([2]);
    expect(explained?.canonical).toBe('a fish');
    const said = explained?.rules.map(({ outcome, stays, why }) => [outcome, stays, why.map((one) => one.outcome)]);
    expect(said).toEqual([
      ['no', undefined, ['no', 'yes', 'open']],
      ['yes', 'disabled', ['yes', 'no']],
      ['yes', undefined, ['yes']],
    ]);
    expect(explained?.rules[0]?.why[1]).toMatchObject({ trigger: 1, spans: [[2, 6]], details: { word: 'fish' } });
    expect(explained?.rules[2]?.why[0]?.details).toEqual({ percent: 40 });
    expect(explained?.rules.every(({ us }) => us >= 0)).toBe(true);
  });

  test('is a broken rule as one that says nothing', () => {
    const { problems } = compile(['{}', '5', 'null'], new Map());
    expect(problems.map(({ rule }) => rule)).toEqual([0, 1, 2]);
  });
});

test.for<[Condition, string, string]>([
  [{ type: 'words', list: 'gone', match: 'word' }, 'noSuchList', '/when/list'],
  [
    { any: [{ type: 'pattern', source: '(', ignoreCase: true, of: 'canonical', engine: 'linear' }] },
    'pattern',
    '/when/any/0',
  ],
  [{ not: { type: 'words', terms: ['fish', '*?*'], match: 'word' } }, 'term', '/when/not/terms/1'],
  [{ type: 'words', terms: ['fish'], except: ['\u200b'], match: 'word' }, 'term', '/when/except/0'],
])('a rule with %j is broken, and the others hold', ([when, code, path]) => {
  const rules = [ruleOf({ when }), ruleOf({ when: YES })].map((rule) => JSON.stringify(rule));
  expect(compile(rules, new Map()).problems).toMatchObject([{ rule: 0, problem: { code, path } }]);
});

describe('hostile messages have a verdict', () => {
  const everything: Condition[] = [
    WORDS,
    { type: 'pattern', source: '(a|aa)+$|(x*)*y|^(a+)+$', ignoreCase: true, of: 'canonical', engine: 'linear' },
    { type: 'pattern', source: 'a[ab]{450}[c-e]', ignoreCase: true, of: 'original', engine: 'linear' },
    ...WHICH.map((which): Condition => ({ type: 'link', which, domains: ['example.com'] })),
    { type: 'invite', allow: [OTHER] },
    { type: 'capitals', percent: 80, least: 20 },
    { type: 'repeats', times: 20 },
    { type: 'emoji', over: 10 },
    { type: 'mentions', over: 5, of: 'all' },
    { type: 'zalgo' },
    { type: 'shell' },
    FLOOD,
  ];
  const judgeAll = judgeBy(everything.map((when) => ruleOf({ when })));

  test.for<[string, string]>([
    ['ten thousand addresses', Array.from({ length: 10_000 }, (_, at) => `https://discоrd${at}.com/a`).join(' ')],
    ['addresses without a space', 'https://'.repeat(10_000)],
    ['masks in masks', '[https://a.example]('.repeat(5_000)],
    ['four thousand marks', `e${'\u0301'.repeat(4_000)}`],
    ['lone surrogates', '\ud800'.repeat(4_000)],
    ['a hundred thousand nested marks', `${'**__~~||'.repeat(25_000)}fish`],
    ['quotes and backticks', '`\'"'.repeat(7_000)],
    ['brackets', '[('.repeat(10_000)],
    ['one letter', 'a'.repeat(20_000)],
    [
      'letters that a pattern makes a state of each',
      Array.from({ length: 20_000 }, (_, at) => 'ab'[((at * 2_654_435_761) >>> 16) % 2]).join(''),
    ],
    ['invitations', 'discord.gg/a '.repeat(5_000)],
    ['commands', 'sudo rm -rf / && '.repeat(2_000)],
    ['mentions', '<@123456789012345678>'.repeat(2_000)],
    ['ligatures that grow', '\ufdfa'.repeat(20_000)],
    ['nothing', ''],
  ])('%s', ([, text]) => {
    const shown = { forwarded: text, embeds: text, poll: text, files: [text], stickers: [text] };
    for (const message of [{ text }, { text, shown }]) {
      const { hits } = judgeAll({ ...message, explain: true });
      for (const { spans } of hits)
        for (const [from, to] of spans) expect(from <= to && from >= 0 && to <= text.length).toBe(true);
    }
  });

  test('what there is no time for is told, and what costs nothing is looked at in any case', () => {
    const slow = Array.from({ length: 30 }, (_, at) =>
      ruleOf({
        when: {
          type: 'pattern',
          source: `[ab]*a[ab]{${400 + at}}[c-e]`,
          ignoreCase: false,
          of: 'original',
          engine: 'linear',
        },
      }),
    );
    const text = Array.from({ length: 8_000 }, (_, at) => 'ab'[((at * 2_654_435_761) >>> 16) % 2]).join('');
    const { skipped, hits, slow: told } = judgeBy([...slow, ruleOf({ when: YES })])({ text });
    expect(skipped?.length).toBeGreaterThan(0);
    expect(told?.length).toBeGreaterThan(0);
    expect(hits.map(({ rule }) => rule)).toEqual([30]);
  });
});

test('time in which others keep the thread from working does not count, up to a bound', () => {
  const links = [ruleOf({ when: { type: 'link', which: 'any' } })];
  let now = 0;
  let step = 0;
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => {
    now += step;
    return now;
  });
  try {
    step = 120; // more than may be worked, at every look
    expect(judgeBy(links)({ text: 'see https://example.com' })).toMatchObject({ hits: [{ rule: 0 }] });
    step = 1_000;
    expect(judgeBy(links)({ text: 'see https://example.com' })).toMatchObject({ hits: [], skipped: [0] });
  } finally {
    clock.mockRestore();
  }
});
