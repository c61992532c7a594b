import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { readCase } from '../../../case-rights.ts';
import { turnEvents, viewCase } from '../../../case-view.ts';
import { defineCommand } from '../../../define.ts';

/** Shows a case of this server, with all that was noted of it. */
export default defineCommand({
  ...CASE_RULES,
  options: { number: CASE_NUMBER },
  components: [turnEvents],
  async run({ options: { number }, interaction }, context) {
    return await viewCase(await readCase(number, interaction, context), context);
  },
});
