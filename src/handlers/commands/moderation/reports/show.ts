import { reportByNumber } from '../../../../db/member-reports.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { reportCard } from '../../../../services/member-reports/card.ts';
import { defineCommand } from '../../../define.ts';
import { HANDLES_REPORTS, reportButtons } from '../../../member-report-buttons.ts';
import { integer } from '../../../options.ts';

/** A report with its buttons, also where the message that told of it is gone. */
export default defineCommand({
  ...HANDLES_REPORTS,
  options: { number: integer({ min: 1, max: 2_147_483_647 }) },
  components: reportButtons,
  async run({ interaction, options: { number } }, context) {
    const report = await reportByNumber(context.db, interaction.guildId ?? '0', number);
    if (!report) throw new UserError('memberReports.noSuch', { number });
    return await reportCard(report, context);
  },
});
