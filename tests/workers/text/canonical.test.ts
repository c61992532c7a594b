import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/workers/text/canonical.ts';

function plain(text: string): string {
  return canonical(text, { leet: false }).text;
}

/** Code points that mean something to the canonicaliser, beside any others. */
const anything = fc.string({ unit: 'binary', maxLength: 200 });
/** Every code point of these, each as likely as any other: what one does is met by what another does. */
const KNOWN = [
  'aZ',
  '09',
  ' .',
  '*_',
  '|~',
  '`%',
  'ая',
  'Αω',
  'את',
  '\u0300\u0345',
  '\u0e01\u0e4e',
  '\u1100\u11ff',
  '\u200b\u202e',
]
  .concat(['\u3131\u318e', '\u{1d400}\u{1d4ff}', '\ufb00\ufdff', '\uff01\uffee', '\u0900\u0970'])
  .map(([first = '', last = '']) => [first.codePointAt(0) ?? 0, last.codePointAt(0) ?? 0] as const);
const pointed = fc.string({
  unit: fc
    .constantFrom(...KNOWN)
    .chain(([first, last]) =>
      fc.integer({ min: Math.min(first, last), max: Math.max(first, last) }).map((code) => String.fromCodePoint(code)),
    ),
  maxLength: 60,
});

describe('is one for all the ways to write a text', () => {
  test.each([
    ['capitals', 'BadWord', 'badword'],
    ['full width', 'ｂａｄｗｏｒｄ', 'badword'],
    ['mathematical alphabets', '𝖇𝖆𝖉𝔀𝓸𝓻𝒹', 'badword'],
    ['circled letters', 'ⓑⓐⓓ', 'bad'],
    ['spaces of no width', 'b\u200ba\u2060d\ufeffword', 'badword'],
    ['soft hyphens and joiners', 'b\u00ada\u200dd', 'bad'],
    ['tags and selectors', 'b\u{e0061}a\ufe0fd', 'bad'],
    ['marks piled up', 'b\u0337\u0321a\u0338\u0327\u033fd\u0315', 'bad'],
    ['kinds of spaces', 'bad\u3000\u2003\n word', 'bad word'],
    ['syllables taken apart', '\u1107\u1161\u1107\u1169', '바보'],
    ['vowels and tones piled up', 'ก็็็็็็็', 'ก็'],
    ['points of Arabic and its stretching', 'كَلِـــمَة', 'كلمة'],
    ['points of Hebrew', 'מִלָּה', 'מלה'],
    ['ends of Greek words', 'ΚΑΚΌΣ κακός', 'κακόσ κακόσ'],
  ])('%s', (_, text, expected) => {
    expect(plain(text)).toBe(expected);
  });

  test.each([
    'über',
    'año',
    'façade',
    'thứ',
    'źdźbło',
    'привет',
    'ёлка',
    'καλημέρα',
    'שלום',
    'ภาษาไทย',
    'हिन्दी',
    '日本語',
    'がぎぐ',
  ])('leaves %s as it is', (word) => {
    expect(plain(word)).toBe(word);
  });
});

describe('for any text', () => {
  test.each([
    ['of anything', anything],
    ['of what it knows', pointed],
  ])('%s, once is enough', (_, texts) => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = plain(text);
        expect(plain(once)).toBe(once);
      }),
      { numRuns: 500 },
    );
  });

  test('knows where each unit comes from', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const { text: form, from } = canonical(text, { leet: false });
        expect(from).toHaveLength(form.length + 1);
        expect(from.at(-1)).toBe(text.length);
        expect([...from].every((place, at) => at === 0 || place >= (from[at - 1] ?? 0))).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('is bounded', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(plain(text).length).toBeLessThanOrEqual(18 * text.length);
      }),
    );
    expect(plain('\ud800\udc00\ud800 \udfff')).toBe('𐀀 ');
    expect(plain(`a${'\u0301'.repeat(4_000)}`)).toBe('á');
    expect(plain('\u0301'.repeat(4_000))).toBe('');
  });
});
