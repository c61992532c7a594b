import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { ruleOption } from '../../../automod/rule-choice.ts';
import { switchRule } from '../../../automod/rule-view.ts';
import { defineCommand } from '../../../define.ts';
import { boolean } from '../../../options.ts';

/** Has a rule only observe, or act again. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: ruleOption(), only: boolean({ optional: true }) },
  run: (asked, context) =>
    switchRule(asked.options.rule, asked.options.only === false ? 'enforce' : 'observe', asked, context),
});
