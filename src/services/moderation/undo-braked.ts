import { Value } from '@sinclair/typebox/value';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { type Brake, casesBraked, findBrake, lockBrake, markUndone, replacedBans } from '../../db/brakes.ts';
import { markHeard } from '../../db/cases.ts';
import type { Tx, Within } from '../../db/connect.ts';
import type { Undoing } from './action.ts';
import { actionOf } from './actions.ts';
import { BRAKED_TYPES } from './brake-kinds.ts';
import type { Actor, Case, NewAction } from './moderation.ts';

/** So many cases are looked at in one go, in one transaction. */
const MOST_AT_ONCE = 500;

/**
 * Orders that all be taken back that a brake is about and that can be, each case once, however often and by how many it is
 * asked for. Says how many those are; ask again for what was done since, or was too much for one go.
 */
export async function undoBraked(id: string, by: Actor & { readonly id: string }, context: Context): Promise<number> {
  const { database, db, moderation, settings, i18n } = context;
  const known = await findBrake(db, id);
  if (!known) return 0;
  const { language: locale } = await settings.of(known.guild, 'general');
  return await database.begin(async (tx, notify) => {
    const brake = await lockBrake(tx, id);
    if (!brake) return 0;
    const orders = (await nextUndoable(tx, brake, context.now())).map((one): NewAction => {
      const reason = i18n.t('cases.undo.plain', { number: one.number }, locale);
      return { ...one.undoing, ...whomOf(one), actor: by, reason, source: 'command' };
    });
    const [first] = await moderation.order(orders, { tx, notify });
    if (first !== undefined)
      await tellOnce({ tx, notify }, by, { guild: brake.guild, first, count: orders.length }, context);
    return orders.length;
  });
}

/** The next cases that can be taken back, of one go; what cannot be is passed over, so that it hides nothing that comes after. */
async function nextUndoable(
  tx: Tx,
  brake: Brake,
  now: Date,
): Promise<readonly (Case & { readonly undoing: Undoing })[]> {
  for (let undoneTo = brake.undoneTo; ; ) {
    const cases = await casesBraked(tx, { ...brake, undoneTo }, BRAKED_TYPES, MOST_AT_ONCE);
    const last = cases.at(-1);
    if (!last) return [];
    undoneTo = last.number;
    await markUndone(tx, brake.id, undoneTo);
    const undoable = cases.flatMap((one) => {
      // What is still under way is waited for by what takes it back.
      const undoing = one.endedAt === null ? undoingOf(one) : undefined;
      return undoing ? [{ ...one, undoing }] : [];
    });
    if (undoable.length > 0) return await withEarlier(undoable, { tx, brake, now });
  }
}

/** Who was banned by others before is so again, for the rest of that time, and not set free. */
async function withEarlier<T extends Case & { readonly undoing: Undoing }>(
  cases: readonly T[],
  { tx, brake, now }: { readonly tx: Tx; readonly brake: Brake; readonly now: Date },
): Promise<readonly T[]> {
  const numbers = cases.map(({ number }) => number);
  const replaced = await replacedBans(tx, brake, numbers, now);
  const before = new Map(replaced.map(({ by, until }) => [by, { until: until ?? undefined }]));
  return cases.map((one) => {
    const earlier = before.get(one.number);
    return earlier ? { ...one, undoing: { type: one.type, data: {}, ...earlier } } : one;
  });
}

function whomOf({ guild, target, targetName }: Case) {
  return { guild, target, targetName };
}

/** Whoever pressed is written to once about all that is refused, instead of once about each. */
async function tellOnce(
  within: Within,
  by: Actor & { readonly id: string },
  { guild, first, count }: { readonly guild: string; readonly first: number; readonly count: number },
  { timers, now }: Context,
): Promise<void> {
  const numbers = Array.from({ length: count }, (_, at) => first + at);
  await markHeard(within.tx, guild, numbers);
  const payload = { first, last: first + count - 1 };
  await timers.addWithin(within, { kind: 'brake-undone', owner: by.id, guild, payload, due: now(), zone: 'UTC' });
}

/** What takes a case back, of many at once without asking Discord of each; nothing where it changed nothing, or cannot be taken back. */
export function undoingOf(one: Case): Undoing | undefined {
  const type = actionOf(one)?.undoneBy;
  const opposite = type === undefined ? undefined : actionOf({ type });
  const { had, ...data }: { readonly had?: unknown } = Object(one.data);
  if (type === undefined || !opposite || had === true) return undefined;
  return { type, data: Value.Clean(opposite.data, structuredClone({ ...data, case: one.number })) as JSONValue }; // a part of what was plain data
}
