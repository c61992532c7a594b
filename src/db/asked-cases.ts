import type { ISql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';
import type { Tx } from './connect.ts';

/** Keeps which interaction these cases of a server were asked for with. */
export async function markAsked(tx: Tx, guild: string, numbers: readonly number[], interaction: string): Promise<void> {
  await tx`
    update cases set asked_by = ${interaction} where guild_id = ${guild} and number = any(${[...numbers]}::int[])`;
}

/** The cases that were asked for with an interaction, by number. */
export function casesAskedWith(db: ISql, interaction: string): Promise<readonly Case[]> {
  return db<Case[]>`
    select ${caseColumns(db)} from cases where asked_by = ${interaction} order by guild_id, number`;
}
