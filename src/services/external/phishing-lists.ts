import { type Config, phishingLists } from '../../config.ts';
import { LIST_PREFIX } from './external-data.ts';
import type { Source } from './source.ts';

const EVERY_MS = 9 * 60_000;
const DEADLINE_MS = 150_000;

/** The lists of dangerous domains that the operator has named. */
export function listSources(config: Config): readonly Source[] {
  return phishingLists(config).map(({ name, url }) => ({
    name: `${LIST_PREFIX}${name}`,
    url,
    everyMs: EVERY_MS,
    async fetch(known, { io }, signal) {
      const asked = { url, etag: known?.etag ?? null, modified: known?.modified ?? null };
      const answer = await io.errand('domainList', asked, { signal, deadlineMs: DEADLINE_MS });
      return answer.kind === 'same' ? 'same' : answer;
    },
  }));
}
