import { Type } from '@sinclair/typebox';
import { findRun } from '../../db/mass-runs.ts';
import { t } from '../../services/answers/words.ts';
import { Progress } from '../../services/mass/progress.ts';
import { listOf } from '../../services/mass/report.ts';
import { addTurn, closeRun, tellLog } from '../../services/mass/runs.ts';
import { type Came, work } from '../../services/mass/work.ts';
import { channelRefusal } from '../../services/timers/channel-refusal.ts';
import { UnsureSentError } from '../../services/timers/find-sent.ts';
import { defineTimer } from '../timer.ts';

/** Before a run that was tried in vain says so. */
const SAY_SO_MS = 300_000;
const GIVEN_UP = { kind: 'over', why: t('mass.givenUp') } as const satisfies Came;

/** Works off what is done to many at once: for some seconds, then it comes again, until nothing is left. */
export default defineTimer({
  payload: Type.Object({
    run: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    /** Whether nothing more is done, but to say so. */
    over: Type.Optional(Type.Boolean()),
  }),
  missed: 'late',
  deadlineMs: 60_000,
  async deliver({ payload, send }, context, signal) {
    const run = await findRun(context.db, payload.run);
    if (run?.state !== 'running') return { kind: 'done' };
    return await context.gateway.lanes.within('timers', async () => {
      const progress = new Progress({ run, send, context });
      const came = payload.over ? GIVEN_UP : await work(run, progress, context, signal);
      if (came.kind === 'gone') return { kind: 'done' };
      if (came.kind === 'more') return { kind: 'done', also: (within) => addTurn(within, run, context) };
      const files = [await listOf(run, context)];
      await tellLog(run, { why: came.why, files }, context, signal).catch((error: unknown) => {
        // A log that is gone keeps no run open.
        if (!channelRefusal(error) && !(error instanceof UnsureSentError)) throw error;
        context.log.info({ error, run: run.id, guild: run.guild }, 'the log could not be told of a run');
      });
      // What was deleted is for those who read the log alone.
      await progress.end({ why: came.why, ...(run.kind !== 'purge' && { files }) });
      return { kind: 'done', also: (within) => closeRun(within, run, came.why, context) };
    });
  },
  async givenUp({ payload }, context, within) {
    const run = await findRun(within.tx, payload.run);
    if (run?.state !== 'running') return;
    if (payload.over) return await closeRun(within, run, GIVEN_UP.why, context);
    await addTurn(within, run, context, { due: new Date(context.now().getTime() + SAY_SO_MS), over: true });
  },
});
