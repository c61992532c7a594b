import { archivedMonths, startOfMonth } from './archive-months.ts';
import { type MessageFilter, messageFits } from './archive-search.ts';
import type { Db } from './connect.ts';
import { inTransaction } from './transaction.ts';

/** How much of a word has to come up in a text, of 1: less than the extension's own, with which two letters that changed places are too many. */
const LEAST_IN_TEXT = '0.45';
const LEAST_OF_WORD = 0.3;
/** The newest months; who means a word of long ago can write it. */
const MOST_MONTHS = 6;
/** Of each month; a word that stands in none of so many texts with something like it is hardly the one that was meant. */
const MOST_TEXTS = 300;

/** The word of these channels that is most like one that is in none of them; nothing where there is none. */
export async function likeWord(
  db: Db,
  word: string,
  filter: MessageFilter,
  channels: readonly string[],
): Promise<string | undefined> {
  const months = (await archivedMonths(db)).slice(0, MOST_MONTHS);
  return await inTransaction(db, async (tx) => {
    await tx`select set_config('pg_trgm.word_similarity_threshold', ${LEAST_IN_TEXT}, true)`;
    // Reading row by row is what the index is there to save; the planner does not know how dear it is to compare texts.
    await tx`set local enable_seqscan = off`;
    await tx`set local enable_indexscan = off`;
    for (const month of months) {
      const [like] = await tx<{ word: string }[]>`
        select word from (
          select unnest(tsvector_to_array(words)) as word from (
            select words from archived_messages m
            where ${messageFits(tx, filter)} and channel_id = any(${[...channels]}::bigint[]) and body %> ${word}
              and sent_at >= ${startOfMonth(month)} and sent_at < ${startOfMonth(month, 1)}
            limit ${MOST_TEXTS}
          ) texts
        ) there
        where similarity(word, ${word}) >= ${LEAST_OF_WORD}
        group by word order by similarity(word, ${word}) desc, count(*) desc, word limit 1`;
      if (like) return like.word;
    }
    return undefined;
  });
}
