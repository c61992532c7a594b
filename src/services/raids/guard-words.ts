import type { Context } from '../../context.ts';
import { findCase } from '../../db/cases.ts';
import type { Guard } from '../../db/raid-guards.ts';
import type { Raid } from '../../db/raids.ts';
import { mention, type Said, t, timestamp } from '../answers/words.ts';

/** How a raid is kept out, in words, and whether it is so now. */
export async function guardWords(
  { guild, guard }: Raid,
  { db, now }: Pick<Context, 'db' | 'now'>,
): Promise<{ readonly words: Said; readonly holds: boolean } | undefined> {
  if (guard === null) return undefined;
  const { kind, until, case: number, endedBy } = guard;
  const one = number === undefined ? undefined : await findCase(db, { guild, number });
  const why = one?.state === 'void' ? one.voidReason : guard.why;
  const said = { until: timestamp(new Date(until), 'f'), number: number ?? 0 };
  if (endedBy !== undefined)
    return { words: t(`raids.guard.${kind}.ended`, { ...said, who: mention('user', endedBy) }), holds: false };
  if (why !== undefined && why !== null)
    return { words: t(`raids.guard.${kind}.refused`, { why: why as Said, permission: lacking(guard) }), holds: false }; // stored as words
  const over = until <= now().getTime() || (one !== undefined && one.endedAt !== null);
  // What is still being locked cannot be unlocked yet.
  return { words: t(`raids.guard.${kind}.${over ? 'over' : 'on'}`, said), holds: !over && one?.state !== 'pending' };
}

/** What the bot has to be given for it. */
function lacking({ kind }: Guard): Said {
  return t(kind === 'lockdown' ? 'permissions.ManageRoles' : 'permissions.ManageGuild');
}
