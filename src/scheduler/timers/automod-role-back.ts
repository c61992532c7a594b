import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { orderAtEnd } from '../../services/moderation/at-end.ts';
import { RoleData } from '../../services/moderation/role-undo.ts';
import { defineTimer } from '../timer.ts';

/** Gives a member the role back that a rule had taken from them for a time, unless somebody has done so before. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload }, context) {
    const one = await context.moderation.get({ guild, number: payload.case });
    if (one?.state !== 'done' || one.endedAt || !Value.Check(RoleData, one.data)) return { kind: 'done' };
    const { role, had } = one.data;
    if (!had) return { kind: 'done' };
    const next = await orderAtEnd(one, { type: 'role-add', data: { role } }, context);
    return {
      kind: 'done',
      also: async (within) => {
        if (next && 'order' in next) await context.moderation.order(next.order, within);
      },
    };
  },
});
