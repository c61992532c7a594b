import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { reminderDone, reminderEnd, reminderSnooze } from '../../../reminder-buttons.ts';
import { findReminder, offerReminders } from '../../../reminder-choice.ts';
import { REMINDER_RULES, reminderCard } from '../../../reminder-setting.ts';
import { LONGEST_WHEN, offerWhen, readMoment } from '../../../when-option.ts';

/** Lets a reminder come at another moment, this once. */
export default defineCommand({
  ...REMINDER_RULES,
  options: {
    which: text({ min: 1, max: 200, autocomplete: offerReminders }),
    until: text({ max: LONGEST_WHEN, autocomplete: offerWhen }),
  },
  components: [reminderDone, reminderSnooze, reminderEnd],
  async run({ interaction, options: { which, until } }, context) {
    const owner = interaction.user.id;
    const { at } = await readMoment(until, interaction, context);
    const { id, kind, recurrence } = await findReminder(which, owner, context);
    const put = await context.timers.snooze({ id, kind, owner }, at);
    if (!put) throw new UserError('remind.noSuch');
    return reminderCard(put, t(recurrence === null ? 'remind.putOff' : 'remind.putOffToo'));
  },
});
