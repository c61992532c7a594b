import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Span } from '../../../src/db/automod-alerts.ts';
import { highlighted } from '../../../src/services/automod/highlight.ts';

const shown = (text: string, ...spans: Span[]) => highlighted(text, spans).markup;

test('what was found is bold and underlined, what touches as one, and nothing of the author’s own markdown counts', () => {
  expect(shown('see *bad* words', [4, 9])).toBe('>>> see **__\\*bad\\*__** words');
  expect(shown('abcdef', [0, 2], [2, 4], [1, 3])).toBe('>>> **__abcd__**ef');
  expect(shown('a bad\nword here', [1, 10])).toBe('>>> a **__bad__**\n**__word__** here');
  expect(shown('> # -# <@123> ||x|| https://a.example', [0, 0])).toBe(
    '>>> \\> # -# \\<@123\\> \\|\\|x\\|\\| https:\\//a.example',
  );
});

test('of what is long the part around the first place is shown, no character cut in half, no lone surrogate left', () => {
  const text = `${'x'.repeat(2_000)}bad${'y'.repeat(2_000)}`;
  const long = shown(text, [2_000, 2_003]);
  expect(long).toMatch(/^>>> …x+\*\*__bad__\*\*y+…$/);
  expect(long.length).toBeLessThan(1_300);
  expect(shown('\ud800 bad', [2, 5])).toBe('>>> \ufffd **__bad__**');
  expect(shown('a\u{10000}b', [2, 3])).toBe('>>> a**__\u{10000}__**b');
  expect(shown('a\u{10000}b', [1, 2])).toBe('>>> a**__\u{10000}__**b');
});

test('whatever is written and wherever something is found, it fits and loses none of its letters', () => {
  const places = fc.array(fc.tuple(fc.integer({ min: -5, max: 400 }), fc.integer({ min: -5, max: 400 })), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 150 }), places, (text, spans) => {
      const { markup } = highlighted(text, spans as Span[]);
      expect(markup.isWellFormed()).toBe(true);
      expect(markup.length).toBeLessThan(2_000);
      const letters = (some: string) => some.replaceAll(/[^\p{L}\p{N}]/gu, '');
      expect(letters(markup)).toBe(letters(text.toWellFormed()));
    }),
  );
});
