import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import { lockFresh, type MassItem, type MassRun, markItems, releaseItems, settleItems } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import type { NewAction } from '../moderation/moderation.ts';
import { endOf, keyOf } from './ends.ts';
import { membersSpec } from './spec.ts';

/** As the guide has it: so many at once, then the rest of a second is waited for. */
export const AT_ONCE = 5;
export const PAUSE_MS = 1_000;

/** An item as the order that is its case; a time that it lasts is counted from now. */
export function orderOf(run: MassRun, { target, name }: MassItem, { now }: Pick<Context, 'now'>): NewAction {
  const { reason, durationMs, deleteDays = 0, tell, role } = membersSpec(run);
  return {
    ...{ guild: run.guild, type: run.kind, target, targetName: name === '' ? target : name, reason, source: 'mass' },
    actor: { id: run.actor, name: run.actorName },
    silent: !tell,
    ...(durationMs !== undefined && { until: new Date(now().getTime() + durationMs) }),
    ...(run.kind === 'ban' && { data: { deleteDays } }),
    ...(role !== undefined && { data: { role } }),
  };
}

/**
 * Has each of these be done by its own case, all at once, and waits for how they end. Says what stands in the way
 * of all that are left, if something does.
 */
export async function doEach(
  run: MassRun,
  items: readonly MassItem[],
  context: Context,
  signal: AbortSignal,
): Promise<Said | undefined> {
  const { moderation, db } = context;
  const numbers = await orderEach(run, items, context);
  await Promise.all([...numbers.values()].map((number) => moderation.outcome(run.guild, number, signal)));
  const ends = await Promise.all(
    [...numbers].map(async ([place, number]) => {
      const one = await findCase(db, { guild: run.guild, number });
      return endOf(place, one);
    }),
  );
  await settleItems(db, run.id, ends);
  const stops = STOPPING.find((key) => ends.some(({ why }) => keyOf(why) === key));
  return stops && t(stops);
}

/** What stands in the way of all the others, too: the bot lacks a right, who ordered it has left, Discord takes no more today. */
const STOPPING = [
  'moderation.refused.permissions',
  'moderation.stands.gone',
  'moderation.refused.tooManyBans',
] as const;

/**
 * The number of each item's case, by its place; those that have none yet are ordered together. What another process has taken up
 * meanwhile, since it took this one for dead, is not among them.
 */
async function orderEach(run: MassRun, items: readonly MassItem[], context: Context): Promise<Map<number, number>> {
  const { database, moderation } = context;
  const begun = items.filter(isBegun);
  const numbers = new Map(begun.map((item) => [item.place, item.case ?? 0]));
  const others = items.filter((item) => !isBegun(item));
  if (others.length === 0) return numbers;
  const made = await database.begin(async (tx, notify) => {
    const places = others.map(({ place }) => place);
    const fresh = await lockFresh(tx, run.id, places);
    const own = others.filter(({ place }) => fresh.has(place));
    const ordered = await moderation.order(
      own.map((item) => orderOf(run, item, context)),
      { tx, notify },
    );
    const marks = own.map(({ place }, at) => ({ place, case: ordered[at] ?? 0 }));
    await markItems(tx, run.id, marks);
    const released = await releaseItems(tx, run.id, places);
    const cases = await Promise.all(released.map((item) => findCase(tx, { guild: run.guild, number: item.case })));
    await moderation.release(
      { tx, notify },
      cases.flatMap((one) => one ?? []),
    );
    return [...marks, ...released];
  });
  for (const mark of made) numbers.set(mark.place, mark.case);
  return numbers;
}

/** Whether an item is being done by itself: that is waited for, whatever becomes of the run. */
export function isBegun(item: MassItem): boolean {
  return item.case !== null && !item.held;
}
