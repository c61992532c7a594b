import { Type } from '@sinclair/typebox';
import { dailyReport } from '../../services/reports/daily.ts';
import { postOf } from '../../services/reports/post.ts';
import { dayPlus } from '../../services/reports/section.ts';
import { dayOf } from '../../services/tally/tally.ts';
import { defineTimer } from '../timer.ts';

/** A server's report of the last day (UTC) that was over when it fell due. One that is half a day late is passed over. */
export default defineTimer({
  payload: Type.Object({}),
  missed: 'skip',
  lateAfterMs: 12 * 3_600_000,
  deadlineMs: 60_000,
  async deliver({ guild, dueAt, send }, context, signal) {
    return await postOf({ guild, what: 'report', dueAt, send }, context, (locale) =>
      dailyReport({ guild: guild ?? '0', day: dayPlus(dayOf(dueAt), -1), locale }, context, signal),
    );
  },
});
