import type { Sql } from 'postgres';
import type { Case } from './cases.ts';

/** Roles that somebody would not have any more had a case not taken them: taken by a later one, or given for a time that is over since. */
export async function rolesLostSince(
  db: Sql,
  { guild, target, number, createdAt }: Pick<Case, 'guild' | 'target' | 'number' | 'createdAt'>,
  now: Date,
): Promise<ReadonlySet<string>> {
  const rows = await db<{ role: string }[]>`
    select distinct data ->> 'role' as role from cases
    where guild_id = ${guild} and target_id = ${target} and state = 'done' and (
      -- The end of what was given for a time after the case says nothing of what they had before it.
      (type = 'role-remove' and number > ${number} and source <> 'expiry')
      or (
        type = 'role-add' and number < ${number} and until > ${createdAt} and until <= ${now}
        and (ended_at is null or ended_at >= until)
      )
    )`;
  return new Set(rows.map(({ role }) => role));
}
