import type { ISql, JSONValue } from 'postgres';

/** What is kept of an invitation. Who made it is not: Discord says so as long as it is there. */
export interface KeptInvite {
  readonly uses: number;
  /** 0 is without bounds. */
  readonly maxUses: number;
  /** Milliseconds since 1970; null is never. */
  readonly expiresAt: number | null;
}
export type KeptInvites = Readonly<Record<string, KeptInvite>>;

/** The invitations of a server as they were last looked at; nothing where they never were. */
export async function keptInvites(db: ISql, guild: string): Promise<KeptInvites | undefined> {
  const [row] = await db<{ invites: KeptInvites }[]>`select invites from known_invites where guild_id = ${guild}`;
  return row?.invites;
}

export async function keepInvites(db: ISql, guild: string, invites: KeptInvites, now: Date): Promise<void> {
  const json = db.json(invites as unknown as JSONValue); // plain data
  await db`
    insert into known_invites (guild_id, invites, read_at) values (${guild}, ${json}, ${now})
    on conflict (guild_id) do update set invites = excluded.invites, read_at = excluded.read_at`;
}
