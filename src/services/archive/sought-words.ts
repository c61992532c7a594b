import type { MessageFilter, SoughtTerm } from '../../db/archive-search.ts';
import { UserError } from '../answers/user-error.ts';
import { code } from '../answers/words.ts';

type Terms = MessageFilter['terms'];

const MOST_TERMS = 20;
const PIECES = /(-?)(?:"([^"]*)"|([^\s"]+))/g;
const BEGINNING = /^[\p{L}\p{N}]+\*$/u;

/** Words as search engines on the web take them: all of them, `"a phrase"`, `-not`, `or`, `begin*`. UserError for what makes no sense. */
export function readWords(typed: string): Terms {
  if ((typed.match(/"/g)?.length ?? 0) % 2 === 1) throw new UserError('messageSearch.problems.openQuote');
  const groups: SoughtTerm[][] = [[]];
  for (const [piece, minus, phrase, word = ''] of typed.matchAll(PIECES)) {
    const last = groups.at(-1);
    if (minus === '' && phrase === undefined && word.toLowerCase() === 'or') {
      if (last?.length === 0) throw new UserError('messageSearch.problems.lonelyOr');
      groups.push([]);
      continue;
    }
    if (phrase !== undefined && !hasWord(phrase)) throw new UserError('messageSearch.problems.emptyPhrase');
    // A dash or a smiley between words is nothing to look for.
    if (!hasWord(piece)) continue;
    const begins = phrase === undefined && BEGINNING.test(word);
    last?.push({ words: phrase ?? (begins ? word.slice(0, -1) : word), not: minus === '-', begins });
  }
  return checked(groups, typed);
}

function checked(groups: readonly (readonly SoughtTerm[])[], typed: string): Terms {
  if (groups.length > 1 && groups.at(-1)?.length === 0) throw new UserError('messageSearch.problems.lonelyOr');
  const terms = groups.flat();
  if (terms.length === 0) throw new UserError('messageSearch.problems.noWord', { typed: code(typed) });
  if (terms.length > MOST_TERMS) throw new UserError('messageSearch.problems.tooMany', { count: MOST_TERMS });
  if (groups.some((group) => group.every(({ not }) => not))) throw new UserError('messageSearch.problems.onlyNot');
  return groups;
}

function hasWord(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}
