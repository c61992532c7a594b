import type { ISql } from 'postgres';
import type { Tx } from './connect.ts';

/** Up to which entry a server's audit log has been read; nothing before it is read at all. */
export async function auditSeen(db: ISql, guild: string): Promise<string | undefined> {
  const [row] = await db<{ entry: string }[]>`
    select entry_id::text as entry from audit_seen where guild_id = ${guild}`;
  return row?.entry;
}

/** A server's audit log has been read up to this entry; what was seen beyond it stays seen. */
export async function markAuditSeen(db: ISql, guild: string, entry: string): Promise<void> {
  await db`
    insert into audit_seen (guild_id, entry_id) values (${guild}, ${entry})
    on conflict (guild_id) do update set entry_id = greatest(audit_seen.entry_id, excluded.entry_id)`;
}

/** Whether there is a case of an entry of the audit log. */
export async function hasCaseOf(tx: Tx, guild: string, entry: string): Promise<boolean> {
  const found = await tx`select 1 from cases where guild_id = ${guild} and audit_id = ${entry}`;
  return found.length > 0;
}

/** Of which entry of the audit log a case is. */
export async function setAuditId(tx: Tx, guild: string, number: number, entry: string): Promise<void> {
  await tx`update cases set audit_id = ${entry} where guild_id = ${guild} and number = ${number}`;
}

/** Whether there is a case of a timeout that was set in Discord itself and ends at the same moment. */
export async function hasForeignTimeout(
  tx: Tx,
  { guild, target, until }: { readonly guild: string; readonly target: string; readonly until: Date },
): Promise<boolean> {
  const found = await tx`
    select 1 from cases
    where guild_id = ${guild} and target_id = ${target} and type = 'timeout' and source = 'discord' and ended_at is null
      and until between ${until}::timestamptz - interval '1 second' and ${until}::timestamptz + interval '1 second'
    limit 1`;
  return found.length > 0;
}
