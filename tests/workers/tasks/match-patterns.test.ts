import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import matchPatterns from '../../../src/workers/tasks/match-patterns.ts';

type Input = Parameters<typeof matchPatterns.run>[0];

async function run(input: Input) {
  const outcome = await matchPatterns.run(input);
  if (!outcome.ok) throw new Error(outcome.error.message);
  return outcome.value;
}

const pattern = (source: string, ignoreCase = true) => ({ source, ignoreCase });

async function problemOf(source: string) {
  const { patterns } = await run({ patterns: [pattern(source)], texts: [] });
  const [facts] = patterns;
  return facts?.kind === 'refused' ? facts.problem : undefined;
}

/** What matched, as texts. */
async function found(source: string, text: string, ignoreCase = true) {
  const { patterns, hits } = await run({ patterns: [pattern(source, ignoreCase)], texts: [text], spans: 8 });
  if (patterns[0]?.kind !== 'ready') throw new Error(`refused: ${JSON.stringify(patterns[0])}`);
  return hits.flatMap(({ spans }) => spans.map(({ from, to }) => text.slice(from, to)));
}

describe('what matches is told with its places', () => {
  test.for<[string, string, string[]]>([
    ['fr[e3]+\\s+nitro', 'Get FREE  Nitro, fr33 nitro!', ['FREE  Nitro', 'fr33 nitro']],
    ['(?<!un)fair', 'unfair fair', ['fair']],
    ['(?-i)Penguin', 'penguin Penguin', ['Penguin']],
    ['(?<year>\\d{4})-(?<month>\\d\\d)', 'on 2026-11-26', ['2026-11']],
    ['\\u0416\\u{1F427}', 'ж\u{1f427}', ['ж\u{1f427}']],
    ['\\ud83d\\udc27+', '\u{1f427}\u{1f427}', ['\u{1f427}\u{1f427}']],
    ['\\p{Script=Greek}+', 'a λόγος b', ['λόγος']],
    ['[^]x', '\nx', ['\nx']],
    ['[[:alpha:]\\]]+', '12ab]3', ['ab]']],
    ['a\\/b', 'a/b', ['a/b']],
    ['^$', '', ['']],
    ['\\Qa.b\\E', 'a.b axb', ['a.b']],
    ['[[(]x', '[x (x', ['[x', '(x']],
  ])('%s in %j', async ([source, text, expected]) => {
    expect(await found(source, text)).toEqual(expected);
  });

  test('in UTF-16 units, also behind what is no character', async () => {
    const text = '\ud800\ud83d\udc27é\u0301 x';
    const { hits } = await run({ patterns: [pattern('x')], texts: [text], spans: 1 });
    expect(hits).toEqual([{ text: 0, pattern: 0, spans: [{ from: text.length - 1, to: text.length }] }]);
  });

  test('for several patterns and texts at a time, at most as many as asked for', async () => {
    const { hits, done } = await run({
      patterns: [pattern('a'), pattern('(', true), pattern('B', false)],
      texts: ['aaaa', 'nothing to see', 'AB'],
      spans: 2,
    });
    expect(done).toBe(3);
    expect(hits.map(({ text, pattern: index, spans }) => [text, index, spans.length])).toEqual([
      [0, 0, 2],
      [2, 0, 1],
      [2, 2, 1],
    ]);
  });
});

describe('what cannot be had is refused with its place', () => {
  test.for([
    ['foo(?=bar)', 'lookAhead', 3, '(?='],
    ['foo(?!bar)', 'lookAhead', 3, '(?!'],
    ['\\\\1(a)\\1', 'backReference', 6, '\\1'],
    ['(?<n>a)\\k<n>', 'backReference', 7, '\\k<n>'],
    ['(?P<n>a)(?P=n)', 'backReference', 8, '(?P=n)'],
    ['(?<=(a))b', 'groupInLookBehind', undefined, undefined],
    ['x(?>a)', 'atomicGroup', 1, '(?>'],
    ['x(?#hi)', 'comment', 1, '(?#'],
    ['(a)(?(1)b|c)', 'conditional', 3, '(?('],
    ['a(?R)?b', 'recursion', 1, '(?R'],
    ['(?z)', 'unknownGroup', 0, '(?z'],
    ['a\\(b(c', 'groupNotClosed', 4, '(c'],
    ['a)b', 'groupNotOpened', 1, ')'],
    ['ab[cd', 'classNotClosed', 2, '[cd'],
    ['a[]', 'classEmpty', 1, '[]'],
    ['[z-a]', 'classRange', 1, 'z-a'],
    ['\\p{Klingon}', 'unknownClass', 0, '\\p{Klingon}'],
    ['a\\h', 'unknownEscape', 1, '\\h'],
    ['a\\', 'trailingBackslash', 1, '\\'],
    ['*a', 'nothingToRepeat', 0, '*'],
    ['a**', 'repeatTwice', 1, '**'],
    ['a{2,1}', 'repeatCount', 1, '{2,1}'],
    ['(a{1000}){1000}', 'repeatCount', undefined, '{1000}'],
    ['(?<a>x)(?<a>y)', 'groupNameTwice', undefined, 'a'],
    ['(?<a b>x)', 'groupName', 0, '(?<a b>'],
    ['', 'empty', undefined, undefined],
    ['a*', 'matchesAll', undefined, undefined],
    ['x|', 'matchesAll', undefined, undefined],
    ['a'.repeat(5_000), 'tooLong', undefined, undefined],
    ['[ab]{400}[cd]{400}', 'tooLarge', undefined, undefined],
    [`${'('.repeat(499)}a${')'.repeat(499)}`, 'tooLarge', undefined, undefined],
  ] as const)('%#: $1', async ([source, code, at, what]) => {
    const problem = await problemOf(source);
    expect(problem?.code).toBe(code);
    expect(problem?.at).toBe(at);
    if (what !== undefined) expect(problem?.what).toBe(what);
  });
});

