import { Type } from '@sinclair/typebox';
import { Value } from '@sinclair/typebox/value';
import type { Context } from '../../context.ts';
import { pendingJailing } from '../../db/jails.ts';
import { auditReason } from '../../services/moderation/audit-reason.ts';
import { heldRoles, setRoles } from '../../services/moderation/jail.ts';
import type { Case, CaseKey } from '../../services/moderation/moderation.ts';
import { refusalOf } from '../../services/moderation/refusal.ts';
import { defineTimer } from '../timer.ts';

const Jailed = Type.Object({ role: Type.String() });

/** Puts whoever left while they were in jail, and came back, into it again; not whoever is being let out at that moment. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }) }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload }, context, signal) {
    const one = await settledCase({ guild, number: payload.case }, context, signal);
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

/** A case as it stands when whoever it is of is not being jailed or let out any more. */
async function settledCase(key: CaseKey, { db, moderation }: Context, signal: AbortSignal): Promise<Case | undefined> {
  for (;;) {
    const one = await moderation.get(key);
    const pending = one && (await pendingJailing(db, one));
    if (pending === undefined) return await moderation.get(key);
    await moderation.outcome(key.guild, pending, signal);
  }
}
