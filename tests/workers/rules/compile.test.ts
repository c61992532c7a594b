import { expect, test } from 'vitest';
import { compile } from '../../../src/workers/rules/compile.ts';
import type { TriggerOf } from '../../../src/workers/rules/schema.ts';
import { MOST_STATES } from '../../../src/workers/words/limits.ts';
import { judgeBy, ruleOf } from './judging.ts';

const LIST = 'grape\nfig\n!fig tree';

/** Rules on one list, each of which says more. */
function onList(words: readonly Partial<TriggerOf<'words'>>[], list = 'fruit') {
  return words.map((more, at) =>
    ruleOf({ name: `Rule ${at}`, when: { type: 'words', list, match: 'word', ...more } as const }),
  );
}

function bytesOf(count: number): number {
  const rules = onList(Array.from({ length: count }, (_, at) => ({ except: [`but ${at}`] })));
  const text = Array.from({ length: 2_000 }, (_, at) => `word${at * 7_919}`).join('\n');
  const lists = new Map([['fruit', { kind: 'words' as const, bytes: new TextEncoder().encode(text) }]]);
  return compile(
    rules.map((rule) => JSON.stringify(rule)),
    lists,
  ).buffer.byteLength;
}

test('a list is there once however many rules name it, with what each of them says besides', () => {
  expect(bytesOf(12)).toBeLessThan(bytesOf(1) * 1.2);

  const more = [{}, { terms: ['plum'] }, { except: ['grape juice'] }, { terms: ['plum'], except: ['plum pie'] }];
  const judge = judgeBy(onList(more), { words: { fruit: LIST } });
  const hitBy = (text: string) => judge({ text }).hits.map(({ rule }) => rule);
  expect(hitBy('a grape')).toEqual([0, 1, 2, 3]);
  expect(hitBy('a plum')).toEqual([1, 3]);
  expect(hitBy('grape juice')).toEqual([0, 1, 3]); // what one rule allows is no matter of another's
  expect(hitBy('plum pie')).toEqual([1]);
  expect(hitBy('plum pie and a plum')).toEqual([1, 3]);
  expect(hitBy('a fig tree')).toEqual([]); // what the list allows is allowed in each
  expect(hitBy('a fig tree, a fig')).toEqual([0, 1, 2, 3]);

  const tree = judgeBy(onList([{ terms: ['tree'] }]), { words: { fruit: LIST } });
  expect(tree({ text: 'fig tree' }).hits).toEqual([]); // also of what a rule says itself
  const places = tree({ text: 'tree '.repeat(20) }).hits[0]?.spans;
  expect(places).toHaveLength(8);
});

test('what a rule allows keeps nobody from finding the same further on', () => {
  const rules = onList([{ except: ['grape juice'] }, {}]);
  const judge = judgeBy(rules, { words: { fruit: LIST } });
  const { hits } = judge({ text: `${'grape juice '.repeat(9)} grape` });
  expect(hits.map(({ rule, spans }) => [rule, spans.length])).toEqual([
    [0, 1],
    [1, 8],
  ]);
});

test('a list is looked for by whole words, inside of words, and with signs as letters side by side', () => {
  const ways = [
    { match: 'word' },
    { match: 'part' },
    { match: 'word', leet: true },
    { match: 'part', leet: true },
  ] as const;
  const judge = judgeBy(onList(ways), { words: { fruit: LIST } });
  const hitBy = (text: string) => judge({ text }).hits.map(({ rule }) => rule);
  expect(hitBy('grape')).toEqual([0, 1, 2, 3]);
  expect(hitBy('grapeshot')).toEqual([1, 3]);
  expect(hitBy('gr4pe')).toEqual([2, 3]);
});

test('a list that is too large breaks the rules that name it, and no others', () => {
  const length = 100;
  const huge = Array.from({ length: Math.ceil(MOST_STATES / length) }, (_, at) => String(at).padStart(length, 'x'));
  const lists = Object.entries({ huge: huge.join('\n'), fruit: LIST }).map(
    ([name, text]) => [name, { kind: 'words' as const, bytes: new TextEncoder().encode(text) }] as const,
  );
  const rules = [...onList([{}, {}], 'huge'), ...onList([{}]), ruleOf({ when: { type: 'zalgo' } })];
  const long = { ...ruleOf({ when: { type: 'zalgo' } }), note: 'x'.repeat(50_000) };
  const { problems } = compile(
    [...rules, long].map((rule) => JSON.stringify(rule)),
    new Map(lists),
  );
  const listed = { path: '/when/list', code: 'listTooLarge', params: { name: 'huge' } };
  expect(problems).toEqual([
    { rule: 0, problem: listed },
    { rule: 1, problem: listed },
    { rule: 4, problem: { path: '', code: 'tooLong', params: { most: 20_000 } } },
  ]);
});
