import { renderPlain, t } from '../../../../services/answers/words.ts';
import { readBook } from '../../../../services/automod/rule-book.ts';
import { builderComponents, startBuilder } from '../../../automod/builder.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { draftOf, newDraft } from '../../../automod/rule-draft.ts';
import { oneRuleIn } from '../../../automod/rules-file.ts';
import { defineCommand } from '../../../define.ts';
import { attachment, text } from '../../../options.ts';

/** Makes a rule: by menus and forms, or out of JSON. It is shown in plain words before it is saved. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { name: text({ optional: true, min: 1, max: 60 }), json: attachment({ optional: true }) },
  components: builderComponents,
  async run(asked, context) {
    const { options, interaction, reader, signal } = asked;
    const wanted = options.name?.trim() || undefined;
    if (options.json) {
      const draft = draftOf(await oneRuleIn(options.json, signal, context));
      const head = { ...draft.head, ...(wanted !== undefined && { name: wanted }) };
      return await startBuilder({ ...draft, head }, asked, context);
    }
    const { rules } = await readBook(interaction.guildId ?? '0', context);
    const name = wanted ?? renderPlain(t('automod.builder.name', { number: rules.length + 1 }), reader);
    return await startBuilder(newDraft(name), asked, context);
  },
});
