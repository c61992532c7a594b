import type { Context } from '../../context.ts';
import { lastDisarmed, type Whose } from '../../db/brakes.ts';
import type { Actor } from './moderation.ts';

/** Gives somebody their rank back, and the roles that were taken with it. False when it was not frozen. */
export async function liftBrake(
  whose: Whose,
  by: Actor & { readonly id: string },
  { database, moderation }: Context,
): Promise<boolean> {
  return await database.begin(async (tx, notify) => {
    const within = { tx, notify };
    if (!(await moderation.brake.lift(within, whose, by.id))) return false;
    const disarmed = await lastDisarmed(tx, whose);
    if (disarmed) {
      const { number, targetName } = disarmed;
      const { guild, actor: target } = whose;
      const order = {
        guild,
        type: 'rearm',
        target,
        targetName,
        actor: by,
        source: 'command',
        data: { case: number },
      } as const;
      await moderation.order(order, within);
    }
    return true;
  });
}
