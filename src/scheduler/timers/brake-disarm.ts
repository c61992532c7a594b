import { Type } from '@sinclair/typebox';
import { findBrake, lockBrake } from '../../db/brakes.ts';
import { defineTimer } from '../timer.ts';

/** Has the roles be taken that let a frozen account moderate in Discord itself, where the server wants that. */
export default defineTimer({
  payload: Type.Object({ brake: Type.String({ pattern: '^[0-9a-f-]{36}$' }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ payload }, { db, settings, i18n, discord, moderation }) {
    const brake = await findBrake(db, payload.brake);
    if (!brake) return { kind: 'done' };
    const { guild, actor: target, actorName: targetName } = brake;
    if (!(await settings.of(guild, 'moderation')).brakeTakesRoles) return { kind: 'done' };
    const { language: locale } = await settings.of(guild, 'general');
    const actor = { id: discord.user?.id ?? null, name: discord.user?.username ?? '' };
    const reason = i18n.t('brake.disarmReason', {}, locale);
    return {
      kind: 'done',
      also: async (within) => {
        const open = (await lockBrake(within.tx, payload.brake))?.liftedAt === null;
        if (!open) return; // the owner was faster
        await moderation.order({ guild, type: 'disarm', target, targetName, actor, reason, source: 'automod' }, within);
      },
    };
  },
});
