import type { JSONValue } from 'postgres';
import { type Case, caseColumns } from './cases.ts';
import type { Db, Tx } from './connect.ts';

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

/** The newest case of this type, with this in its data, whose effect a later case of the same target has ended by taking its place. */
export async function caseEndedBy(
  db: Db,
  { guild, target, number, createdAt }: Pick<Case, 'guild' | 'target' | 'number' | 'createdAt'>,
  { type, same }: Ender,
): Promise<Case | undefined> {
  const [one] = await db<Case[]>`
    select ${caseColumns(db)} from cases
    where guild_id = ${guild} and target_id = ${target} and number < ${number} and type = ${type}
      and data @> ${db.json(same)} and state = 'done' and ended_at >= ${createdAt}
    order by number desc limit 1`;
  return one;
}
