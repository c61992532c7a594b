import { t } from '../../../../services/answers/words.ts';
import { CASE_FILTERS, readSought } from '../../../case-options.ts';
import { CASE_RULES, firstPage, turnCases } from '../../../case-pages.ts';
import { defineCommand } from '../../../define.ts';

/** The cases of this server, the newest first, all or some. */
export default defineCommand({
  ...CASE_RULES,
  options: CASE_FILTERS,
  components: [turnCases],
  async run({ options, interaction }, context) {
    return await firstPage(await readSought(options, interaction, context), t('cases.title'), interaction, context);
  },
});
