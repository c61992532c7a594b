import { t } from '../../answers/words.ts';
import { roleWords } from '../names.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Gives the author a role, for good or for a time. */
export default defineRuleAction<'add-role'>({
  command: 'role add',
  part: ({ role, for: seconds }) => ({ kind: 'role', type: 'role-add', role, seconds }),
  words({ role: id, for: seconds }, named) {
    const role = roleWords(id, named);
    if (seconds === undefined) return t('automod.then.add-role', { role });
    return t('automod.then.add-roleFor', { role, span: spanWords(seconds) });
  },
});
