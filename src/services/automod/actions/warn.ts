import { t } from '../../answers/words.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Warns the author. */
export default defineRuleAction<'warn'>({
  command: 'warn',
  part: () => ({ kind: 'sanction', sanction: { type: 'warn', silent: false } }),
  words: () => t('automod.then.warn'),
});
