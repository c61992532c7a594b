import { say } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { chosenFrom, ruleOption } from '../../../automod/rule-choice.ts';
import { defineCommand } from '../../../define.ts';

/** The rules as JSON, all or one, as `/automod import` and `/automod edit` take them. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: { ...ruleOption(), optional: true } },
  async run({ interaction, options }, context) {
    const { rules } = await readBook(interaction.guildId ?? '0', context);
    if (rules.length === 0) throw new UserError('automod.noRules');
    const shown = options.rule === undefined ? { rules } : chosenFrom(rules, options.rule);
    const bytes = new TextEncoder().encode(`${JSON.stringify(shown, null, 2)}\n`);
    const answer = say('automod.export.done', { count: 'rules' in shown ? rules.length : 1 });
    return { ...answer, tone: 'good', next: t('automod.export.next'), files: [{ name: 'automod-rules.json', bytes }] };
  },
});
