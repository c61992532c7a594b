import pLimit from 'p-limit';
import { countSources, dueSources, postponeSource, type Source } from '../../db/sources.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { checkSource } from '../../services/follows/check.ts';
import { defineJob } from '../job.ts';

/** Asked in one run, the longest due first; what is beyond is due in the next. */
const MOST = 200;
const AT_A_TIME = 8;
const DEADLINE_MS = 20_000;

/** Asks whatever is followed and due for what is new: feeds, and repositories on GitHub. */
export default defineJob({
  every: '2m',
  jitterMs: 5_000,
  deadlineMs: 10 * 60_000,
  retryOn: [DatabaseAwayError],
  async run(context, signal, progress) {
    const { db, now, log } = context;
    const sources = await dueSources(db, now(), MOST);
    if (sources.length === 0) return;
    const repositories = await countSources(db, 'github');
    let githubFrom = 0;
    let asked = 0;
    const check = async (source: Source): Promise<void> => {
      signal.throwIfAborted();
      asked += 1;
      progress(`${asked} of ${sources.length} asked`);
      if (source.kind === 'github' && now().getTime() < githubFrom) {
        return await postponeSource(db, source.id, new Date(githubFrom));
      }
      const checked = await checkSource(source, { repositories, signal, deadlineMs: DEADLINE_MS }, context);
      if (checked.kind === 'not-asked' && source.kind === 'github') {
        githubFrom = Math.max(githubFrom, now().getTime() + checked.waitMs);
      }
      if (checked.kind !== 'same') log.debug({ source: source.id, checked }, 'a source was asked');
    };
    const limit = pLimit(AT_A_TIME);
    const done = await Promise.allSettled(sources.map((source) => limit(check, source)));
    for (const one of done) if (one.status === 'rejected') throw one.reason;
  },
});
