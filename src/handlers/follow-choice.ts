import type { Context } from '../context.ts';
import { followsOf, type ShownFollow } from '../db/follows.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import type { Choice, Typing } from './autocomplete.ts';

export type FollowKind = 'feed' | 'github';

const LONGEST_CHOICE = 100;

/** The feeds or repositories that a server follows and whose name, address or channel has what is typed. */
export function offerFollows(kind: FollowKind) {
  return async ({ typed, interaction }: Typing, { db }: Context): Promise<readonly Choice[]> => {
    const follows = await followsOf(db, interaction.guildId ?? '0', kind);
    const channels = interaction.guild?.channels.cache;
    const wanted = typed.trim().toLowerCase();
    return follows
      .map(({ id, title, address, channel }) => ({
        name: clip(`${title} → #${channels?.get(channel)?.name ?? channel}`, LONGEST_CHOICE),
        value: id,
        words: `${title} ${address}`.toLowerCase(),
      }))
      .filter(
        ({ name, value, words }) => value === wanted || words.includes(wanted) || name.toLowerCase().includes(wanted),
      )
      .map(({ name, value }) => ({ name, value }));
  };
}

/** The one that was picked, or the only one whose name or address has what was written. UserError when there is none or several. */
export async function findFollowed(
  which: string,
  { guild, kind }: { readonly guild: string; readonly kind: FollowKind },
  { db }: Pick<Context, 'db'>,
): Promise<ShownFollow> {
  const follows = await followsOf(db, guild, kind);
  const wanted = which.trim().toLowerCase();
  const picked = follows.find(({ id }) => id === wanted);
  if (picked) return picked;
  const [found, other] = follows.filter(({ title, address }) => `${title} ${address}`.toLowerCase().includes(wanted));
  if (!found) throw new UserError(`follows.noSuch.${kind}`);
  if (other) throw new UserError('follows.several');
  return found;
}
