import { startBuilder } from '../../../automod/builder.ts';
import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { findRule, ruleOption } from '../../../automod/rule-choice.ts';
import { draftOf } from '../../../automod/rule-draft.ts';
import { oneRuleIn } from '../../../automod/rules-file.ts';
import { defineCommand } from '../../../define.ts';
import { attachment } from '../../../options.ts';

/** Changes a rule, by the menus it was made with or by JSON in its place. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: ruleOption(), json: attachment({ optional: true }) },
  async run(asked, context) {
    const { options, interaction, signal } = asked;
    const rule = await findRule(options.rule, interaction, context);
    const draft = draftOf(rule, JSON.stringify(rule));
    if (!options.json) return await startBuilder(draft, asked, context);
    const { head, join, parts } = draftOf(await oneRuleIn(options.json, signal, context));
    return await startBuilder({ ...draft, head, join, parts }, asked, context);
  },
});
