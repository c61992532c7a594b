import type { Context } from '../../context.ts';
import { keepAnswer, readKeptAnswer } from '../../db/http-cache.ts';
import type { HttpCache } from '../../lib/http-cache.ts';

/** The cache of the I/O thread, in the database. Without the database every answer is asked for anew. */
export function keptAnswers({ db, log, now }: Pick<Context, 'db' | 'log' | 'now'>): HttpCache {
  return {
    get: async (key) => {
      try {
        return await readKeptAnswer(db, key);
      } catch (error) {
        log.debug({ error }, 'what was kept of an answer could not be read');
        return undefined;
      }
    },
    put: (key, kept) => {
      keepAnswer(db, key, kept, now()).catch((error: unknown) => {
        log.debug({ error }, 'an answer could not be kept');
      });
    },
  };
}
