import type { ISql, JSONValue } from 'postgres';
import type { Tx } from './connect.ts';

/** How more of a raid are kept out. */
export type GuardKind = 'pauseInvites' | 'lockdown';

export interface Guard {
  readonly kind: GuardKind;
  /** When it ends by itself. Milliseconds. */
  readonly until: number;
  /** The case of a lockdown. */
  readonly case?: number;
  /** Why it could not be done: words of the catalogue. */
  readonly why?: JSONValue;
  /** Who ended it before its time. */
  readonly endedBy?: string;
}

/** Whether something keeps people out of a server already, for any of its raids. */
export async function isGuarded(db: ISql, guild: string, now: Date): Promise<boolean> {
  const rows = await db`
    select from raids
    where guild_id = ${guild} and (guard ->> 'until')::bigint > ${now.getTime()} and not guard ? 'endedBy' and not guard ? 'why'
    limit 1`;
  return rows.count > 0;
}

/** Keeps what was begun; false where something had been already. */
export async function beginGuard(tx: Tx, raid: string, guard: Guard): Promise<boolean> {
  const begun = await tx`update raids set guard = ${tx.json({ ...guard })} where id = ${raid} and guard is null`;
  return begun.count > 0;
}

/** Keeps who ends it; false where somebody else has. Whoever does so at the same moment waits until the transaction ends. */
export async function endGuard(tx: Tx, raid: string, by: string): Promise<boolean> {
  const ended = await tx`
    update raids set guard = guard || jsonb_build_object('endedBy', ${by}::text)
    where id = ${raid} and guard is not null and not guard ? 'endedBy'`;
  return ended.count > 0;
}
