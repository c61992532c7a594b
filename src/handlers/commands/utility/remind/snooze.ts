import { Type } from '@sinclair/typebox';
import type { Context } from '../../../../context.ts';
import { readsTwoWays } from '../../../../lib/time/parse.ts';
import type { Answer } from '../../../../services/answers/answer.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { t } from '../../../../services/answers/words.ts';
import { defineCommand } from '../../../define.ts';
import { defineDraft } from '../../../draft.ts';
import { text } from '../../../options.ts';
import { reminderDone, reminderEnd, reminderSnooze } from '../../../reminder-buttons.ts';
import { findReminder, offerReminders } from '../../../reminder-choice.ts';
import { REMINDER_RULES, reminderCard } from '../../../reminder-setting.ts';
import { LONGEST_WHEN, offerWhen, readMoment, whenFields } from '../../../when-option.ts';

const draft = defineDraft({
  ...REMINDER_RULES,
  id: 'snooze',
  schema: Type.Object({ timer: Type.String({ pattern: '^\\d{1,20}$' }), until: Type.Integer() }),
  store: ({ timer, until }, owner, context) => snooze(timer, owner, new Date(until), context),
});

/** Lets a reminder come at another moment, this once. */
export default defineCommand({
  ...REMINDER_RULES,
  options: {
    which: text({ min: 1, max: 200, autocomplete: offerReminders }),
    until: text({ max: LONGEST_WHEN, autocomplete: offerWhen }),
  },
  components: [...draft.components, reminderDone, reminderSnooze, reminderEnd],
  async run({ interaction, options: { which, until } }, context) {
    const owner = interaction.user.id;
    const when = await readMoment(until, interaction, context);
    const { id } = await findReminder(which, owner, context);
    if (!readsTwoWays(until)) return snooze(id, owner, when.at, context);
    const shown = {
      title: t('remind.confirm'),
      parts: [{ kind: 'fields', fields: whenFields(when) }],
      yes: t('remind.yesThen'),
    } as const;
    return draft.ask({ timer: id, until: when.at.getTime() }, owner, shown, context);
  },
});

async function snooze(id: string, owner: string, until: Date, { timers, now }: Context): Promise<Answer> {
  if (until <= now()) throw new UserError('time.over');
  const which = { id, kind: 'reminder', owner };
  const before = await timers.get(which);
  const put = await timers.snooze(which, until);
  if (!put) throw new UserError('remind.noSuch');
  return reminderCard(put, t(before?.recurrence == null ? 'remind.putOff' : 'remind.putOffToo'));
}
