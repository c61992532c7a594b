import type { Context } from '../../context.ts';
import { deleteFollow, type Follow } from '../../db/follows.ts';
import { dropUnfollowed, lockSourceById } from '../../db/sources.ts';

/** Lets a channel follow something no longer; whether it did. What nobody follows any more is forgotten. */
export async function unfollow(
  { id, guild, source }: Pick<Follow, 'id' | 'guild' | 'source'>,
  { database }: Context,
): Promise<boolean> {
  return await database.begin(async (tx) => {
    // Whoever begins to follow it now waits for this, or is waited for.
    await lockSourceById(tx, source);
    const deleted = await deleteFollow(tx, id, guild);
    await dropUnfollowed(tx, source);
    return deleted;
  });
}
