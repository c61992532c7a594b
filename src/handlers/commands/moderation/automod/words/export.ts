import { say } from '../../../../../services/answers/answer.ts';
import { code, t } from '../../../../../services/answers/words.ts';
import { listOption } from '../../../../automod/list-choice.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { defineCommand } from '../../../../define.ts';

/** A list as a file, an entry a line. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { list: listOption() },
  async run({ interaction, options, signal }, { automodLists }) {
    const { list, bytes } = await automodLists.export(interaction.guildId ?? '0', options.list, signal);
    const answer = say('automod.words.exported', { name: code(list.name), count: list.entries });
    return {
      ...answer,
      tone: 'good',
      next: t('automod.words.exportNext'),
      files: [{ name: `${list.name}.txt`, bytes }],
    };
  },
});
