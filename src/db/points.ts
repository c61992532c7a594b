import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';

interface Whose {
  readonly guild: string;
  readonly target: string;
}

/** The points somebody has from cases that count, made since then. */
export async function sumPoints(db: ISql, { guild, target }: Whose, since: Date): Promise<number> {
  const [row] = await db<{ points: number }[]>`
    select coalesce(sum(points), 0)::int as points from cases
    where guild_id = ${guild} and target_id = ${target} and state = 'done' and created_at > ${since}`;
  return row?.points ?? 0;
}

/**
 * The same for what follows from them. Whoever else counts theirs waits until the transaction
 * ends, so that of several who add some each sees what the others added.
 */
export async function countPoints(tx: Tx, { guild, target }: Whose, since: Date): Promise<number> {
  await tx`select pg_advisory_xact_lock(hashtextextended(${`points ${guild} ${target}`}, 0))`;
  return await sumPoints(tx, { guild, target }, since);
}

/** Whether somebody is in a timeout, as far as is known here, that ends after this moment. */
export async function isTimedOutBeyond(tx: Tx, { guild, target }: Whose, until: Date): Promise<boolean> {
  const found = await tx`
    select 1 from cases
    where guild_id = ${guild} and target_id = ${target} and type = 'timeout' and state = 'done' and ended_at is null
      and until > ${until}
    limit 1`;
  return found.length > 0;
}
