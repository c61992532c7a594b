import type { Context } from '../../context.ts';
import { triggersOf } from '../../workers/rules/late.ts';
import type { Rule } from '../../workers/rules/schema.ts';
import type { Answer } from '../answers/answer.ts';
import { UserError } from '../answers/user-error.ts';
import { clip, code, t } from '../answers/words.ts';
import { explainPattern } from '../patterns/explain.ts';
import { explanationParts } from '../patterns/explanation.ts';

/** Patterns of one rule that are told; a message takes few cards. */
const MOST_TOLD = 2;
const LONGEST_SHOWN = 80;

/** What each pattern of a rule looks for and what it costs, a card each; what cannot be used any more is said. */
export async function patternCards(
  { when }: Pick<Rule, 'when'>,
  context: Pick<Context, 'workers' | 'backtracking'>,
  signal: AbortSignal,
): Promise<readonly Answer[]> {
  const patterns = triggersOf(when).filter((trigger) => trigger.type === 'pattern');
  return await Promise.all(
    patterns.slice(0, MOST_TOLD).map(async ({ source, ignoreCase, of, engine }): Promise<Answer> => {
      const title = t('automod.patternTitle', { source: code(clip(source, LONGEST_SHOWN)) });
      try {
        const explained = await explainPattern({ source, ignoreCase, of, engine }, context, { signal });
        return { tone: explained.warnings.length > 0 ? 'warning' : 'info', title, parts: explanationParts(explained) };
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        return { tone: 'bad', title, parts: [{ kind: 'text', text: error.said }] };
      }
    }),
  );
}
