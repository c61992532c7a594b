import { languageOf } from '../../languages.ts';
import { DE } from './de.ts';
import { EN } from './en.ts';
import { ES } from './es.ts';
import type { Grammar } from './grammar.ts';

/** How times are said to whoever's Discord is set to `locale`; in English where no other words are known. */
export function grammarOf(locale: string): Grammar {
  return { en: EN, de: DE, es: ES }[languageOf(locale)];
}

/** 'Y' counts years in English and joins in Spanish: which of both it does shows from what stands beside it. */
const both = { y: [{ is: 'unit', unit: 'year' }, { is: 'and' }] } as const;

/** What is read, whoever writes: English, and the words of other languages that mean nothing in it. */
export const READ: Grammar = { ...EN, words: { ...ES.words, ...DE.words, ...EN.words, ...both } };
