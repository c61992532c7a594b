import { languageOf } from '../../languages.ts';
import { EN } from './en.ts';
import type { Grammar } from './grammar.ts';

/** How times are said to whoever's Discord is set to `locale`; in English where no other words are known. */
export function grammarOf(locale: string): Grammar {
  return { en: EN, de: EN }[languageOf(locale)];
}
