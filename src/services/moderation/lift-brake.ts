import type { Context } from '../../context.ts';
import { lastDisarmed, type Whose } from '../../db/brakes.ts';
import { takeNumbers } from '../../db/cases.ts';
import type { Within } from '../../db/connect.ts';
import type { Actor } from './moderation.ts';

/** Somebody has their rank again; or had it, and only their roles are still to be given back; or there was nothing to do. */
type Lifted = 'lifted' | 'rearming' | 'notFrozen';

/**
 * Gives somebody their rank back, and the roles that were taken with it: also those that could not be given back when their rank
 * was. Says which, as a key of `brake`.
 */
export async function liftBrake(
  whose: Whose,
  by: Actor & { readonly id: string },
  { database, moderation }: Context,
): Promise<Lifted> {
  return await database.begin(async (tx, notify) => {
    const within = { tx, notify };
    await takeNumbers(tx, whose.guild, 0); // as whatever freezes does first: so neither waits for what the other holds
    const lifted = await moderation.brake.lift(within, whose, by.id);
    const rearming = await giveRolesBack(within, whose, by, moderation);
    if (lifted) return 'lifted';
    return rearming ? 'rearming' : 'notFrozen';
  });
}

async function giveRolesBack(
  within: Within,
  whose: Whose,
  actor: Actor,
  moderation: Context['moderation'],
): Promise<boolean> {
  const disarmed = await lastDisarmed(within.tx, whose);
  if (!disarmed) return false;
  const { number, targetName } = disarmed;
  const { guild, actor: target } = whose;
  const data = { case: number };
  await moderation.order({ guild, type: 'rearm', target, targetName, actor, source: 'command', data }, within);
  return true;
}
