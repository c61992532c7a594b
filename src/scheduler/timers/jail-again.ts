import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import { auditReason } from '../../services/moderation/audit-reason.ts';
import { heldRoles, setRoles } from '../../services/moderation/jail.ts';
import { refusalOf } from '../../services/moderation/refusal.ts';
import { defineTimer } from '../timer.ts';

const Jailed = Type.Object({ role: Type.String() });

/** Puts whoever left while they were in jail, and came back, into it again. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload }, context, signal) {
    const one = await context.moderation.get({ guild, number: payload.case });
    if (one?.state !== 'done' || one.endedAt || !Value.Check(Jailed, one.data)) return { kind: 'done' };
    const here = { one, context, signal, reason: auditReason(one) };
    try {
      const held = await heldRoles(here);
      if (held) await setRoles(here, [...held.fixed, one.data.role]);
      return { kind: 'done' };
    } catch (error) {
      const why = refusalOf(error);
      if (!why) throw error;
      return { kind: 'failed', why };
    }
  },
});
