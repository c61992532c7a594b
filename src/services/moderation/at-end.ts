import type { Context } from '../../context.ts';
import type { Case } from '../../db/cases.ts';
import type { AtEnd } from './action.ts';
import { actionOf } from './actions.ts';
import { doingOf, type Try } from './perform.ts';
import { refusalOf } from './refusal.ts';

/** What comes when the time of a case is over. Nothing where Discord will not have it; what may pass is thrown. */
export async function atEndOf(one: Case, trying: Pick<Try, 'triedAt' | 'signal'>, context: Context): Promise<AtEnd> {
  try {
    return await actionOf(one)?.atEnd?.(doingOf(one, trying, context));
  } catch (error) {
    if (refusalOf(error) === undefined) throw error;
    context.log.info({ guild: one.guild, case: one.number, error }, 'the end of an action was refused');
    return undefined;
  }
}
