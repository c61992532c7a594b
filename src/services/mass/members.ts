import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import { type ItemEnd, type MassItem, type MassRun, markItems, settleItems } from '../../db/mass-runs.ts';
import { type Said, t } from '../answers/words.ts';
import type { NewAction } from '../moderation/moderation.ts';
import { membersSpec } from './spec.ts';

/** As the guide has it: so many at once, then the rest of a second is waited for. */
export const AT_ONCE = 5;
export const PAUSE_MS = 1_000;

/** An item as the order that is its case. */
export function orderOf(run: MassRun, { target, name }: MassItem): NewAction {
  const { reason, until, deleteDays = 0, tell, role } = membersSpec(run);
  return {
    ...{ guild: run.guild, type: run.kind, target, targetName: name === '' ? target : name, reason, source: 'mass' },
    actor: { id: run.actor, name: run.actorName },
    silent: !tell,
    ...(until !== undefined && { until: new Date(until) }),
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
    [...numbers].map(async ([place, number]): Promise<ItemEnd> => {
      const one = await findCase(db, { guild: run.guild, number });
      if (one?.state !== 'void') return { place, outcome: 'done' };
      const why = one.voidReason as JSONValue; // words, which are plain data
      return { place, outcome: keyOf(why).startsWith(ALREADY) ? 'already' : 'refused', why };
    }),
  );
  await settleItems(db, run.id, ends);
  const stops = STOPPING.find((key) => ends.some(({ why }) => keyOf(why) === key));
  return stops && t(stops);
}

/** What stands in the way of all the others, too: the bot lacks a right, or who ordered it has left. */
const STOPPING = ['moderation.refused.permissions', 'moderation.stands.gone'] as const;

/** What such a reason begins with. */
const ALREADY = 'moderation.already.';

function keyOf(why: JSONValue | undefined): string {
  return typeof why === 'object' && why !== null && 'key' in why ? String(why.key) : '';
}

/** The number of each item's case, by its place; those that have none yet are ordered together. */
async function orderEach(run: MassRun, items: readonly MassItem[], { database, moderation }: Context) {
  const fresh = items.filter((item) => item.case === null);
  const known = items.flatMap((item) => (item.case === null ? [] : [[item.place, item.case] as const]));
  if (fresh.length === 0) return new Map(known);
  const made = await database.begin(async (tx, notify) => {
    const orders = fresh.map((item) => orderOf(run, item));
    const numbers = await moderation.order(orders, { tx, notify });
    const marks = fresh.map(({ place }, at) => ({ place, case: numbers[at] ?? 0 }));
    await markItems(tx, run.id, marks);
    return marks.map((mark) => [mark.place, mark.case] as const);
  });
  return new Map([...known, ...made]);
}
