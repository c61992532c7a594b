import { Type } from '@sinclair/typebox';
import type { Context } from '../../context.ts';
import { findRun, type MassRun } from '../../db/mass-runs.ts';
import { type Said, t } from '../../services/answers/words.ts';
import { agreeWithCases } from '../../services/mass/ends.ts';
import { Progress } from '../../services/mass/progress.ts';
import { listOf } from '../../services/mass/report.ts';
import { addTurn, closeRun, tellLog, tellWhoAsked } from '../../services/mass/runs.ts';
import { type Came, work } from '../../services/mass/work.ts';
import { type Delivery, defineTimer } from '../timer.ts';

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
      const came = overBefore(run) ?? (payload.over ? GIVEN_UP : await work(run, progress, context, signal));
      if (came.kind === 'gone') return { kind: 'done' };
      if (came.kind === 'more') return { kind: 'done', also: (within) => addTurn(within, run, context) };
      await context.database.begin((tx, notify) => agreeWithCases({ tx, notify }, run, came.why, context));
      await tell(run, came.why, { progress, send }, context, signal);
      return { kind: 'done', also: (within) => closeRun(within, run, came.why, context) };
    });
  },
  async givenUp({ payload }, context, within) {
    const run = await findRun(within.tx, payload.run);
    if (run?.state !== 'running') return;
    // Nobody waits for hours more for a case that nothing will do.
    const { why } = overBefore(run) ?? GIVEN_UP;
    await agreeWithCases(within, run, why, context);
    if (payload.over) return await closeRun(within, run, why, context);
    await addTurn(within, run, context, { due: new Date(context.now().getTime() + SAY_SO_MS), over: true });
  },
});

/** What stopped a run when it was tried before, and nobody could be told of it: that holds, whatever has changed since. */
function overBefore({ why }: MassRun) {
  if (why === null) return undefined;
  return { kind: 'over', why: why as Said } as const satisfies Came; // as it was stored when it was stopped
}

interface Ways {
  readonly progress: Progress;
  readonly send: Delivery['send'];
}

/** Who, and why, is for the log, or for whoever asked and their like; the channel is told how many. */
async function tell(
  run: MassRun,
  why: Said | undefined,
  { progress, send }: Ways,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const files = [await listOf(run, context)];
  const logged = await tellLog(run, { why, files }, context, signal);
  const shown = await progress.end({ why });
  if (!logged && !shown && run.kind !== 'purge') await tellWhoAsked(run, { why, files }, send, context);
}
