import { t } from '../../answers/words.ts';
import { roleWords } from '../names.ts';
import { defineRuleAction, spanWords } from '../rule-action.ts';

/** Takes a role from the author, for good or for a time. */
export default defineRuleAction<'remove-role'>({
  command: 'role remove',
  part: ({ role, for: seconds }) => ({ kind: 'role', type: 'role-remove', role, seconds }),
  words({ role: id, for: seconds }, named) {
    const role = roleWords(id, named);
    if (seconds === undefined) return t('automod.then.remove-role', { role });
    return t('automod.then.remove-roleFor', { role, span: spanWords(seconds) });
  },
});
