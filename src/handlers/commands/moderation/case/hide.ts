import { amend } from '../../../../services/moderation/amend.ts';
import { caseCard } from '../../../../services/moderation/entry.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { mustStandAsHigh, readCase } from '../../../case-rights.ts';
import { defineCommand } from '../../../define.ts';
import { boolean } from '../../../options.ts';

/** Takes a case out of the lists and the log, or puts it back. It is not lost: `/case view` shows it. */
export default defineCommand({
  ...CASE_RULES,
  options: { number: CASE_NUMBER, show: boolean({ optional: true }) },
  async run({ options: { number, show = false }, interaction }, context) {
    const one = await readCase(number, interaction, context);
    await mustStandAsHigh(one, interaction, context);
    return await caseCard(await amend(one, interaction.user.id, [{ kind: 'hidden', hidden: !show }], context), context);
  },
});
