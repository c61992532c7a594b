import type { Sql } from 'postgres';
import type { Tx } from './connect.ts';

/** A pattern as one server wrote it. */
export interface ServerPattern {
  readonly guild: string;
  readonly source: string;
  readonly ignoreCase: boolean;
}

export interface Quarantined extends ServerPattern {
  readonly id: string;
  readonly at: Date;
}

/** Counts that a pattern took too long, and says how often it has; the row is held until the transaction ends. */
export async function countOverrun(tx: Tx, { guild, source, ignoreCase }: ServerPattern, now: Date): Promise<number> {
  const [row] = await tx<{ overruns: number }[]>`
    insert into slow_patterns (guild_id, source, ignore_case, overruns, last_at)
    values (${guild}, ${source}, ${ignoreCase}, 1, ${now})
    on conflict (guild_id, ignore_case, md5(source))
    do update set overruns = slow_patterns.overruns + 1, last_at = excluded.last_at
    returning overruns`;
  return row?.overruns ?? 0;
}

/** Takes a pattern out of use; false when it was already. */
export async function quarantine(tx: Tx, { guild, source, ignoreCase }: ServerPattern, now: Date): Promise<boolean> {
  const taken = await tx`
    update slow_patterns set quarantined_at = ${now}
    where guild_id = ${guild} and ignore_case = ${ignoreCase} and source = ${source} and quarantined_at is null`;
  return taken.count > 0;
}

/** All that are out of use, of every server. */
export async function quarantinedPatterns(db: Sql): Promise<readonly Quarantined[]> {
  return db<Quarantined[]>`
    select id::text as id, guild_id::text as guild, source, ignore_case as "ignoreCase", quarantined_at as at
    from slow_patterns where quarantined_at is not null order by slow_patterns.id`;
}

/** Forgets what is known of a pattern; false when nothing was. */
export async function forgetPattern(tx: Tx, { guild, source, ignoreCase }: ServerPattern): Promise<boolean> {
  const deleted = await tx`
    delete from slow_patterns
    where guild_id = ${guild} and ignore_case = ${ignoreCase} and md5(source) = md5(${source}) and source = ${source}`;
  return deleted.count > 0;
}
