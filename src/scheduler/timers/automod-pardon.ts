import { Type } from '@sinclair/typebox';
import type { Context } from '../../context.ts';
import { UserError } from '../../services/answers/user-error.ts';
import { amend } from '../../services/moderation/amend.ts';
import { isLasting } from '../../services/moderation/lasting.ts';
import type { Case } from '../../services/moderation/moderation.ts';
import { NotYetError } from '../../services/timers/not-yet.ts';
import { defineTimer } from '../timer.ts';

/** So long it waits for what was done to be taken back; where that is refused, the case stands. */
const PATIENCE_MS = 600_000;

/** Says of a case that it does not count, once what it has done is taken back. */
export default defineTimer({
  payload: Type.Object({ case: Type.Integer({ minimum: 1 }), by: Type.String(), why: Type.String() }),
  missed: 'late',
  deadlineMs: 30_000,
  async deliver({ guild = '', payload, dueAt }, context) {
    const one = await context.moderation.get({ guild, number: payload.case });
    if (one?.state !== 'done') return { kind: 'done' };
    if (isLasting(one, context.now())) {
      if (context.now().getTime() - dueAt.getTime() > PATIENCE_MS) return { kind: 'done' };
      throw new NotYetError(`what case ${one.number} has done is not taken back yet`);
    }
    await pardon(one, payload, context);
    return { kind: 'done' };
  },
});

/** That somebody has voided it before is as good. */
async function pardon(one: Case, { by, why }: { readonly by: string; readonly why: string }, context: Context) {
  try {
    await amend(one, by, [{ kind: 'void', why }], context);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'a case was not voided');
  }
}
