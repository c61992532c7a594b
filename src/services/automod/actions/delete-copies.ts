import { t } from '../../answers/words.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Deletes the message and all that are nearly the same. */
export default defineRuleAction<'delete-copies'>({
  command: 'purge',
  part: () => ({ kind: 'removes', what: 'copies' }),
  words: () => t('automod.then.delete-copies'),
});
