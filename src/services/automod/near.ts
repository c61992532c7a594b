import type { Print } from '../../workers/rules/verdict.ts';
import { distance, simhash } from '../../workers/text/simhash.ts';

/** What is compared of two messages: the print of the text, who wrote it, and what is attached. */
export interface Compared {
  readonly author: string;
  readonly print: Print;
  /** What Discord says of each file: as good as its content, and known without fetching it. */
  readonly files: readonly string[];
}

/** Of fewer letters the simhash says little, and people say the same by chance: these are equal or they are not. */
const SHORT = 24;
/** Bits of 64 in which texts differ that are nearly the same. */
export const NEAR = 12;
/** The same of texts whose links lead to the same place. */
const RELATED = 24;
/** What texts without any letters come to, whatever pictures or signs they are made of. */
const NO_LETTERS = [simhash(''), simhash(' ')];

/**
 * Whether two messages are nearly the same: by a file, by where their links lead, or by their text. What is short and has neither
 * is the same only from the same author: several who say "good morning" are no flood.
 */
export function isNear(one: Compared, other: Compared): boolean {
  if (one.files.length > 0 && other.files.length > 0 && one.files.some((file) => other.files.includes(file)))
    return true;
  const [mine, theirs] = [one.print, other.print];
  const sameAuthor = one.author === other.author;
  const apart = distance(mine.text, theirs.text);
  if (leadAlike(mine, theirs) && (sameAuthor || apart <= RELATED)) return true;
  if (mine.letters === 0 || theirs.letters === 0) return false;
  if (saysEnough(mine) && saysEnough(theirs)) return apart <= NEAR;
  return sameAuthor && apart === 0 && mine.letters === theirs.letters;
}

function saysEnough({ text, letters }: Print): boolean {
  return letters >= SHORT && !NO_LETTERS.some((nothing) => distance(nothing, text) === 0);
}

function leadAlike({ links: mine }: Print, { links: theirs }: Print): boolean {
  return mine.length > 0 && mine.length === theirs.length && mine.every((link, at) => link === theirs[at]);
}
