import { say } from '../../../../../services/answers/answer.ts';
import { code } from '../../../../../services/answers/words.ts';
import { listOption } from '../../../../automod/list-choice.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { defineCommand } from '../../../../define.ts';

/** Takes a list away that no rule names any more. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { list: listOption() },
  async run({ interaction, options }, { automodLists }) {
    const { guildId, user } = interaction;
    const { name } = await automodLists.remove({ guild: guildId ?? '0', name: options.list, by: user.id });
    return say('automod.words.removed', { name: code(name) }, { tone: 'good' });
  },
});
