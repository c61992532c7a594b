import { say } from '../../../../../services/answers/answer.ts';
import { code, t } from '../../../../../services/answers/words.ts';
import { AUTOMOD_RULES } from '../../../../automod/rights.ts';
import { defineCommand } from '../../../../define.ts';

/** The lists that the server's rules can name. */
export default defineCommand({
  ...AUTOMOD_RULES,
  async run({ interaction }, { automodLists }) {
    const lists = await automodLists.of(interaction.guildId ?? '0');
    if (lists.length === 0) return say('automod.words.none');
    const points = lists.map(({ name, kind, entries }) =>
      t(`automod.words.line.${kind}`, { name: code(name), count: entries }),
    );
    return {
      tone: 'info',
      title: t('automod.words.lists', { count: lists.length }),
      parts: [{ kind: 'points', points }],
      next: t('automod.words.listNext'),
    };
  },
});
