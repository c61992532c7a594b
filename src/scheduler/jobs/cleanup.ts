import { deleteOldAfk } from '../../db/afk.ts';
import { databaseError } from '../../db/away.ts';
import type { Database, Db } from '../../db/connect.ts';
import { deleteDrafts } from '../../db/drafts.ts';
import { deleteKeptAnswers, keptAnswersBeyond } from '../../db/http-cache.ts';
import { deleteInspectedFiles, deleteInspections, inspectionsBeyond } from '../../db/inspections.ts';
import { deleteJobRuns } from '../../db/jobs.ts';
import { deleteEndedVotes } from '../../db/poll-votes.ts';
import { deleteEndedPolls } from '../../db/polls.ts';
import { openPool } from '../../db/pool.ts';
import { deletePromises } from '../../db/promised-answers.ts';
import { deleteDayCounts } from '../../db/server-days.ts';
import { deleteSettingsChanges } from '../../db/settings.ts';
import { deleteSourceItems } from '../../db/source-items.ts';
import { deleteDoneTimers } from '../../db/timers.ts';
import { delay } from '../../lib/deadline.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { inSteps } from '../../lib/steps.ts';
import { defineJob } from '../job.ts';
import { LONGEST_LOCK_MS, type Sweep, sweep } from '../sweep.ts';

/** Kept at most, the latest; each is a few kilobytes. */
const MOST_INSPECTIONS = 100_000;

/** The same, of at most 32 KB each. */
const MOST_ANSWERS = 5_000;

/** What has a date after which nobody needs it, one line each. */
const SWEEPS: readonly Sweep[] = [
  { what: 'job runs', days: 30, drop: deleteJobRuns },
  { what: 'settings changes', days: 365, drop: deleteSettingsChanges },
  { what: 'timers', days: 30, drop: deleteDoneTimers },
  { what: 'inspections', days: 0, beyond: (db) => inspectionsBeyond(db, MOST_INSPECTIONS), drop: deleteInspections },
  { what: 'inspected files', days: 0, drop: deleteInspectedFiles },
  { what: 'absences', days: 365, drop: deleteOldAfk },
  { what: 'kept answers', days: 7, beyond: (db) => keptAnswersBeyond(db, MOST_ANSWERS), drop: deleteKeptAnswers },
  { what: 'daily counts', days: 400, drop: deleteDayCounts },
  // First the votes, of which a poll may have more than can be deleted with it at a time.
  { what: 'votes', days: 90, drop: deleteEndedVotes },
  { what: 'polls', days: 90, drop: deleteEndedPolls },
  { what: 'drafts', days: 1, drop: deleteDrafts },
  { what: 'items of followed sources', days: 60, drop: deleteSourceItems },
  { what: 'promised answers', days: 0, drop: deletePromises },
];

const DAY_MS = 86_400_000;

/** Deletes what is too old, a little at a time. What cannot be deleted keeps nothing else. */
export default defineJob({
  every: '1h',
  jitterMs: 60_000,
  deadlineMs: 10 * 60_000,
  retryOn: [DatabaseAwayError],
  async run({ database, log, now }, signal, progress) {
    await using own = connectionOf(database);
    const clock = () => performance.now();
    const steps = SWEEPS.map((one) => {
      const step = async () => {
        progress(one.what);
        const before = await endOf(one, database.db, now());
        const deleted = await sweep(one, { db: own.db, before, signal, clock, sleep: delay });
        if (deleted > 0) log.info({ what: one.what, deleted, before }, 'old rows were deleted');
      };
      return [one.what, step] as const;
    });
    await inSteps(Object.fromEntries(steps), (error) => signal.aborted || databaseError(error) !== undefined);
  },
});

/** What is older than this goes. */
async function endOf({ days, beyond }: Sweep, db: Db, now: Date): Promise<Date> {
  const old = now.getTime() - days * DAY_MS;
  return new Date(Math.max(old, (await beyond?.(db))?.getTime() ?? old));
}

/** A connection whose statements a server ends before anybody has waited long for what they lock. */
function connectionOf({ kind, address, db }: Database): AsyncDisposable & { readonly db: Db } {
  if (kind === 'embedded') return { db, [Symbol.asyncDispose]: async () => {} };
  const options = { applicationName: 'rockhopper cleanup', connections: 1, statementTimeoutMs: LONGEST_LOCK_MS };
  const own = openPool(address, options);
  return { db: own, [Symbol.asyncDispose]: () => own.end({ timeout: 1 }) };
}
