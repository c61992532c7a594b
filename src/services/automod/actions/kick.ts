import { t } from '../../answers/words.ts';
import { defineRuleAction } from '../rule-action.ts';

/** Removes the author, who may come again. */
export default defineRuleAction<'kick'>({
  command: 'kick',
  part: () => ({ kind: 'sanction', sanction: { type: 'kick', silent: false } }),
  words: () => t('automod.then.kick'),
});
