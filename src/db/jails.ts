import type { Sql } from 'postgres';
import type { Case } from './cases.ts';

/** Somebody whom a case keeps in jail, and the role of those there. */
export interface Jailed extends Pick<Case, 'guild' | 'number' | 'target'> {
  readonly role: string | null;
}

/** Who is in the jails of these servers, as far as is known here; of more than `limit` those who came last. */
export function jailedIn(
  db: Sql,
  { guilds, now, limit }: { readonly guilds: readonly string[]; readonly now: Date; readonly limit: number },
): Promise<readonly Jailed[]> {
  return db<Jailed[]>`
    select guild_id::text as guild, number, target_id::text as target, data ->> 'role' as role from cases
    where guild_id = any(${[...guilds]}::bigint[]) and type = 'jail' and state = 'done' and ended_at is null
      and (until is null or until > ${now})
    order by created_at desc limit ${limit}`;
}

/** The case by which somebody is being jailed or let out at this moment. */
export async function pendingJailing(
  db: Sql,
  { guild, target }: Pick<Case, 'guild' | 'target'>,
): Promise<number | undefined> {
  const [row] = await db<{ number: number }[]>`
    select number from cases
    where guild_id = ${guild} and target_id = ${target} and type in ('jail', 'unjail') and state = 'pending'
    order by number limit 1`;
  return row?.number;
}
