import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { type Case, findCase } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import { type ItemEnd, type MassRun, openItems, releaseUntried, settleItems, stopRun } from '../../db/mass-runs.ts';
import { asData, type Said, t } from '../answers/words.ts';
import { settleAll } from './settle-all.ts';

/** What a reason begins with that says it was so already. */
const ALREADY = 'moderation.already.';

/** How an item ended, by its case. */
export function endOf(place: number, one: Pick<Case, 'state' | 'voidReason'> | undefined): ItemEnd {
  if (one?.state !== 'void') return { place, outcome: 'done' };
  const why = one.voidReason as JSONValue; // words, which are plain data
  return { place, outcome: keyOf(why).startsWith(ALREADY) ? 'already' : 'refused', why };
}

/** The catalogue's key of words that were stored. */
export function keyOf(why: JSONValue | undefined): string {
  return typeof why === 'object' && why !== null && 'key' in why ? String(why.key) : '';
}

/**
 * Keeps why a run is stopped, and brings its items and cases into agreement: what its cases say became of them, and no case left to
 * be done.
 */
export async function agreeWithCases(
  within: Within,
  run: MassRun,
  why: Said | undefined,
  context: Pick<Context, 'moderation'>,
): Promise<void> {
  const { tx } = within;
  if (why !== undefined) await stopRun(tx, run.id, asData(why));
  const open = await openItems(tx, run.id, Number.MAX_SAFE_INTEGER);
  const held = open.filter((item) => item.held);
  await settleAll(run, held, { kind: 'void', why: why ?? t('mass.outcomes.untried'), told: null }, within, context);
  await releaseUntried(
    tx,
    run.id,
    held.map(({ place }) => place),
  );
  const ends = await Promise.all(
    open.map(async ({ place, case: number, held: untried }) => {
      const one = number === null || untried ? undefined : await findCase(tx, { guild: run.guild, number });
      return one && one.state !== 'pending' ? [endOf(place, one)] : [];
    }),
  );
  await settleItems(tx, run.id, ends.flat());
}
