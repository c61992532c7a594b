import { Value } from '@sinclair/typebox/value';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { casesBraked, findBrake, lockBrake, markUndone } from '../../db/brakes.ts';
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
export async function undoBraked(id: string, by: Actor, context: Context): Promise<number> {
  const { database, db, moderation, settings, i18n } = context;
  const known = await findBrake(db, id);
  if (!known) return 0;
  const { language: locale } = await settings.of(known.guild, 'general');
  return await database.begin(async (tx, notify) => {
    const brake = await lockBrake(tx, id);
    if (!brake) return 0;
    const cases = await casesBraked(tx, brake, BRAKED_TYPES, MOST_AT_ONCE);
    const last = cases.at(-1);
    if (!last) return 0;
    await markUndone(tx, id, last.number);
    const orders: NewAction[] = [];
    for (const one of cases) {
      // What is still under way is waited for by what takes it back.
      const undoing = one.endedAt === null ? undoingOf(one) : undefined;
      if (!undoing) continue;
      const { guild, target, targetName } = one;
      const reason = i18n.t('cases.undo.plain', { number: one.number }, locale);
      orders.push({ ...undoing, guild, target, targetName, actor: by, reason, source: 'command' });
    }
    await moderation.order(orders, { tx, notify });
    return orders.length;
  });
}

/** What takes a case back, of many at once without asking Discord of each; nothing where it changed nothing, or cannot be taken back. */
function undoingOf(one: Case): Undoing | undefined {
  const type = actionOf(one)?.undoneBy;
  const opposite = type === undefined ? undefined : actionOf({ type });
  const { had, ...data }: { readonly had?: unknown } = Object(one.data);
  if (type === undefined || !opposite || had === true) return undefined;
  return { type, data: Value.Clean(opposite.data, structuredClone({ ...data, case: one.number })) as JSONValue }; // a part of what was plain data
}
