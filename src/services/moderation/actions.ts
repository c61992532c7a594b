import type { Action } from './action.ts';
import ban from './actions/ban.ts';
import unban from './actions/unban.ts';
import warn from './actions/warn.ts';

/** Every type of action, by its file's name, sorted. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ban: ban,
  unban: unban,
  warn: warn,
};

/** The action of a case; nothing when this version of the bot does not know its type. */
export function actionOf({ type }: { readonly type: string }): Action | undefined {
  return Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
}
