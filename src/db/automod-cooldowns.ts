import type { Db, Tx } from './connect.ts';

/** What a rule has just done, and until when it does not do it again. */
export interface Cooldown {
  readonly key: string;
  readonly until: Date;
}

export async function keepCooldowns(tx: Tx, cooldowns: readonly Cooldown[]): Promise<void> {
  const ordered = cooldowns.toSorted((a, b) => (a.key < b.key ? -1 : 1)); // so that two such transactions never wait for each other
  await tx`
    insert into automod_cooldowns (key, cool_until)
    select * from unnest(${ordered.map(({ key }) => key)}::text[], ${ordered.map(({ until }) => until.toISOString())}::timestamptz[])
    on conflict (key) do update set cool_until = greatest(excluded.cool_until, automod_cooldowns.cool_until)`;
}

/** Those that last, the shortest first; of too many the longest. */
export async function cooldownsAt(db: Db, now: Date, most: number): Promise<readonly Cooldown[]> {
  const rows = await db<Cooldown[]>`
    select key, cool_until as until from automod_cooldowns where cool_until > ${now} order by cool_until desc limit ${most}`;
  return rows.toReversed();
}
