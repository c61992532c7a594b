import type { ISql } from 'postgres';
import { type Case, caseColumns } from './cases.ts';
import type { Tx } from './connect.ts';

/** What is known here of somebody's ban. */
export interface KnownBan {
  /** It is about to be made or lifted by the bot itself. */
  readonly underWay: boolean;
  /** There is a case by which it lasts. */
  readonly lasting: boolean;
  /** The newest case of it; 0 without one. */
  readonly last: number;
}

export async function knownBan(sql: ISql, guild: string, target: string): Promise<KnownBan> {
  const [row] = await sql<KnownBan[]>`
    select
      exists (
        select from cases
        where guild_id = ${guild} and target_id = ${target} and state = 'pending' and type in ('ban', 'unban', 'softban')
      ) or exists (
        select from mass_items join mass_runs on mass_runs.id = run_id
        where guild_id = ${guild} and target_id = ${target} and state = 'running' and kind in ('ban', 'unban')
          and outcome is null
      ) as "underWay",
      exists (
        select from cases
        where guild_id = ${guild} and target_id = ${target} and type = 'ban' and state = 'done' and ended_at is null
      ) as lasting,
      coalesce((
        select max(number) from cases
        where guild_id = ${guild} and target_id = ${target} and type in ('ban', 'unban', 'softban')
      ), 0) as last`;
  return row ?? { underWay: false, lasting: false, last: 0 };
}

/** An entry of the audit log of a ban that was made or lifted. */
export interface BanEntry extends Pick<Case, 'guild' | 'type' | 'target' | 'actor' | 'actorName' | 'reason'> {
  readonly id: string;
  readonly at: Date;
}

/** Completes the case that was made of it when the log could not be read, if there is one. */
export async function completeUnseen(tx: Tx, entry: BanEntry): Promise<Case | undefined> {
  const { guild, type, target, actor, actorName, reason, id, at } = entry;
  const [one] = await tx<Case[]>`
    update cases set audit_id = ${id}, actor_id = ${actor}, actor_name = ${actorName}, reason = coalesce(reason, ${reason})
    where guild_id = ${guild} and type = ${type} and target_id = ${target} and source = 'discord' and audit_id is null
      and actor_id is null and created_at between ${at}::timestamptz - interval '1 minute' and ${at}::timestamptz + interval '1 minute'
    returning ${caseColumns(tx)}`;
  return one;
}
