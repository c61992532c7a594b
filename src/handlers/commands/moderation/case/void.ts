import { amend } from '../../../../services/moderation/amend.ts';
import { pardonByAlert } from '../../../automod/pardon.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { CASE_RULES } from '../../../case-pages.ts';
import { mustMayChange, readCase } from '../../../case-rights.ts';
import { viewCase } from '../../../case-view.ts';
import { defineCommand } from '../../../define.ts';
import { NEEDED_REASON } from '../../../reason-option.ts';

/** Says that a case does not count, with its points, and why. It stays where it is. */
export default defineCommand({
  ...CASE_RULES,
  components: [pardonByAlert],
  options: { number: CASE_NUMBER, reason: NEEDED_REASON },
  async run(asked, context) {
    const { interaction } = asked;
    const { number, reason } = asked.options;
    const one = await readCase(number, interaction, context);
    await mustMayChange(one, asked, context);
    return await viewCase(await amend(one, interaction.user.id, [{ kind: 'void', why: reason }], context), context);
  },
});
