import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildAutomaton } from '../../../src/workers/words/automaton.ts';
import { MOST_PLACES } from '../../../src/workers/words/limits.ts';
import { searchWords } from '../../../src/workers/words/search.ts';
import { type Term, TermsError } from '../../../src/workers/words/term.ts';
import { naivePlaces, type Place } from './naive.ts';

/** Few letters, so that terms overlap, and now and then one that is unlike them. */
const common = fc.constantFrom('a', 'b');
const rare = fc.constantFrom('é', '1', '-', '字', 'ก', 'ิ', '😀', '😁', '\u0301');
const letter = fc.oneof({ weight: 8, arbitrary: common }, { weight: 2, arbitrary: rare });
const space = fc.constantFrom(' ', '\n', ' \u3000', '  ');
const text = fc.string({ unit: fc.oneof({ weight: 5, arbitrary: letter }, space), maxLength: 30 });
const words = fc
  .string({ unit: fc.oneof({ weight: 9, arbitrary: letter }, fc.constant(' ')), minLength: 1, maxLength: 4 })
  .filter((one) => one.trim() === one);
const wild = fc
  .array(fc.oneof({ weight: 3, arbitrary: words }, fc.constantFrom('*', '?', '?*', '*?', '??', '\\*', '\\?')), {
    minLength: 1,
    maxLength: 5,
  })
  .map((pieces) => pieces.join('').replace(/\*{2,}|(?<=\*)\?+\*/g, '*'))
  .filter((one) => /[^*?\\]/.test(one));
const scope = fc.constantFrom(0, 1);
const plain = fc.record({
  text: words,
  kind: fc.constantFrom('word' as const, 'part' as const, 'literal' as const),
  scope,
});
const exception = fc.record({
  text: fc.oneof(words, wild),
  kind: fc.constantFrom('word' as const, 'part' as const),
  scope,
  except: fc.constant(true),
});

function placesIn(terms: readonly Term[], of: string): Place[] {
  const places: Place[] = [];
  searchWords(buildAutomaton(terms), of, (term, from, to) => void places.push({ term, from, to }));
  return places;
}

/** As they are told: by their end, a literal once. */
function expected(terms: readonly Term[], of: string): readonly Place[] {
  const sorted = naivePlaces(terms, of).toSorted((a, b) => a.to - b.to || a.from - b.from || a.term - b.term);
  return sorted.filter(({ term }, at) => {
    const most = terms[term]?.kind === 'literal' ? 1 : MOST_PLACES;
    return sorted.slice(0, at).filter((other) => other.term === term).length < most;
  });
}

/** Of the terms themselves, something in place of their wildcards, and other letters. */
function textOf(terms: readonly Term[]): fc.Arbitrary<string> {
  const filling = fc.string({ unit: letter, maxLength: 3 });
  const filled = terms.map(({ text: term }) => filling.map((fill) => term.replace(/\\?([*?])/g, fill)));
  return fc.array(fc.oneof(text, ...filled), { maxLength: 4 }).map((pieces) => pieces.join('').slice(0, 40));
}

function termsAndText(term: fc.Arbitrary<Term>, maxLength = 8): fc.Arbitrary<readonly [readonly Term[], string]> {
  return fc.array(term, { minLength: 1, maxLength }).chain((terms) => fc.tuple(fc.constant(terms), textOf(terms)));
}

test('finds what a search by trial finds, where that is', () => {
  fc.assert(
    fc.property(termsAndText(plain), ([terms, of]) => {
      expect(placesIn(terms, of)).toEqual(expected(terms, of));
    }),
    { numRuns: 300 },
  );
});

test('does not count what lies inside an exception of the same scope', () => {
  fc.assert(
    fc.property(termsAndText(fc.oneof(plain, exception)), ([terms, of]) => {
      expect(placesIn(terms, of)).toEqual(expected(terms, of));
    }),
    { numRuns: 500 },
  );
});

test('finds the terms of a scope for each that takes it in, but where that one has exceptions', () => {
  const automaton = buildAutomaton([
    { text: 'fish', kind: 'part', scope: 1 },
    { text: 'fishbowl', kind: 'part', except: true, scope: 1 },
    { text: 'goldfish', kind: 'part', except: true, scope: 2 },
    { text: 'bowl', kind: 'part', scope: 3 },
    { text: 'bowl', kind: 'literal' },
  ]);
  const found: string[] = [];
  const takers = new Map([[1, [2, 3]]]);
  const text = 'fishbowl, goldfish';
  searchWords(automaton, text, (_, from, to, scope) => void found.push(`${text.slice(from, to)} ${scope}`), takers);
  expect(found).toEqual(['bowl 0', 'fish 3']);
});

