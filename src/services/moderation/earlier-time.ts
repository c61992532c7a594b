import { caseEndedBy } from '../../db/ending-cases.ts';
import type { Doing, Undoing } from './action.ts';

/** What takes a ban or the like back: the earlier one whose place it took anew, for the rest of its time, else what lifts it. */
export async function backToEarlier({ one, context }: Pick<Doing, 'one' | 'context'>, lifts: string): Promise<Undoing> {
  const { type } = one;
  const before = await caseEndedBy(context.db, one, { type, same: {} });
  if (!before || (before.until && before.until <= context.now())) return { type: lifts, data: {} };
  return { type, data: {}, until: before.until ?? undefined };
}
