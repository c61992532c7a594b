import { Type } from '@sinclair/typebox';
import type { Within } from '../../db/connect.ts';
import { addDayCounts } from '../../db/server-days.ts';
import { dailyReport } from '../../services/reports/daily.ts';
import { postOf } from '../../services/reports/post.ts';
import { dayPlus } from '../../services/reports/section.ts';
import { dayOf } from '../../services/tally/tally.ts';
import { defineTimer } from '../timer.ts';

/** How it is kept, beside what was counted of a day, that a server has been given its report. */
const REPORTED = 'reported';

/**
 * A server's report of the last day (UTC) that was over when it fell due. One that is half a day late is passed over, and so
 * is a second one of the same day, as when somebody chooses another time after the first has come.
 */
export default defineTimer({
  payload: Type.Object({}),
  missed: 'skip',
  lateAfterMs: 12 * 3_600_000,
  deadlineMs: 60_000,
  async deliver({ guild, dueAt, send }, context, signal) {
    const day = dayPlus(dayOf(dueAt), -1);
    if (guild !== undefined && (await context.tally.ofDay(guild, day)).has(REPORTED)) return { kind: 'done' };
    return await postOf({ guild, what: 'report', dueAt, send, posted }, context, (locale) =>
      dailyReport({ guild: guild ?? '0', day, locale }, context, signal),
    );

    async function posted({ tx }: Within): Promise<void> {
      if (guild !== undefined) await addDayCounts(tx, [{ guild, day, what: REPORTED, amount: 1 }]);
    }
  },
});