test('finds terms with wildcards where a search by trial finds them', () => {
  const kind = fc.constantFrom('word' as const, 'part' as const);
  fc.assert(
    fc.property(termsAndText(fc.record({ text: wild, kind }), 1), ([terms, of]) => {
      const places = placesIn(terms, of);
      const possible = naivePlaces(terms, of);
      expect(places.length > 0).toBe(possible.length > 0);
      for (const place of places) expect(possible).toContainEqual(place);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['cat', 'a cat, two cats, a bobcat', ['cat']],
  ['cat*', 'a cat, two cats, a bobcat', ['cat', 'cat']],
  ['*cat', 'a cat, two cats, a bobcat', ['cat', 'cat']],
  ['free nitro', 'freenitro, free \n nitro', ['free \n nitro']],
  ['f?ck', 'f😀ck f ck fck', ['f😀ck']],
  ['c++', 'c++11, c+', ['c++']],
  ['字典', '查字典吧', ['字典']],
  ['กา', 'นกกาบิน', ['กา']],
  ['naïve', 'naïvely, naïve', ['naïve']],
  ['really\\?', 'really! really?', ['really?']],
])('takes %s as a whole word', (word, of, found) => {
  expect(placesIn([{ text: word, kind: 'word' }], of).map(({ from, to }) => of.slice(from, to))).toEqual(found);
});

test('lets a wildcard reach no further than a word and twenty letters', () => {
  const terms: Term[] = [{ text: 'ab*cd', kind: 'part' }];
  expect(placesIn(terms, `ab${'x'.repeat(20)}cd`)).toHaveLength(1);
  expect(placesIn(terms, `ab${'x'.repeat(21)}cd`)).toHaveLength(0);
  expect(placesIn(terms, 'ab cd')).toHaveLength(0);
});

test('allows what stands in a longer exception, and nothing beside it', () => {
  const terms: Term[] = [
    { text: 'ass', kind: 'part' },
    { text: 'class*', kind: 'word', except: true },
  ];
  expect(placesIn(terms, 'classes, class; pass')).toEqual([{ term: 0, from: 17, to: 20 }]);
  expect(placesIn(terms, 'class.ass')).toEqual([{ term: 0, from: 6, to: 9 }]);
  const inner: Term[] = [
    { text: 'xb', kind: 'part' },
    { text: 'a*b', kind: 'part', except: true },
  ];
  expect(placesIn(inner, 'axbxb xb')).toEqual([{ term: 0, from: 6, to: 8 }]);
});

test('is bounded where texts and terms are made to keep it busy', () => {
  const terms = Array.from({ length: 99 }, (_, at): Term => ({ text: `aa*aa*aa*b${at}`, kind: 'part' }));
  const many = Array.from({ length: 98 }, (_, at): Term => ({ text: 'a'.repeat(at + 2), kind: 'part' }));
  const places = placesIn([...terms, ...many], 'a'.repeat(4_000));
  expect(places).toHaveLength(many.length * MOST_PLACES);
});

test('finds nothing without terms, and stops when it is told to', () => {
  expect(placesIn([], 'anything')).toEqual([]);
  const automaton = buildAutomaton([
    { text: 'a', kind: 'literal' },
    { text: 'b', kind: 'literal' },
  ]);
  const seen: number[] = [];
  searchWords(automaton, 'ab', (term) => seen.push(term) > 0);
  expect(seen).toEqual([0]);
});

test('refuses terms without letters, more letters than there is memory for, and arrays that are no automaton', () => {
  expect(() => buildAutomaton([{ text: '*?', kind: 'word' }])).toThrow(TermsError);
  const long = Array.from({ length: 26 }, (_, at): Term => ({ text: `${at}-${'x'.repeat(100_000)}`, kind: 'part' }));
  expect(() => buildAutomaton(long)).toThrow(/letters in all/);
  expect(() => searchWords(new Int32Array(100), 'text', () => false)).toThrow(TermsError);
});

test('is put into memory that threads share where it is asked to', () => {
  const automaton = buildAutomaton(
    [{ text: 'ab', kind: 'part' }],
    (length) => new Int32Array(new SharedArrayBuffer(length * 4)),
  );
  expect(automaton.buffer).toBeInstanceOf(SharedArrayBuffer);
  const seen: number[] = [];
  searchWords(new Int32Array(automaton.buffer), 'xab', (_, from) => seen.push(from) > 9);
  expect(seen).toEqual([1]);
});
