import { Value } from '@sinclair/typebox/value';
import type { JSONValue } from 'postgres';
import type { Context } from '../../context.ts';
import { UserError } from '../answers/user-error.ts';
import type { Action, Undoing } from './action.ts';
import { actionOf } from './actions.ts';
import { isLasting } from './lasting.ts';
import type { Case } from './moderation.ts';
import { typeWords } from './notice.ts';
import { doingOf } from './perform.ts';
import { refusalOf } from './refusal.ts';

/** What takes back what was done by a case, to be ordered for the same target. UserError where nothing does, or not any more. */
export async function undoingOf(one: Case, context: Context, signal: AbortSignal): Promise<Undoing> {
  if (one.state === 'pending') throw new UserError('cases.amend.pending');
  if (one.state === 'void') throw new UserError('cases.amend.voidAlready');
  const action = actionOf(one);
  const type = action?.undoneBy;
  const opposite = type === undefined ? undefined : actionOf({ type });
  if (!action || type === undefined || !opposite) throw cannot(one, context);
  const over = action.lasts === false ? one.endedAt !== null : !isLasting(one, context.now());
  if (over) throw new UserError('cases.undo.over', { number: one.number });
  if (!action.undo) return { type, data: sameData(one, opposite) };
  try {
    return await action.undo(doingOf(one, { triedAt: undefined, signal }, context));
  } catch (error) {
    const why = refusalOf(error);
    throw why ? new UserError(why.key, why.params, { cause: error }) : error;
  }
}

/** Whether what is to be taken back is gone already, by somebody whom the bot did not see. Rejects as Discord does. */
export async function isGone(one: Case, context: Context, signal: AbortSignal): Promise<boolean> {
  if (!isLasting(one, context.now())) return false;
  return (await actionOf(one)?.isGone?.(doingOf(one, { triedAt: undefined, signal }, context))) ?? false;
}

/** What to do instead, where that is known. */
function cannot(one: Case, context: Context): UserError {
  const key = `cases.undo.instead.${one.type}`;
  const params = { type: typeWords(one, context), number: one.number };
  return new UserError(context.i18n.has(key) ? key : 'cases.undo.cannot', params);
}

function sameData({ data, number }: Case, opposite: Action): JSONValue {
  return Value.Clean(opposite.data, structuredClone({ ...Object(data), case: number })) as JSONValue; // a part of what was plain data
}
