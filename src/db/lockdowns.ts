import type { Sql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';

/** The lockdowns of a server that no unlocking has followed, also such as were given up half-way; the newest first. */
export async function standingLockdowns(db: Sql, guild: string): Promise<readonly Case[]> {
  return await db<Case[]>`
    select ${caseColumns(db)} from cases
    where guild_id = ${guild} and type = 'lockdown' and (state = 'done' or state = 'void' and data ? 'channels')
      and not exists (
        select from cases later
        where later.guild_id = cases.guild_id and later.target_id = cases.target_id and later.number > cases.number
          and later.type in ('unlock', 'lockdown') and later.state = 'done'
      )
    order by number desc`;
}
