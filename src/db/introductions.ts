import type { ISql } from 'postgres';

/** Notes that the bot introduces itself to a server for its having come at that moment; false where it has done so for that. */
export async function noteIntroduction(db: ISql, guild: string, joinedAt: Date): Promise<boolean> {
  const noted = await db`
    insert into introductions (guild_id, joined_at) values (${guild}, ${joinedAt})
    on conflict (guild_id) do update set joined_at = excluded.joined_at
    where introductions.joined_at < excluded.joined_at
    returning 1`;
  return noted.length > 0;
}
