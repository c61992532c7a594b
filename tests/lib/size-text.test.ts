import { expect, test } from 'vitest';
import { createI18n } from '../../src/lib/i18n.ts';
import { sizeText } from '../../src/lib/size-text.ts';
import { render, size } from '../../src/services/answers/words.ts';

test.each([
  [0, '0 B', '0 B'],
  [999, '999 B', '999 B'],
  [1_000, '1.0 KB', '1,0 KB'],
  [1_250_000, '1.3 MB', '1,3 MB'],
  [123_456_789_000, '123.5 GB', '123,5 GB'],
])('%d bytes are said in the way of the language', (bytes, english, german) => {
  expect(sizeText(bytes)).toBe(english);
  expect(sizeText(bytes, 'de')).toBe(german);
  expect(sizeText(bytes, 'es')).toBe(german);
});

test('a size is said as its reader writes numbers', () => {
  const i18n = createI18n();
  expect(render(size(1_500_000), { i18n, locale: 'en-GB' })).toBe('1.5 MB');
  expect(render(size(1_500_000), { i18n, locale: 'de' })).toBe('1,5 MB');
  expect(render(size(1_500_000), { i18n, locale: 'es-ES' })).toBe('1,5 MB');
});
