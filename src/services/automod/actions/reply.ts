import { t } from '../../answers/words.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Answers the message. */
export default defineRuleAction<'reply'>({
  passes: true,
  part: ({ text: words, deleteAfter }) => ({ kind: 'reply', words, deleteAfter }),
  words({ text, deleteAfter }) {
    const said = t('automod.then.reply', { text });
    if (deleteAfter === undefined) return said;
    return t('automod.then.takenAway', { what: said, span: spanWords(deleteAfter) });
  },
});
