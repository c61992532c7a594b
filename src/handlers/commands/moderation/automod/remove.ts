import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { ruleOption } from '../../../automod/rule-choice.ts';
import { removeRule } from '../../../automod/rule-view.ts';
import { defineCommand } from '../../../define.ts';

/** Takes a rule away, which a button takes back. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: ruleOption() },
  run: (asked, context) => removeRule(asked.options.rule, asked, context),
});
