import type { Action } from './action.ts';
import ban from './actions/ban.ts';
import kick from './actions/kick.ts';
import note from './actions/note.ts';
import selfTimeout from './actions/self-timeout.ts';
import softban from './actions/softban.ts';
import timeout from './actions/timeout.ts';
import unban from './actions/unban.ts';
import untimeout from './actions/untimeout.ts';
import warn from './actions/warn.ts';

/** Every type of action, by its file's name, sorted. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  ban: ban,
  kick: kick,
  note: note,
  'self-timeout': selfTimeout,
  softban: softban,
  timeout: timeout,
  unban: unban,
  untimeout: untimeout,
  warn: warn,
};

/** The action of a case; nothing when this version of the bot does not know its type. */
export function actionOf({ type }: { readonly type: string }): Action | undefined {
  return Object.hasOwn(ACTIONS, type) ? ACTIONS[type] : undefined;
}
