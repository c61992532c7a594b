import { t } from '../../answers/words.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Bans the author, for good or for a time. */
export default defineRuleAction<'ban'>({
  command: 'ban',
  part: ({ for: seconds, deleteDays }) => ({
    kind: 'sanction',
    sanction: { type: 'ban', seconds, deleteDays, silent: false },
  }),
  words({ for: seconds, deleteDays: count = 0 }) {
    const said = seconds === undefined ? t('automod.then.ban') : t('automod.then.banFor', { span: spanWords(seconds) });
    return count === 0 ? said : t('automod.then.andMessages', { what: said, count });
  },
});
