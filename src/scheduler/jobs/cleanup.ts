import { deleteOldAfk } from '../../db/afk.ts';
import type { Db } from '../../db/connect.ts';
import { deleteDrafts } from '../../db/drafts.ts';
import { deleteKeptAnswers } from '../../db/http-cache.ts';
import { deleteInspectedFiles, deleteInspections } from '../../db/inspections.ts';
import { deleteJobRuns } from '../../db/jobs.ts';
import { deletePromises } from '../../db/promised-answers.ts';
import { deleteSettingsChanges } from '../../db/settings.ts';
import { deleteDoneTimers } from '../../db/timers.ts';
import { DatabaseAwayError } from '../../lib/errors.ts';
import { defineJob } from '../job.ts';

interface Sweep {
  readonly what: string;
  /** How long a row is kept. */
  readonly days: number;
  readonly drop: (db: Db, before: Date, limit: number) => Promise<number>;
}

/** Kept at most, the latest; each is a few kilobytes. */
const MOST_INSPECTIONS = 100_000;

/** The same, of at most 32 KB each. */
const MOST_ANSWERS = 5_000;

/** What has a date after which nobody needs it, one line each. */
const SWEEPS: readonly Sweep[] = [
  { what: 'job runs', days: 30, drop: deleteJobRuns },
  { what: 'settings changes', days: 365, drop: deleteSettingsChanges },
  { what: 'timers', days: 30, drop: deleteDoneTimers },
  { what: 'inspections', days: 0, drop: (db, now, limit) => deleteInspections(db, now, limit, MOST_INSPECTIONS) },
  { what: 'inspected files', days: 0, drop: deleteInspectedFiles },
  { what: 'kept answers', days: 7, drop: (db, before, limit) => deleteKeptAnswers(db, before, limit, MOST_ANSWERS) },
  { what: 'absences', days: 365, drop: deleteOldAfk },
  { what: 'drafts', days: 1, drop: deleteDrafts },
  { what: 'promised answers', days: 0, drop: deletePromises },
];

/** Rows a statement: few enough that nobody waits for its locks. */
const CHUNK = 1_000;
const DAY_MS = 86_400_000;

/** Deletes what is too old, a little at a time. */
export default defineJob({
  every: '1h',
  jitterMs: 60_000,
  deadlineMs: 10 * 60_000,
  retryOn: [DatabaseAwayError],
  async run({ db, log, now }, signal) {
    for (const { what, days, drop } of SWEEPS) {
      const before = new Date(now().getTime() - days * DAY_MS);
      let deleted = 0;
      for (let more = true; more; ) {
        signal.throwIfAborted();
        const some = await drop(db, before, CHUNK);
        deleted += some;
        more = some === CHUNK;
      }
      if (deleted > 0) log.info({ what, deleted, before }, 'old rows were deleted');
    }
  },
});
