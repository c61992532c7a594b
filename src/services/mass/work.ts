import type { Context } from '../../context.ts';
import { isBraked } from '../../db/brakes.ts';
import { findRun, type MassItem, type MassRun, openItems } from '../../db/mass-runs.ts';
import { delay } from '../../lib/deadline.ts';
import { mention, type Said, t } from '../answers/words.ts';
import { refusalOf } from '../moderation/refusal.ts';
import { withoutBanned } from './banned-before.ts';
import { BULK, banInBulk, bulkFits } from './bulk-ban.ts';
import { whyNotAnyMore } from './may-go-on.ts';
import { AT_ONCE, doEach, isBegun, PAUSE_MS } from './members.ts';
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
    if (now?.state !== 'running' || now.why !== null) return { kind: 'gone' };
    const began = performance.now();
    const batch = await nextBatch(now, context, signal);
    if (batch === 'none') return { kind: 'over', why: undefined };
    if (batch.stops) return { kind: 'over', why: batch.stops };
    await progress.show();
    await delay(Math.max(0, batch.pauseMs - (performance.now() - began)), { signal });
  }
  return { kind: 'more' };
}

interface Batch {
  /** What stands in the way of all that is left. */
  readonly stops: Said | undefined;
  /** From the beginning of this batch to that of the next, at least. */
  readonly pauseMs: number;
}

async function nextBatch(run: MassRun, context: Context, signal: AbortSignal): Promise<Batch | 'none'> {
  const items = await openItems(context.db, run.id, run.kind === 'purge' ? CHUNK : BULK);
  if (items.length === 0) return 'none';
  try {
    // What has begun is done whatever is said, and so waited for: the list is to tell of it.
    const begun = items.filter(isBegun);
    if (begun.length > 0) return await doThese(run, begun, context, signal);
    const way = await wayOf(run, items, context);
    const stops = await whatStops(run, way, context);
    return stops ? { stops, pauseMs: 0 } : await carryOut(run, items, way, context, signal);
  } catch (error) {
    const stops = refusalOf(error);
    if (stops === undefined) throw error;
    return { stops, pauseMs: 0 };
  }
}

/** How the next of these are done: messages deleted, all banned by one request, or a few by a case each. */
type Way = 'delete' | 'bulk' | 'few';

async function wayOf(run: MassRun, items: readonly MassItem[], context: Context): Promise<Way> {
  if (run.kind === 'purge') return 'delete';
  return !items.some(({ alone }) => alone) && (await bulkFits(run, context)) ? 'bulk' : 'few';
}

async function whatStops(run: MassRun, way: Way, context: Context): Promise<Said | undefined> {
  if (run.cancelledBy !== null) return t('mass.cancelled', { who: mention('user', run.cancelledBy) });
  if (await isBraked(context.db, run)) return t('mass.frozen', { who: mention('user', run.actor) });
  return await whyNotAnyMore(run, way === 'few', context);
}

async function carryOut(
  run: MassRun,
  items: readonly MassItem[],
  way: Way,
  context: Context,
  signal: AbortSignal,
): Promise<Batch> {
  if (way === 'few') {
    const single = items.filter(({ alone }) => alone);
    const some = (single.length > 0 ? single : items).slice(0, AT_ONCE);
    return await doThese(run, await withoutBanned(run, some, context, signal), context, signal);
  }
  if (way === 'delete') await deleteSome(run, items, context, signal);
  else await banInBulk(run, items, context, signal);
  return { stops: undefined, pauseMs: 0 }; // Discord's limits set the pace
}

async function doThese(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<Batch> {
  return { stops: await doEach(run, items, context, signal), pauseMs: PAUSE_MS };
}
