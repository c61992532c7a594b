import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canRuleOut, needsOf } from '../../../src/workers/patterns/literals.ts';
import { Pattern } from '../../../src/workers/patterns/pattern.ts';
import { PatternError } from '../../../src/workers/patterns/problem.ts';

/** As a judge would: a text without the literals is not held against the pattern. */
function isRuledOut(source: string, ignoreCase: boolean, text: string): boolean {
  const small = text.toLowerCase();
  if (!canRuleOut(small)) return false;
  return !needsOf(source, ignoreCase).every((group) => group.some((literal) => small.includes(literal)));
}

const LETTERS = ['a', 'b', 'A', 'B', 's', 'S', 'ſ', 'k', 'K', 'σ', 'ς', 'Σ', 'İ', 'ß', 'ẞ', 'в', 'ᲀ', 'д', '企', '🐧'];

const { pattern } = fc.letrec<{ pattern: string; one: string }>((tie) => ({
  one: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...LETTERS),
    fc.constantFrom(
      '.',
      '\\w',
      '\\s',
      '\\d',
      '[ab]',
      '[^a]',
      '[a-s]',
      '[Sk企]',
      '\\b',
      '^',
      '$',
      '\\x{73}',
      '\\.',
      '\\QaB\\E',
    ),
    fc
      .tuple(tie('one'), fc.constantFrom('*', '+', '?', '{2}', '{1,3}', '{0,1}', '{2,}', '+?'))
      .map(([one, sign]) => `(?:${one})${sign}`),
    fc
      .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?-i:', '(?i)(?:'), tie('pattern'))
      .map(([open, inner]) => `${open}${inner})`),
  ),
  pattern: fc
    .array(fc.array(tie('one'), { maxLength: 4 }), { minLength: 1, maxLength: 3 })
    .map((ways) => ways.map((parts) => parts.join('')).join('|')),
}));
const text = fc.array(fc.constantFrom(...LETTERS, ' ', '.'), { maxLength: 12 }).map((letters) => letters.join(''));

describe('what a text needs for a pattern to match', () => {
  test('never rules out what the engine finds', () => {
    let ruledOut = 0;
    const property = fc.property(
      pattern,
      fc.boolean(),
      fc.array(text, { minLength: 5, maxLength: 5 }),
      (source, ignoreCase, texts) => {
        const engine = compiled(source, ignoreCase);
        for (const one of engine ? texts : []) {
          const out = isRuledOut(source, ignoreCase, one);
          if (out) ruledOut++;
          if (out && engine?.test(one)) return false;
        }
        return true;
      },
    );
    fc.assert(property, { numRuns: 3_000 });
    expect(ruledOut).toBeGreaterThan(1_000);
  });

  test('knows every letter that is one with another, in each of them', () => {
    const cased = [...casedLetters()];
    const all = cased.join(' ');
    for (const letter of cased.filter((one) => one === one.toLowerCase())) {
      const matcher = new Pattern(`\\x{${letter.codePointAt(0)?.toString(16)}}`, true);
      const same = matcher.spans(all, 8).map(({ from, to }) => all.slice(from, to));
      const found = [...same, ...(all.match(new RegExp(`\\u{${letter.codePointAt(0)?.toString(16)}}`, 'giu')) ?? [])];
      // Three of them, so that a letter of ASCII is worth being looked for as well.
      const missed = found.filter((other) => isRuledOut(letter.repeat(3), true, other.repeat(3)));
      expect({ letter, missed }).toEqual({ letter, missed: [] });
    }
  });

  test.for([
    ['free\\s+nitro', [['nitro'], ['free']]],
    ['fr[e3]{2}', [['fre', 'fr3']]],
    ['discord\\.(gg|com/invite)/\\w{2,20}', [['discord.gg/', 'discord.com/invite/']]],
    ['\\b(buy|sell)\\s+\\w+\\s+coins?\\b', [['coin'], ['buy', 'sell']]],
    ['ste+am\\w*\\.(ru|com|gift)', [['ste'], ['eam'], ['.ru', '.com', '.gift']]],
    ['(?<!un)FREE(?=dom)', [['free']]],
    ['(\\w+) \\1', []],
    ['a|\\d', []],
    ['x*', []],
    ['企鵝', [['企鵝']]],
    ['(?i)nitro|\\Qa.b\\E', [['nitro', 'a.b']]],
    ['[', []],
  ] as const)('%s needs %j', ([source, needs]) => {
    expect(needsOf(source, true)).toEqual(needs);
  });

  test('takes a pattern of any length and depth', () => {
    expect(needsOf('('.repeat(1_000) + ')'.repeat(1_000), true)).toEqual([]);
    expect(needsOf(`${'(a|b)'.repeat(199)}cd`, true)[0]).toContain('abbcd');
    expect(needsOf(Array.from({ length: 200 }, (_, at) => `w${at}x`).join('|'), true)).toEqual([]);
  });
});

function compiled(source: string, ignoreCase: boolean): Pattern | undefined {
  try {
    return new Pattern(source, ignoreCase);
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}

function* casedLetters(): Generator<string> {
  for (let point = 0; point < 0x20000; point++) {
    if (point >= 0xd800 && point < 0xe000) continue;
    const letter = String.fromCodePoint(point);
    if (letter.toUpperCase() !== letter || letter.toLowerCase() !== letter) yield letter;
  }
}
