import type { Language } from '../../src/lib/languages.ts';
import de from '../../src/locales/de.json' with { type: 'json' };
import en from '../../src/locales/en.json' with { type: 'json' };
import es from '../../src/locales/es.json' with { type: 'json' };

interface Texts {
  readonly [key: string]: string | Texts;
}

/** Every text of each language by its key; the plural forms are keys of their own. */
export const TEXTS: Readonly<Record<Language, ReadonlyMap<string, string>>> = {
  en: new Map(leaves(en)),
  de: new Map(leaves(de)),
  es: new Map(leaves(es)),
};

function leaves(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

/** `{{count, number}}`, and `{reason}`, which a server's own words take. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(text.match(/\{\{[^}]*\}\}|\{[^{}]*\}/g) ?? [])].sort();
}
