import type { JSONValue } from 'postgres';
import type { Case } from './cases.ts';
import type { Tx } from './connect.ts';

/** What ends the effect of a case: a type, with this in its data. */
export interface Ender {
  readonly type: string;
  readonly same: JSONValue;
}

/** Whether something that ends the effect of a case was ordered after this time, and is done. */
export async function wasEndedSince(
  tx: Tx,
  { guild, target }: Pick<Case, 'guild' | 'target'>,
  { type, same }: Ender,
  since: Date,
): Promise<boolean> {
  const found = await tx`
    select from cases
    where guild_id = ${guild} and target_id = ${target} and type = ${type} and data @> ${tx.json(same)}
      and state = 'done' and created_at > ${since}
    limit 1`;
  return found.count > 0;
}

/** Whether something that will end the effect of a case, when it is done, is ordered. */
export async function isToBeEnded(
  tx: Tx,
  { guild, target }: Pick<Case, 'guild' | 'target'>,
  { type, same }: Ender,
): Promise<boolean> {
  const found = await tx`
    select from cases
    where guild_id = ${guild} and target_id = ${target} and type = ${type} and data @> ${tx.json(same)}
      and state = 'pending'
    limit 1`;
  return found.count > 0;
}
