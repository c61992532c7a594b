import { AUTOMOD_RULES } from '../../../automod/rights.ts';
import { ruleOption } from '../../../automod/rule-choice.ts';
import { switchRule } from '../../../automod/rule-view.ts';
import { defineCommand } from '../../../define.ts';
import { boolean } from '../../../options.ts';

/** Switches a rule on, or off. */
export default defineCommand({
  ...AUTOMOD_RULES,
  options: { rule: ruleOption(), on: boolean({ optional: true }) },
  run: (asked, context) => switchRule(asked.options.rule, asked.options.on === false ? 'off' : 'on', asked, context),
});
