/** The languages that there are texts in. English comes first: every text falls back to it. */
export const LANGUAGES = ['en', 'de', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The language that somebody is answered in whose Discord is set to `locale`: `de` for `de` and `de-AT`, English for all without one. */
export function languageOf(locale: string): Language {
  const first = locale.split('-')[0];
  return LANGUAGES.find((language) => language === locale || language === first) ?? 'en';
}
