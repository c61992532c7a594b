import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { findReminder, offerReminders } from '../../../reminder-choice.ts';
import { REMINDER_RULES, reminderCard } from '../../../reminder-setting.ts';

/** Deletes a reminder, and shows what it was. */
export default defineCommand({
  ...REMINDER_RULES,
  options: { which: text({ min: 1, max: 200, autocomplete: offerReminders }) },
  async run({ interaction, options }, context) {
    const owner = interaction.user.id;
    const reminder = await findReminder(options.which, owner, context);
    const deleted = await context.timers.remove({ id: reminder.id, kind: reminder.kind, owner });
    if (!deleted) throw new UserError('remind.noSuch');
    return reminderCard(reminder, t('remind.deleted'), 'info');
  },
});
