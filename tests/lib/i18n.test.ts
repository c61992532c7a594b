import { describe, expect, expectTypeOf, test } from 'vitest';
import { createI18n, type Key } from '../../src/lib/i18n.ts';
import en from '../../src/locales/en.json' with { type: 'json' };

interface Texts {
  readonly [key: string]: string | Texts;
}

/** The bot's keys with texts of the test's own. */
function withTexts(errors: Texts, more: Readonly<Record<string, Texts>> = {}) {
  return createI18n({ en: { errors }, ...more });
}

function leaves(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

describe('a text', () => {
  test('is found by its key, with its parameters put in', () => {
    expect(createI18n().t('errors.failed', { id: 'A1' })).toContain('A1');
  });

  test('of a key that does not exist is a type error', () => {
    expectTypeOf<'errors.failed'>().toExtend<Key>();
    expectTypeOf<'errors.nothing'>().not.toExtend<Key>();
    expectTypeOf<'errors'>().not.toExtend<Key>();
  });

  test('is given in the language asked for, in its relatives, else in English', () => {
    const { t, locales } = withTexts(
      { failed: 'English', busy: 'Busy' },
      { de: { errors: { failed: 'Deutsch' } }, 'pt-BR': { errors: { failed: 'Português' } } },
    );
    expect(locales).toEqual(['en', 'de', 'pt-BR']);
    const spoken = ['en', 'en-GB', 'de', 'de-AT', 'pt-BR', 'pt', 'fr', 'nonsense', ''];
    expect(spoken.map((locale) => t('errors.failed', {}, locale))).toEqual([
      'English',
      'English',
      'Deutsch',
      'Deutsch',
      'Português',
      'English',
      'English',
      'English',
      'English',
    ]);
    expect(t('errors.busy', {}, 'de')).toBe('Busy');
  });

  test('says how many in the words of its language', () => {
    const catalogue = { errors: { failed_one: '{{count}} Fehler', failed_other: '{{count}} Fehlern' } };
    const { t } = createI18n({ en: catalogue });
    expect([1, 2].map((count) => t('errors.failed', { count }))).toEqual(['1 Fehler', '2 Fehlern']);
  });
});

describe('what a stranger wrote', () => {
  test.each([
    '{{id}}',
    '$t(errors.busy)',
    '{{- id}}',
    '$&',
    '$1',
    "$'",
    '$$',
    '<b>&amp;</b>',
    '__proto__',
    '{{count, number}}',
    '\\{{id}}',
  ])('stands in a text as it is: %s', (text) => {
    const { t } = withTexts({ failed: 'before {{name}} {{id}} after', busy: 'BUSY' });
    expect(t('errors.failed', { name: text, id: text })).toBe(`before ${text} ${text} after`);
  });

  test('finds no reference in the text to follow either', () => {
    const { t } = withTexts({ failed: '{{name}}: $t(errors.busy)', busy: 'BUSY' });
    expect(t('errors.failed', { name: 'Ann' })).toBe('Ann: $t(errors.busy)');
  });

  test('cannot pass for an option of the library', () => {
    const { t } = withTexts({ failed: '{{lng}} {{context}} {{defaultValue}} {{replace}} {{ns}}', busy: 'BUSY' });
    const params = { lng: 'de', context: 'male', defaultValue: 'x', replace: 'y', ns: 'z', returnObjects: 'true' };
    expect(t('errors.failed', params)).toBe('de male x y z');
  });
});

describe('for Discord', () => {
  test('a text is given in each language there is, by Discord’s own codes, English apart', () => {
    const { localizations } = withTexts(
      { failed: 'English', busy: 'Busy' },
      { de: { errors: { failed: 'Deutsch' } }, es: { errors: { failed: 'Español' } } },
    );
    expect(localizations('errors.failed')).toEqual({ de: 'Deutsch', 'es-ES': 'Español', 'es-419': 'Español' });
    expect(localizations('errors.busy')).toEqual({});
  });
});

describe('the catalogue', () => {
  test('has no empty text, none with stray braces, and none that refers to another', () => {
    for (const [key, text] of leaves(en)) {
      expect(text.trim(), key).not.toBe('');
      expect(text.replace(/\{\{\w+(?:, \w+)?\}\}/g, ''), key).not.toMatch(/\{\{|\}\}|\$t\(/);
    }
  });
});
