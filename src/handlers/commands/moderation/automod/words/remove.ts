import { code, t } from '../../../../../services/answers/words.ts';
import { listOption } from '../../../../automod/list-choice.ts';
import { listUndo } from '../../../../automod/list-undo.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { defineCommand } from '../../../../define.ts';

/** Takes a list away that no rule names any more. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { list: listOption() },
  async run({ interaction, options }, { automodLists }) {
    const { guildId, user } = interaction;
    const { name, change } = await automodLists.remove({ guild: guildId ?? '0', name: options.list, by: user.id });
    const removed = t('automod.words.removed', { name: code(name) });
    return { tone: 'good', parts: [{ kind: 'text', text: removed }, listUndo(change)] };
  },
});
