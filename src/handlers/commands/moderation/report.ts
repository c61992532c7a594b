import { defineCommand, defineMessageMenu } from '../../define.ts';
import { askWhy, REPORT_RULES, reportForm } from '../../member-report.ts';
import { replyButtons } from '../../member-report-buttons.ts';
import { user } from '../../options.ts';

const menu = defineMessageMenu({
  ...REPORT_RULES,
  id: 'report-message',
  sameAs: 'report',
  opensForm: true,
  run: (asked, context) =>
    askWhy(asked.interaction.targetMessage.author, asked.interaction.targetMessage, asked, context),
});

/** Tells those who moderate of somebody; who does so they do not see unless the server wants that. */
export default defineCommand({
  ...REPORT_RULES,
  options: { who: user() },
  opensForm: true,
  menus: [menu],
  components: [reportForm, ...replyButtons],
  run: (asked, context) => askWhy(asked.options.who, undefined, asked, context),
});
