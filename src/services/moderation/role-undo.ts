import { type Static, Type } from '@sinclair/typebox';
import type { Case } from '../../db/cases.ts';
import { caseEndedBy } from '../../db/ending-cases.ts';
import { t } from '../answers/words.ts';
import type { Doing, Undoing } from './action.ts';
import { hadRole } from './member-roles.ts';
import { Refused } from './refusal.ts';

/** What a case keeps that gives or takes a role. */
export const RoleData = Type.Object({
  role: Type.String(),
  /** Whether they had it before. */
  had: Type.Optional(Type.Boolean()),
  /** The case that gave it for good and is taken back. */
  instead: Type.Optional(Type.Integer({ minimum: 1 })),
});
type Here = Doing<Static<typeof RoleData>>;

/** Whether they had the role before, which is kept before it is changed, for whoever takes that back. */
export async function keepHad({ one, data, context, keep }: Here): Promise<boolean> {
  if (data.had !== undefined) return data.had;
  const had = await hadRole(one, data.role, context);
  await keep({ ...data, had });
  return had;
}

/** What gives a role back as they had it: for good, or until the time that an earlier case had given it for. */
export async function giveBack(doing: Here): Promise<Undoing> {
  const { one, data } = doing;
  if (data.had === false) throw new Refused(t('cases.undo.lackedRole', { number: one.number }));
  const before = await earlierTime(doing);
  return { type: 'role-add', data: { role: data.role }, until: before?.until ?? undefined };
}

/** What takes a role again; who had it before has it as they had it. */
export async function takeAgain(doing: Here): Promise<Undoing> {
  const { one, data } = doing;
  const { role } = data;
  if (!data.had) return { type: 'role-remove', data: { role } };
  const until = (await earlierTime(doing))?.until;
  if (!until) throw new Refused(t('cases.undo.hadRole', { number: one.number }));
  return { type: 'role-add', data: { role, instead: one.number }, until };
}

/** The case that had given the role, and whose place this one took. Refused where its time would be over by now. */
async function earlierTime({ one, data, context }: Here): Promise<Case | undefined> {
  const before = await caseEndedBy(context.db, one, { type: 'role-add', same: { role: data.role } });
  if (!before?.until || before.until > context.now()) return before;
  throw new Refused(t('cases.undo.timeOver', { number: before.number }));
}
