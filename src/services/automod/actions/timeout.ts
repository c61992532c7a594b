import { t } from '../../answers/words.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Puts the author in timeout. */
export default defineRuleAction<'timeout'>({
  command: 'timeout',
  part: ({ for: seconds }) => ({ kind: 'sanction', sanction: { type: 'timeout', seconds, silent: false } }),
  words: ({ for: seconds }) => t('automod.then.timeout', { span: spanWords(seconds) }),
});
