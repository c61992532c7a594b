import type { Context } from '../../context.ts';
import { endlessCases, forgottenCases, forgottenRuns } from '../../db/forgotten.ts';
import { findRun } from '../../db/mass-runs.ts';
import { addTurn } from './runs.ts';

/** Found in one go; the rest after the next start. */
const MOST = 1_000;
const DEADLINE_MS = 5 * 60_000;

/** Ends what nothing goes on with any more, and says so: what was given up without a word must not stand in the way of what comes after it. */
export function pickUpForgotten(context: Context): void {
  const { inFlight, log } = context;
  const work = () => pickUp(context);
  inFlight.track('what nothing goes on with', work, { deadlineMs: DEADLINE_MS }).catch((error: unknown) => {
    log.warn({ error }, 'what nothing goes on with any more is not all found');
  });
}

async function pickUp(context: Context): Promise<void> {
  const { database, db, moderation, now, log } = context;
  const [pending, endless, runs] = await Promise.all([
    forgottenCases(db, MOST),
    endlessCases(db, MOST),
    forgottenRuns(db, MOST),
  ]);
  for (const one of pending) {
    await database.begin((tx, notify) => moderation.giveUp({ tx, notify }, one));
  }
  for (const one of endless) {
    await database.begin((tx, notify) => moderation.endAt({ tx, notify }, one, now()));
  }
  for (const id of runs) {
    await database.begin(async (tx, notify) => {
      const run = await findRun(tx, id);
      if (run?.state === 'running') await addTurn({ tx, notify }, run, context, { due: now(), over: true });
    });
  }
  const found = { pending: pending.length, endless: endless.length, runs: runs.length };
  if (Object.values(found).some((count) => count > 0)) log.warn(found, 'something was left that nothing went on with');
}
