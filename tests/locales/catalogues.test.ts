import { describe, expect, test } from 'vitest';
import { LANGUAGES } from '../../src/lib/languages.ts';
import { NAMES, SAME } from './same.ts';
import { placeholdersOf, TEXTS } from './texts.ts';

const PLURAL = /_(zero|one|two|few|many|other)$/;
/** A language may name a command, a subcommand or an option; their English names are those of the files. */
const NAME = /^commands\.[\w.]+\.name$/;

const others = LANGUAGES.filter((language) => language !== 'en');
const english = TEXTS.en;

/** The keys a language has to have: English's, with the plural forms of its own. A form for whole millions it may have. */
function expected(language: string): ReadonlySet<string> {
  const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many');
  const keys = [...english.keys()].flatMap((key) =>
    key.endsWith('_one') || key.endsWith('_other') ? forms.map((form) => key.replace(PLURAL, `_${form}`)) : [key],
  );
  return new Set(keys);
}

describe.each(others)('the texts in %s', (language) => {
  const own = TEXTS[language];
  const wanted = expected(language);

  test('are all there, and no others', () => {
    expect(
      [...wanted].filter((key) => !own.has(key)),
      'missing',
    ).toEqual([]);
    const more = [...own.keys()].filter((key) => !wanted.has(key.replace(/_many$/, '_other')));
    expect(
      more.filter((key) => !NAME.test(key)),
      'not in English',
    ).toEqual([]);
  });

  test('take what the English ones take', () => {
    const wrong = [...own].filter(([key, text]) => {
      const model = english.get(key) ?? english.get(key.replace(PLURAL, '_other'));
      return model !== undefined && placeholdersOf(model).join() !== placeholdersOf(text).join();
    });
    expect(wrong).toEqual([]);
  });

  test('keep the markdown of the English ones', () => {
    const marks = (text: string) =>
      `${text.split('**').length} ${text.split('\n').length} ${text.match(/^ */)?.[0].length}`;
    const wrong = [...own].filter(([key, text]) => marks(english.get(key) ?? text) !== marks(text));
    expect(wrong).toEqual([]);
  });

  test('are not left in English', () => {
    const hasWords = (text: string) => /\p{L}{2}/u.test(text.replace(/\{\{[^}]*\}\}/g, ''));
    const left = [...own].filter(([key, text]) => english.get(key) === text && hasWords(text) && !NAMES.has(text));
    expect(left.filter(([, text]) => !SAME[language].has(text))).toEqual([]);
    const found = new Set(left.map(([, text]) => text));
    expect(
      [...SAME[language]].filter((text) => !found.has(text)),
      'not the same any more',
    ).toEqual([]);
  });
});
