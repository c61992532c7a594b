import { expect, test } from 'vitest';
import { canonical } from '../../../src/workers/text/canonical.ts';
import { buildAutomaton } from '../../../src/workers/words/automaton.ts';
import { readTerm } from '../../../src/workers/words/read-term.ts';
import { searchWords } from '../../../src/workers/words/search.ts';

const WORD = { kind: 'word', leet: false } as const;

test.each([
  ['  Bad   WORD ', 'bad word'],
  ['ﬁne', 'fine'],
  ['ru\u200bde', 'rude'],
  ['F?ck*', 'f?ck*'],
  ['a**bc?*d', 'a*bc?*d'],
  ['free * nitro', 'free * nitro'],
  ['really\\?', 'really\\?'],
  ['字', '字'],
  ['🖕', '🖕'],
  ['ab*\u200b?cd', 'ab?*cd'],
])('spells %j as texts are spelt', (line, text) => {
  expect(readTerm(line, WORD)).toEqual({ kind: 'word', text });
});

test.each([
  ['', 'empty'],
  [' \u200b\u200d ', 'empty'],
  ['*?*', 'empty'],
  ['a', 'tooShort'],
  ['é*', 'tooShort'],
  ['f?u', 'tooShort'],
  ['!', 'empty'],
  ['x'.repeat(101), 'tooLong'],
  [`ab${'?'.repeat(11)}`, 'tooManyWildcards'],
])('says why %j cannot be looked for', (line, problem) => {
  expect(readTerm(line, WORD)).toBe(problem);
});

test('takes what follows an exclamation mark as an exception, unless a backslash is before it', () => {
  expect(readTerm('! class*', WORD)).toEqual({ kind: 'word', text: 'class*', except: true });
  expect(readTerm('\\!important', { kind: 'part', leet: false })).toEqual({ kind: 'part', text: '!important' });
});

test('finds a term in a text that is written in another way, however both are written', () => {
  const term = readTerm('ＦＲＥＥ\u00a0nitro', WORD);
  const automaton = buildAutomaton(typeof term === 'object' ? [term] : []);
  const original = 'get f\u200bREE  𝓷itro now';
  const { text, from } = canonical(original, { leet: false });
  const found: string[] = [];
  searchWords(automaton, text, (_, start, end) => found.push(original.slice(from[start], from[end])) > 1);
  expect(found).toEqual(['f\u200bREE  𝓷itro']);
});
