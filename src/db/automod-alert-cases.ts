import type { Tx } from './connect.ts';

interface Led {
  /** What an alert is about. */
  readonly group: string;
  readonly guild: string;
  readonly numbers: readonly number[];
}

export async function addAlertCases(tx: Tx, { group, guild, numbers }: Led, at: Date): Promise<void> {
  await tx`
    insert into automod_alert_cases (group_id, number, guild_id, made_at)
    select ${group}::uuid, number, ${guild}::bigint, ${at}::timestamptz from unnest(${[...numbers]}::integer[]) as led (number)`;
}

export async function markPardoned(tx: Tx, { group, numbers }: Omit<Led, 'guild'>): Promise<void> {
  await tx`
    update automod_alert_cases set pardoned = true
    where group_id = ${group} and number = any(${[...numbers]}::integer[])`;
}
