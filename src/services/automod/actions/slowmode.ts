import { t } from '../../answers/words.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Slows the channel down for a time. */
export default defineRuleAction<'slowmode'>({
  command: 'slowmode',
  passes: true,
  part: ({ seconds, for: lasts }) => ({ kind: 'slowmode', seconds, for: lasts }),
  words: ({ seconds, for: lasts }) => t('automod.then.slowmode', { wait: spanWords(seconds), span: spanWords(lasts) }),
});
