import { amend } from '../../../../services/moderation/amend.ts';
import { isLasting } from '../../../../services/moderation/lasting.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { mustMayChange, mustMayTakeBack, readCase } from '../../../case-rights.ts';
import { viewCase } from '../../../case-view.ts';
import { defineCommand } from '../../../define.ts';
import { boolean } from '../../../options.ts';

/** Takes a case out of the lists and the log, or puts it back. It is not lost: `/case view` shows it. */
export default defineCommand({
  ...CASE_RULES,
  options: { number: CASE_NUMBER, show: boolean({ optional: true }) },
  async run(asked, context) {
    const { interaction } = asked;
    const { number, show = false } = asked.options;
    const one = await readCase(number, interaction, context);
    await (isLasting(one, context.now()) ? mustMayTakeBack : mustMayChange)(one, asked, context);
    return await viewCase(await amend(one, interaction.user.id, [{ kind: 'hidden', hidden: !show }], context), context);
  },
});
