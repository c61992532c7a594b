import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Shape, shapeOf } from '../../../src/workers/text/shape.ts';

const ID = '123456789012345678';
const OTHER = '223456789012345678';
const SHAPES: readonly (readonly [string, Partial<Shape>])[] = [
  ['', { length: 0, lines: 1, cased: 0, capitals: 0, repeats: 0, emoji: 0, spoilers: 0, zalgo: false }],
  ['Hi ALL', { length: 6, cased: 5, capitals: 4 }],
  ['ПРИВЕТ всем', { cased: 10, capitals: 6 }],
  ['日本語 text', { cased: 4, capitals: 0 }],
  ['see https://EXAMPLE.COM/ABC <:PEPE:123456789012345678> ok', { cased: 5, capitals: 0 }],
  ['a\nb\r\nc\rd', { lines: 4 }],
  ['😀a', { length: 2, emoji: 1 }],
  ['👩‍👩‍👧‍👦 👍🏽 🇩🇪🇫🇷 1️⃣ ❤️ <a:wave:123456789012345678>', { emoji: 7 }],
  ['© 2026, 5 # * ™ ✓', { emoji: 0 }],
  ['aaaaAAAA', { repeats: 8 }],
  ['wow!!!!!', { repeats: 5 }],
  ['no No NO no', { repeats: 4 }],
  ['🎉🎉🎉', { repeats: 3 }],
  [`<:a1:${ID}><:a1:${ID}> <:a1:${ID}>`, { repeats: 3 }],
  ['----------\n==========\n--- --- ---', { repeats: 0 }],
  ['| a | a | b |', { repeats: 1 }],
  ['||one|| and ||two|| `||not||`', { spoilers: 2 }],
  [`<@${ID}> <@!${ID}> <@${OTHER}> <@&${ID}>`, { users: 2, roles: 1, everyone: false }],
  [`\`<@${ID}>\` \`\`\`<@&${ID}> @everyone\`\`\``, { users: 0, roles: 0, everyone: false }],
  ['hey @here', { everyone: true }],
  ['`` a ` @everyone ``', { everyone: false }],
  ['` @everyone', { everyone: true }],
  ['h\u0337\u0321\u0316e\u0334\u0322\u0317y', { zalgo: true }],
  ['thứ ba, Người Việt Nam e\u0302\u0301', { zalgo: false }],
  ['h\u0300\u0316\u0301\u0317e\u0302\u0316\u0303\u0317y', { zalgo: true }],
  ['\u1fa7 \u03c9\u0314\u0342\u0345 \u03b1\u0314\u0301\u0345', { zalgo: false }],
  ['ก็็็็็', { zalgo: true }],
  ['สวัสดีครับ ที่นี่', { zalgo: false }],
  ['مُحَمَّدٌ', { zalgo: false }],
  ['בְּרֵאשִׁ֖ית', { zalgo: false }],
];

describe('the shape of a message', () => {
  test.each(SHAPES)('%j', (text, shape) => {
    expect(shapeOf(text)).toMatchObject(shape);
  });
});

test('is never more than the message holds', () => {
  const parts = fc.constantFrom('`', '``', '||', '<@', `<@${ID}>`, 'A', '\u0301', '\n', ' ', '😀', '\ud800', '\u200d');
  fc.assert(
    fc.property(fc.string({ unit: parts, maxLength: 80 }), (text) => {
      const { length, lines, cased, capitals, repeats, emoji, spoilers, users } = shapeOf(text);
      expect(capitals).toBeLessThanOrEqual(cased);
      expect(Math.max(cased, lines - 1, repeats, emoji, spoilers, users)).toBeLessThanOrEqual(length);
      expect(length).toBe(Array.from(text).length);
    }),
  );
});

test('a hundred thousand marks that never close are looked at once each', () => {
  for (const piece of ['`', '`a``', '||', '<@', '<:a:', 'a\u0301\u0301', '\u200d']) {
    expect(shapeOf(piece.repeat(100_000)).length).toBe(20_000);
  }
});
