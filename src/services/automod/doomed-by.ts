import type { Context } from '../../context.ts';
import { boundBy } from './bound.ts';
import type { Claims } from './claims.ts';
import type { Deed } from './deed.ts';
import type { Doomed } from './doomed.ts';
import type { Copy } from './flood.ts';
import type { Trip } from './late.ts';
import { planOf } from './plan.ts';
import type { Placed } from './rate.ts';

/** Of a flood that goes on and on, what was deleted first is not in the window any more. */
const MOST_DOOMED = 4_096;

/** What is to be deleted that is not known to be gone: the message, and what belongs to it where a rule wants that. */
export async function doomedBy(
  { message, trips, claims, verdict, observed }: Deed,
  language: string,
  context: Context,
): Promise<Doomed> {
  const places = new Map<string, Placed>();
  const names: string[] = [];
  for (const trip of observed ? [] : trips) {
    const { removes } = planOf([trip.rule]);
    if (removes === 'nothing') continue;
    names.push(trip.rule.name);
    places.set(message.id, message);
    if (removes !== 'copies') continue;
    for (const { channel, id } of trip.fast) places.set(id, { channel, id });
    const like = trip.flood ? unseenTo(trip.flood, claims) : context.automod.late.copiesOf(message, verdict);
    for (const { channel, id } of await boundOf(trip, like, context)) places.set(id, { channel, id });
  }
  const why = context.i18n.t('automod.reason', { rules: names.join(', '), count: 1 }, language).slice(0, 400);
  return { message, why, places: [...places.values()].filter(({ id }) => !context.deletions.isGone(id)) };
}

async function boundOf({ rule, flood }: Trip, like: readonly Copy[], context: Context): Promise<readonly Copy[]> {
  try {
    return await boundBy(rule, like, context);
  } catch (error) {
    for (const { id } of like) flood?.flood.doomed.delete(id); // it is asked again
    throw error;
  }
}

/** Copies that nobody sees to; from now on somebody does. */
function unseenTo({ flood, copies }: NonNullable<Trip['flood']>, claims: Claims): readonly Copy[] {
  const { doomed } = flood;
  const unseen = copies.filter(({ id }) => !doomed.has(id));
  for (const { id } of unseen) doomed.add(id);
  claims.add(() => {
    for (const { id } of unseen) doomed.delete(id);
  });
  for (const id of doomed) {
    if (doomed.size <= MOST_DOOMED) break;
    doomed.delete(id);
  }
  return unseen;
}
