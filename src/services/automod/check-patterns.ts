import type { Context } from '../../context.ts';
import { triggersOf } from '../../workers/rules/late.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import { UserError } from '../answers/user-error.ts';
import { explainPattern } from '../patterns/explain.ts';
import { checkPattern } from '../patterns/patterns.ts';

/** That every pattern of these rules can be used; otherwise UserError, which names the rule and says why, where, and what to write instead. */
export async function checkPatterns(
  rules: readonly Pick<Rule, 'name' | 'when'>[],
  context: Pick<Context, 'workers' | 'backtracking'>,
  signal: AbortSignal,
): Promise<void> {
  for (const { name, when } of rules) {
    for (const trigger of triggersOf(when)) {
      if (trigger.type !== 'pattern') continue;
      const { source, ignoreCase, of, engine } = trigger;
      try {
        if (engine === 'linear') await checkPattern(context.workers, trigger, { signal });
        else await explainPattern({ source, ignoreCase, of, engine }, context, { signal });
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        throw new UserError('automod.badPattern', { name, why: error.said }, { cause: error });
      }
    }
  }
}
