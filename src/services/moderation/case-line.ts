import type { Context } from '../../context.ts';
import type { Answer } from '../answers/answer.ts';
import { t, type Words } from '../answers/words.ts';
import { aboutOf, actionOf } from './actions.ts';
import { stateWords } from './entry.ts';
import type { Case } from './moderation.ts';
import { targetWords, typeWords } from './notice.ts';

/** One case in one line: what was done to whom, and how it stands. */
export function caseLine(one: Case, context: Pick<Context, 'i18n'>): Words {
  const about = aboutOf(one);
  const type = typeWords(one, context);
  const what = about ? t('moderation.whatAbout', { type, about }) : type;
  const who = targetWords(one, actionOf(one)?.ofPerson ?? true);
  return t('moderation.done', { number: one.number, what, who, state: stateWords(one) });
}

/** What was asked for, as it stands: for whoever has had no answer, and need not ask again. */
export function howTheyStand(cases: readonly Case[], context: Pick<Context, 'i18n'>): Answer {
  const pending = cases.some(({ state }) => state === 'pending');
  const failed = cases.some(({ state }) => state === 'void');
  return {
    tone: failed ? 'warning' : pending ? 'info' : 'good',
    parts: [{ kind: 'lines', lines: cases.map((one) => caseLine(one, context)) }],
    next: t(pending ? 'moderation.cutOff.pending' : 'moderation.cutOff.settled'),
  };
}
