import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { INTRODUCTION_COMPONENTS } from '../../../settings/introduction/steps.ts';
import { SETTINGS_RULES } from '../../../settings/rights.ts';
import { STEP_NAMES } from '../../../settings/setup/steps.ts';
import { SETUP_COMPONENTS, setup } from '../../../settings/setup/wizard.ts';

/** Goes through what a server needs to be set up, step by step; each can be left out, and the end says what is missing. */
export default defineCommand({
  ...SETTINGS_RULES,
  options: { step: text({ optional: true, choices: STEP_NAMES }) },
  components: [...SETUP_COMPONENTS, ...INTRODUCTION_COMPONENTS],
  run: (asked, context) => setup(asked.options.step ?? 'logs', asked, context),
});
