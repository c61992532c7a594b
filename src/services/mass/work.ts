import type { Context } from '../../context.ts';
import { isBraked } from '../../db/brakes.ts';
import { findRun, type MassItem, type MassRun, markAlone, openItems } from '../../db/mass-runs.ts';
import { delay } from '../../lib/deadline.ts';
import { mention, type Said, t } from '../answers/words.ts';
import { refusalOf } from '../moderation/refusal.ts';
import { BULK, banInBulk, bulkFits } from './bulk-ban.ts';
import { AT_ONCE, doEach, PAUSE_MS } from './members.ts';
import type { Progress } from './progress.ts';
import { CHUNK, deleteSome } from './purge.ts';

/** So long it works in one go; then it gives its place to what else falls due, and comes again at once. Milliseconds. */
const SLICE_MS = 15_000;

/** How far it came: it goes on, somebody else has ended it, or it is over, with the reason where it was stopped. */
export type Came =
  | { readonly kind: 'more' }
  | { readonly kind: 'gone' }
  | { readonly kind: 'over'; readonly why: Said | undefined };

/** Works a run off, batch by batch. Rejects with what may pass; what stands against the whole run ends it. */
export async function work(run: MassRun, progress: Progress, context: Context, signal: AbortSignal): Promise<Came> {
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until) {
    const now = await findRun(context.db, run.id);
    if (now?.state !== 'running') return { kind: 'gone' };
    if (now.cancelledBy !== null && !(await hasBegun(run, context))) {
      return { kind: 'over', why: t('mass.cancelled', { who: mention('user', now.cancelledBy) }) };
    }
    if ((await isBraked(context.db, now)) && !(await hasBegun(run, context))) {
      return { kind: 'over', why: t('mass.frozen', { who: mention('user', now.actor) }) };
    }
    const began = performance.now();
    const batch = await nextBatch(run, context, signal);
    if (batch === 'none') return { kind: 'over', why: undefined };
    if (batch.lacks) return { kind: 'over', why: batch.lacks };
    await progress.show();
    await delay(Math.max(0, batch.pauseMs - (performance.now() - began)), { signal });
  }
  return { kind: 'more' };
}

/** What has begun is done whatever is said, and so waited for: the list is to tell of it. */
async function hasBegun({ id }: MassRun, { db }: Context): Promise<boolean> {
  return (await openItems(db, id, BULK)).some(isBegun);
}

function isBegun(item: MassItem): boolean {
  return item.case !== null;
}

interface Batch {
  /** What the bot lacks for all that is left. */
  readonly lacks: Said | undefined;
  /** From the beginning of this batch to that of the next, at least. */
  readonly pauseMs: number;
}

async function nextBatch(run: MassRun, context: Context, signal: AbortSignal): Promise<Batch | 'none'> {
  const items = await openItems(context.db, run.id, run.kind === 'purge' ? CHUNK : BULK);
  if (items.length === 0) return 'none';
  try {
    return await carryOut(run, items, context, signal);
  } catch (error) {
    const lacks = refusalOf(error);
    if (lacks === undefined) throw error;
    return { lacks, pauseMs: 0 };
  }
}

async function carryOut(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<Batch> {
  if (run.kind === 'purge') {
    await deleteSome(run, items, context, signal);
    return { lacks: undefined, pauseMs: 0 }; // Discord's limits set the pace
  }
  const begun = items.filter(isBegun);
  const single = items.filter(({ alone }) => alone);
  if (begun.length === 0 && single.length === 0 && bulkFits(run, context)) {
    const left = await banInBulk(run, items, context, signal);
    const places = left.map(({ place }) => place);
    await markAlone(context.db, run.id, places); // tried in the batches to come
    return { lacks: undefined, pauseMs: 0 };
  }
  const next = [begun, single].find(({ length }) => length > 0) ?? items;
  return { lacks: await doEach(run, next.slice(0, AT_ONCE), context, signal), pauseMs: PAUSE_MS };
}
