import i18next from 'i18next';
import en from '../locales/en.json' with { type: 'json' };

type Texts = { readonly [key: string]: string | Texts };
type Paths<T> = {
  [K in keyof T & string]: T[K] extends string ? WithoutPlural<K> : `${K}.${Paths<T[K]>}`;
}[keyof T & string];
type WithoutPlural<K extends string> = K extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : K;

/** The address of a text in the catalogue, such as `ping.description`; a key that does not exist is a type error. */
export type Key = Paths<typeof en>;
export type Params = Readonly<Record<string, string | number>>;
export type I18n = ReturnType<typeof createI18n>;

/** One line a language; the file is named as Discord names the language, or by its first part to serve all its kinds. */
const CATALOGUES: Readonly<Record<string, Texts>> = { en };

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
    resources: Object.fromEntries(Object.entries(catalogues).map(([name, texts]) => [name, { translation: texts }])),
    fallbackLng: 'en',
    interpolation: { escapeValue: false },
  });
  const translated = DISCORD_LOCALES.filter((locale) => locale in catalogues || firstPart(locale) in catalogues);

  /** The text of `key` in the language asked for, else in English. Parameters are put in as they are, never interpreted. */
  const t = (key: Key, params: Params = {}, locale = 'en'): string =>
    i18n.t(key, {
      lng: locale,
      nest: false,
      replace: params,
      ...(typeof params.count === 'number' && { count: params.count }),
    });

  return {
    t,
    /** For keys that are put together at run time: whether there is such a text. */
    has: (key: string): key is Key => i18n.exists(key),
    /** The languages there are texts in. */
    locales: Object.keys(catalogues),
    /** What Discord shows in other languages than English, by its own language codes: for names and descriptions of commands. */
    localizations: (key: Key): Record<string, string> =>
      Object.fromEntries(
        translated
          .filter((locale) => i18n.exists(key, { lng: locale, fallbackLng: [] }))
          .map((locale) => [locale, t(key, {}, locale)]),
      ),
  };
}

function firstPart(locale: string): string {
  return locale.split('-')[0] ?? locale;
}