describe('however hostile', () => {
  const AB = Array.from({ length: 4_000 }, (_, at) => 'ab'[(at * at + (at >> 3)) % 2]).join('');

  test.for(['^(a+)+$', '(x*)*y', '(a|a)*b', '(.*a){60}[0-9]', 'a[ab]{300}[c-e]', '(\\p{L}{0,12}){15}[0-9]'])(
    '%s ends in every text',
    async (source) => {
      const texts = ['a'.repeat(4_000), `${'a'.repeat(3_999)}!`, 'x'.repeat(4_000), AB, '\ud800'.repeat(4_000)];
      const { patterns, done } = await run({ patterns: [pattern(source)], texts, spans: 8, budgetMs: 1_000 });
      expect(patterns[0]?.kind).toBe('ready');
      expect(done).toBeGreaterThan(0);
    },
  );

  test('no text is read beyond the time, and what was not read is told', async () => {
    const patterns = Array.from({ length: 40 }, (_, more) => pattern(`a[ab]{${300 + more}}[c-e]`));
    const first = await run({ patterns, texts: [AB, AB], budgetMs: 1 });
    expect(first.done).toBe(1);
    expect(first.skipped.length).toBeGreaterThan(30);
    const texts = [...Array.from({ length: 50 }, () => 'short'), ...Array.from({ length: 50 }, () => AB)];
    const second = await run({ patterns: patterns.slice(0, 5), texts, budgetMs: 100 });
    expect(second.skipped).toEqual([]);
    expect(second.done).toBeLessThan(100);
  });

  test('time in which others have the core is not counted', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => (now += 10_000));
    const { hits, skipped } = await run({ patterns: [pattern('fish')], texts: ['a fish', 'no bird', 'two fish'] });
    vi.restoreAllMocks();
    expect([hits.map(({ text }) => text), skipped]).toEqual([[0, 2], []]);
  });

  test('whatever is written is compiled or refused, never fails', async () => {
    const signs = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '?',
      '*',
      '+',
      '|',
      '\\',
      '^',
      '$',
      '.',
      '-',
      ':',
      '<',
      '=',
      '!',
      'p',
      'Q',
      'E',
      'u',
      'x',
      '0',
      '9',
      ',',
      'a',
      '\ud83d',
      '\u{1f427}',
    );
    const any = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(signs, { maxLength: 30 }).map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(any, async (source) => {
        const { patterns, hits } = await run({
          patterns: [pattern(source)],
          texts: ['a(b)[c]\ud800 \u{1f427}x09'],
          spans: 8,
        });
        expect(patterns).toHaveLength(1);
        for (const { from, to } of hits.flatMap(({ spans }) => spans)) expect(from).toBeLessThanOrEqual(to);
      }),
      { numRuns: 2_000 },
    );
  });

  test('what both know, both match alike', async () => {
    const piece = fc.constantFrom(
      'a',
      'b',
      '[ab]',
      'a?',
      'b+',
      '(?:ab|b)',
      'a{1,3}',
      '(a|ab)',
      '\\d',
      '.',
      '^',
      '$',
      '\\b',
      '(?<!a)',
    );
    const source = fc.array(piece, { minLength: 1, maxLength: 6 }).map((all) => all.join(''));
    const text = fc.array(fc.constantFrom('a', 'b', '1', ' ', '\n'), { maxLength: 12 }).map((all) => all.join(''));
    await fc.assert(
      fc.asyncProperty(source, text, async (written, read) => {
        const { patterns, hits } = await run({ patterns: [pattern(written, false)], texts: [read], spans: 1 });
        if (patterns[0]?.kind !== 'ready') return;
        const native = new RegExp(written).exec(read);
        expect(hits.map(({ spans }) => spans[0])).toEqual(
          native ? [{ from: native.index, to: native.index + native[0].length }] : [],
        );
      }),
      { numRuns: 2_000 },
    );
  });
});
