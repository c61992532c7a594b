import { Value } from '@sinclair/typebox/value';
import { type ButtonInteraction, PermissionFlagsBits } from 'discord.js';
import type { Context } from '../context.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention, t } from '../services/answers/words.ts';
import { REMINDER_DONE, REMINDER_END, REMINDER_SNOOZE } from '../services/reminders/buttons.ts';
import { ReminderPayload, settledReminder } from '../services/reminders/message.ts';
import { defineComponent } from './define.ts';
import type { Reminder } from './reminder-choice.ts';
import { nearAndFar } from './when-option.ts';

const MINUTE_MS = 60_000;

/** Takes the buttons off a reminder that has been seen to. */
export const reminderDone = defineComponent({
  ...REMINDER_DONE,
  kind: 'button',
  where: 'anywhere',
  async run({ interaction, state }, context) {
    const { payload, recurrence, doneAt, dueAt } = await delivered(state.timer, interaction, context);
    const again = recurrence !== null && doneAt === null;
    const note = again ? t('reminders.doneNext', { when: nearAndFar(dueAt) }) : t('reminders.isDone');
    return settledReminder(payload, note, 'good');
  },
});

/** Puts a reminder off. One that comes again and again does so all the same. */
export const reminderSnooze = defineComponent({
  ...REMINDER_SNOOZE,
  kind: 'button',
  where: 'anywhere',
  async run({ interaction, state: { timer, span } }, context) {
    const { payload, kind, zone } = await delivered(timer, interaction, context);
    const until = untilOf(span, zone, context.now());
    const put = await context.timers.snooze({ id: timer, kind, owner: interaction.user.id }, until);
    if (!put) throw new UserError('reminders.gone');
    return settledReminder(payload, t('reminders.putOff', { when: nearAndFar(put.dueAt) }), 'info');
  },
});

/** Ends a repetition that comes in a channel. */
export const reminderEnd = defineComponent({
  ...REMINDER_END,
  kind: 'button',
  where: 'anywhere',
  async run({ interaction, state: { timer } }, context) {
    const { kind, owner, channel, payload } = await kept(timer, context);
    const { user, channelId, memberPermissions } = interaction;
    const moderates = channel === channelId && memberPermissions?.has(PermissionFlagsBits.ManageMessages);
    if (owner !== user.id && !moderates)
      throw new UserError('reminders.notYoursToEnd', { who: mention('user', owner) });
    await context.timers.remove({ id: timer, kind });
    return settledReminder(payload, t('reminders.endedBy', { who: mention('user', user.id) }), 'info');
  },
});

/** UserError for anybody but the person who was reminded, and when it is not kept any more. */
async function delivered(
  id: string,
  { user }: Pick<ButtonInteraction, 'user'>,
  context: Pick<Context, 'timers'>,
): Promise<Reminder> {
  const reminder = await kept(id, context);
  if (reminder.owner !== user.id) throw new UserError('reminders.notYours', { who: mention('user', reminder.owner) });
  return reminder;
}

async function kept(id: string, { timers }: Pick<Context, 'timers'>): Promise<Reminder> {
  const timer = await timers.get({ id, kind: 'reminder' });
  if (!timer) throw new UserError('reminders.gone');
  const { payload } = timer;
  if (!Value.Check(ReminderPayload, payload)) throw new UserError('reminders.gone');
  return { ...timer, payload };
}

/** Tomorrow is the same time of day, also when the clocks are changed in the night. */
function untilOf(span: '10m' | '1h' | 'tomorrow', zone: string, now: Date): Date {
  switch (span) {
    case '10m':
      return new Date(now.getTime() + 10 * MINUTE_MS);
    case '1h':
      return new Date(now.getTime() + 60 * MINUTE_MS);
    case 'tomorrow': {
      const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
      return new Date(here.add({ days: 1 }).epochMilliseconds);
    }
  }
}
