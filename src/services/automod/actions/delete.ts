import { t } from '../../answers/words.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Deletes the message. */
export default defineRuleAction<'delete'>({
  command: 'purge',
  part: () => ({ kind: 'removes', what: 'message' }),
  words: () => t('automod.then.delete'),
});
