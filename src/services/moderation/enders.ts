import type { JSONValue } from 'postgres';
import { type Case, takeNumbers } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import { type Ender, isToBeEnded, wasEndedSince } from '../../db/ending-cases.ts';
import type { Action } from './action.ts';
import { ACTIONS } from './actions.ts';

type Ended = Pick<Case, 'guild' | 'target' | 'type' | 'data'>;

/** Whether an effect that is heard of late is over already, by something that was ordered after this time. */
export async function isOver({ tx }: Within, one: Ended, since: Date): Promise<boolean> {
  for (const ender of endersOf(one)) {
    if (await wasEndedSince(tx, one, ender, since)) return true;
  }
  return false;
}

/** Whether something else that is under way takes the place of an effect. Nothing else is ordered in that server until the transaction ends. */
export async function isBeingReplaced({ tx }: Within, one: Ended): Promise<boolean> {
  await takeNumbers(tx, one.guild, 0);
  for (const ender of endersOf(one)) {
    if (await isToBeEnded(tx, one, ender)) return true;
  }
  return false;
}

function endersOf(one: Ended): readonly Ender[] {
  return Object.entries(ACTIONS).flatMap(([type, action]) =>
    action.ends?.includes(one.type) ? [{ type, same: sameOf(one, action) }] : [],
  );
}

/** What has to be the same in the data of a case and in that of what ends it. */
export function sameOf({ data }: Pick<Case, 'data'>, { endsSame = [] }: Pick<Action, 'endsSame'>): JSONValue {
  const given = Object.entries(data ?? {}).filter(([key]) => endsSame.includes(key));
  return Object.fromEntries(given);
}
