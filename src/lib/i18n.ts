import i18next from 'i18next';
import de from '../locales/de.json' with { type: 'json' };
import en from '../locales/en.json' with { type: 'json' };
import es from '../locales/es.json' with { type: 'json' };
import type { Language } from './languages.ts';
import { optionName } from './option-name.ts';
import { fillTemplate, parseTemplate, type TextTemplate } from './text-template.ts';

type Texts = { readonly [key: string]: string | Texts };
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Paths<T[K]>}`;
}[keyof T & string];
type WithoutPlural<K extends string> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** The address of a text in the catalogue, such as `ping.description`; a key that does not exist is a type error. */
export type Key = Paths<typeof en>;
export type Params = Readonly<Record<string, string | number>>;
export type I18n = ReturnType<typeof createI18n>;

/** One line a language, by the first part of Discord's name of it, so that it serves all its kinds: `es` is for `es-ES` and `es-419`. */
const CATALOGUES: Readonly<Record<Language, Texts>> = { en, de, es };

/** The languages Discord knows, apart from English, which is what every text falls back to. */
const DISCORD_LOCALES =
  'id da de es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko'.split(
    ' ',
  );

/** Every text that people read. `catalogues` stands in for the bot's own languages in tests. */
export function createI18n(catalogues: Readonly<Record<string, Texts>> = CATALOGUES) {
  const i18n = i18next.createInstance();
  void i18n.init({
    initAsync: false,
    resources: Object.fromEntries(
      Object.entries(catalogues).map(([name, texts]) => [name, { translation: withEveryForm(texts, name) }]),
    ),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  const translated = DISCORD_LOCALES.filter((locale) => locale in catalogues || firstPart(locale) in catalogues);

  const spoken = new Map(Object.entries(catalogues).map(([name, texts]) => [name, new Spoken(name, texts)]));
  const english = spoken.get('en') ?? new Spoken('en', {});

  /** The text of `key` in the language asked for, else in English. Parameters are put in as they are, never interpreted. */
  const t = (key: Key, params: Params = {}, locale = 'en'): string => {
    const language = spoken.get(locale) ?? spoken.get(firstPart(locale)) ?? english;
    const { count } = params;
    // What a language lacks is said in English, and counted as that does.
    const form = typeof count === 'number' ? `${key} ${language.form(count)} ${english.form(count)}` : key;
    let template = language.templates.get(form);
    if (!template) {
      const found = i18n.t(key, {
        lng: language.name,
        skipInterpolation: true,
        ...(typeof count === 'number' && { count }),
      });
      template = parseTemplate(found);
      language.templates.set(form, template);
    }
    return fillTemplate(template, params, language.numbers);
  };

  const localizations = (key: string): Record<string, string> =>
    Object.fromEntries(
      translated.flatMap((locale) => {
        const text = spoken.get(locale)?.text(key) ?? spoken.get(firstPart(locale))?.text(key);
        return text === undefined ? [] : [[locale, text]];
      }),
    );

  /** English names are those of the files, so a language has names of its own or these. */
  const ownName = (path: readonly string[], name: string, locale: string): string => {
    const key = [...path, 'name'].join('.');
    return i18n.exists(key, { lng: locale }) ? i18n.t(key, { lng: locale }) : name;
  };

  return {
    t,
    /** For keys that are put together at run time: whether there is such a text. */
    has: (key: string): key is Key => i18n.exists(key),
    /** The languages there are texts in. */
    locales: Object.keys(catalogues),
    /** What Discord shows in other languages than English, by its own language codes: for names and descriptions of commands. */
    localizations,
    /** `config logs` as it is called in a language. */
    commandName: (path: string, locale: string): string =>
      path
        .split(' ')
        .map((name, at, names) => ownName(['commands', ...names.slice(0, at + 1)], name, locale))
        .join(' '),
    /** An option of the command as it is called in a language; `property` is its name in code. */
    optionName: (path: string, property: string, locale: string): string =>
      ownName(['commands', ...path.split(' '), 'options', property], optionName(property), locale),
  };
}

/** A language with its texts as they are asked for: looking them up in the catalogue takes many times as long as filling them in. */
class Spoken {
  readonly name: string;
  readonly numbers: Intl.NumberFormat;
  readonly templates = new Map<string, TextTemplate>();
  readonly #plurals: Intl.PluralRules;
  readonly #texts: Texts;

  constructor(name: string, texts: Texts) {
    this.name = name;
    this.#texts = texts;
    this.numbers = new Intl.NumberFormat(name);
    this.#plurals = new Intl.PluralRules(name);
  }

  /** Which of its forms a text has of so many; none at all may have one of its own. */
  form(count: number): string {
    return count === 0 ? 'zero' : this.#plurals.select(count);
  }

  /** The text as it is written, where the language has one of its own, asked for some thousand times at a start. */
  text(key: string): string | undefined {
    let found: string | Texts | undefined = this.#texts;
    for (const part of key.split('.')) {
      if (typeof found !== 'object' || !Object.hasOwn(found, part)) return undefined;
      found = found[part];
    }
    return typeof found === 'string' ? found : undefined;
  }
}

function firstPart(locale: string): string {
  return locale.split('-')[0] ?? locale;
}

/** Spanish has a form of its own for whole millions. A text that has none is said in the common one, not in English. */
function withEveryForm(
  texts: Texts,
  language: string,
  forms: readonly string[] = new Intl.PluralRules(language).resolvedOptions().pluralCategories,
): Texts {
  const more = Object.keys(texts)
    .filter((key) => key.endsWith('_other'))
    .flatMap((key) => forms.map((form) => [key.replace(/other$/, form), texts[key]] as const));
  const own = Object.entries(texts).map(
    ([key, value]) => [key, typeof value === 'string' ? value : withEveryForm(value, language, forms)] as const,
  );
  return Object.fromEntries(
    [...more, ...own].filter((entry): entry is [string, string | Texts] => entry[1] !== undefined),
  );
}
