import type { Context } from '../../context.ts';
import { findMessages } from '../../db/archive-search.ts';
import { likeWord } from '../../db/like-words.ts';
import { hasTrigrams } from '../../db/trigrams.ts';
import type { SoughtMessages } from './search-archive.ts';

/** Shorter ones are like too many others. */
const SHORTEST = 4;
const MOST_WORDS = 3;
const WORD = /^\p{L}+$/u;

export interface Nearly {
  readonly sought: SoughtMessages;
  /** What was written, and the word in its place. */
  readonly changed: readonly (readonly [typed: string, found: string])[];
}

/**
 * The same with other words where a word comes up nowhere and one that is spelled nearly the same does; nothing where there is none. Only channels
 * that may be read are looked through, so that no word tells of another.
 */
export async function nearly(
  sought: SoughtMessages,
  channels: readonly string[],
  { db }: Pick<Context, 'db'>,
): Promise<Nearly | undefined> {
  if (!(await hasTrigrams(db))) return undefined;
  const changed = new Map<string, string>();
  const words = sought.terms
    .flat()
    .filter(({ words, not, begins }) => !not && !begins && words.length >= SHORTEST && WORD.test(words));
  for (const term of words.slice(0, MOST_WORDS)) {
    const alone = { ...sought, terms: [[term]] };
    if ((await findMessages(db, alone, { channels, limit: 1 })).length > 0) continue;
    const like = await likeWord(db, term.words.toLowerCase(), { ...sought, terms: [] }, channels);
    if (like !== undefined) changed.set(term.words, like);
  }
  if (changed.size === 0) return undefined;
  const terms = sought.terms.map((group) =>
    group.map((term) => ({ ...term, words: (term.not ? undefined : changed.get(term.words)) ?? term.words })),
  );
  return { sought: { ...sought, terms }, changed: [...changed] };
}
