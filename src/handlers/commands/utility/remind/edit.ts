import { UserError } from '../../../../services/answers/user-error.ts';
import { whenOf } from '../../../../services/timers/when.ts';
import { defineCommand } from '../../../define.ts';
import { text } from '../../../options.ts';
import { findReminder, offerReminders } from '../../../reminder-choice.ts';
import { changeReminder, placeOf, REMINDER_RULES, setReminder } from '../../../reminder-setting.ts';
import { LONGEST_WHEN, offerWhen, readWhen } from '../../../when-option.ts';

/** Changes when a reminder comes, what it says, or where. */
export default defineCommand({
  ...REMINDER_RULES,
  options: {
    which: text({ min: 1, max: 200, autocomplete: offerReminders }),
    when: text({ optional: true, max: LONGEST_WHEN, autocomplete: offerWhen }),
    about: text({ optional: true, min: 1, max: 1_000 }),
    where: text({ optional: true, choices: ['dm', 'here'] }),
  },
  async run({ interaction, options: { which, when, about, where } }, context) {
    if (when === undefined && about === undefined && where === undefined) throw new UserError('remind.nothing');
    const reminder = await findReminder(which, interaction.user.id, context);
    const place = where && placeOf(interaction, where === 'here' ? 'channel' : 'dm');
    const payload = {
      ...reminder.payload,
      ...(about !== undefined && { text: about }),
      ...(place && { where: place.where }),
    };
    const { guild, channel } = place?.channel === undefined ? reminder : place;
    const to = { guild: guild ?? undefined, channel: channel ?? undefined };
    const wanted = { timer: reminder.id, payload, ...to };
    const owner = interaction.user.id;
    if (when === undefined) return changeReminder({ ...wanted, when: whenOf(reminder) }, owner, context);
    const read = await readWhen(when, interaction, context);
    return setReminder({ ...wanted, when: read, typed: when }, owner, context);
  },
});
