import { amend } from '../../../../services/moderation/amend.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { readCase } from '../../../case-rights.ts';
import { viewCase } from '../../../case-view.ts';
import { defineCommand } from '../../../define.ts';
import { LONGEST_REASON } from '../../../moderate.ts';
import { text } from '../../../options.ts';

/** Adds something to a case, which stands there from then on. */
export default defineCommand({
  ...CASE_RULES,
  options: { number: CASE_NUMBER, text: text({ min: 1, max: LONGEST_REASON }) },
  async run({ options: { number, text }, interaction }, context) {
    const one = await readCase(number, interaction, context);
    return await viewCase(await amend(one, interaction.user.id, [{ kind: 'note', text }], context), context);
  },
});
