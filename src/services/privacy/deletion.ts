import type { Context } from '../../context.ts';
import { deletePersonRows } from '../../db/person-rows.ts';
import { insertDeletion } from '../../db/privacy-deletions.ts';

/** How long after the first time it is looked once more: what other processes had not stored yet is there by then. */
const AGAIN_MS = 120_000;

/** Has all that is kept of somebody deleted, from now on whatever happens; false where that is under way already. */
export async function orderDeletion(
  person: { readonly user: string; readonly locale: string },
  { database, timers, now }: Pick<Context, 'database' | 'now' | 'timers'>,
): Promise<boolean> {
  const id = crypto.randomUUID();
  return await database.begin(async (tx, notify) => {
    if (!(await insertDeletion(tx, { id, ...person }, now()))) return false;
    await timers.addWithin({ tx, notify }, deletionTimer(id, now(), false));
    return true;
  });
}

/** It is nobody's, so that it does not keep the id of whom it deletes. */
export function deletionTimer(deletion: string, at: Date, again: boolean) {
  const due = again ? new Date(at.getTime() + AGAIN_MS) : at;
  return { kind: 'privacy-deletion', owner: '0', due, zone: 'UTC', payload: { deletion, again } } as const;
}

/** Deletes what is kept of somebody, what waits in memory included; says how many rows that concerned. */
export async function deletePerson(user: string, context: Context, signal: AbortSignal): Promise<number> {
  const { activity, afk, archive, db, levels, moderation, zones } = context;
  moderation.exports.cancelAllOf(user);
  await Promise.all([activity.flush(), archive.flush(), levels.flush()]);
  const away = await db<{ guild: string }[]>`select guild_id::text as guild from afk where user_id = ${user}`;
  for (const { guild } of away) await afk.clear({ guild, user });
  await zones.set(user, null);
  return await deletePersonRows(db, user, signal);
}
