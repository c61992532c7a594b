import { t } from '../../../../services/answers/words.ts';
import { CASE_FILTERS, readSought } from '../../../case-options.ts';
import { CASE_RULES, firstPage } from '../../../case-pages.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';

/** Cases by the words of their reasons. */
export default defineCommand({
  ...CASE_RULES,
  options: { text: text({ min: 1, max: 200 }), ...CASE_FILTERS },
  async run({ options, interaction }, context) {
    return await firstPage(await readSought(options, interaction, context), t('cases.title'), interaction, context);
  },
});
