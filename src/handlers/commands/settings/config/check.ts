import { defineCommand } from '../../../define.ts';
import { CHECK_COMPONENTS, check } from '../../../settings/check.ts';
import { SETTINGS_RULES } from '../../../settings/rights.ts';

/** What keeps this server from having all it has set up: permissions, intents, roles, what is gone, and how to mend each. */
export default defineCommand({
  ...SETTINGS_RULES,
  components: CHECK_COMPONENTS,
  run: (asked, context) => check(asked, context),
});
