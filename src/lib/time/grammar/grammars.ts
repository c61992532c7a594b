import { languageOf } from '../../languages.ts';
import { DE } from './de.ts';
import { EN } from './en.ts';
import type { Grammar } from './grammar.ts';

/** How times are said to whoever's Discord is set to `locale`; in English where no other words are known. */
export function grammarOf(locale: string): Grammar {
  return { en: EN, de: DE }[languageOf(locale)];
}

/** What is read, whoever writes: English, and the words of other languages that mean nothing in it. */
export const READ: Grammar = { ...EN, words: { ...DE.words, ...EN.words } };
