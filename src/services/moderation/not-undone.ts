import type { Context } from '../../context.ts';
import type { Answer } from '../answers/answer.ts';
import { t } from '../answers/words.ts';
import { actionOf } from './actions.ts';
import { whyVoid } from './entry.ts';
import type { Case } from './moderation.ts';
import { targetWords, typeWords } from './notice.ts';

/** Of what was refused so many are shown; the rest is counted. */
const SHOWN = 10;

/** What of many cases that were to be taken back was not, and why. */
export function notUndoneCard(refused: readonly Case[], count: number, context: Context): Answer {
  const lines = refused.slice(0, SHOWN).map((one) =>
    t('brake.notUndone.line', {
      number: one.number,
      type: typeWords(one, context),
      who: targetWords(one, actionOf(one)?.ofPerson ?? true),
      why: whyVoid(one),
    }),
  );
  const rest = refused.length - lines.length;
  return {
    tone: 'warning',
    title: t('brake.notUndone.title', { refused: refused.length, count }),
    parts: [{ kind: 'lines', lines: [...lines, ...(rest > 0 ? [t('brake.notUndone.more', { count: rest })] : [])] }],
    next: t('brake.notUndone.next'),
  };
}
