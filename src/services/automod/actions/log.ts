import { t } from '../../answers/words.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Writes it down in the log. */
export default defineRuleAction<'log'>({
  part: () => ({ kind: 'log' }),
  words: () => t('automod.then.log'),
});
