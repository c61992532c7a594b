import { Value } from '@sinclair/typebox/value';
import type { Context } from '../context.ts';
import { timeIn } from '../lib/time/zones.ts';
import { UserError } from '../services/answers/user-error.ts';
import { clip } from '../services/answers/words.ts';
import { ReminderPayload } from '../services/reminders/message.ts';
import type { Timer } from '../services/timers/timers.ts';
import type { Choice, Typing } from './autocomplete.ts';

const LONGEST_CHOICE = 100;

export interface Reminder extends Timer {
  readonly payload: ReminderPayload;
}

/** A person's open reminders, the next first. */
export async function remindersOf(owner: string, { timers }: Pick<Context, 'timers'>): Promise<readonly Reminder[]> {
  const open = await timers.list({ kind: 'reminder', owner });
  return open.filter((timer): timer is Reminder => Value.Check(ReminderPayload, timer.payload));
}

/** A person's reminders whose text or time has what is typed. */
export async function offerReminders({ typed, interaction }: Typing, context: Context): Promise<readonly Choice[]> {
  const { user, guildId } = interaction;
  const [reminders, zone] = await Promise.all([remindersOf(user.id, context), context.zones.zoneOf(user.id, guildId)]);
  const wanted = typed.trim().toLowerCase();
  return reminders
    .map((one) => ({ name: labelOf(one, zone), value: one.id }))
    .filter(({ name, value }) => value === wanted || name.toLowerCase().includes(wanted));
}

/** The reminder that was picked, or the only one whose text has what was written. UserError when there is none or several. */
export async function findReminder(which: string, owner: string, context: Pick<Context, 'timers'>): Promise<Reminder> {
  const reminders = await remindersOf(owner, context);
  const wanted = which.trim().toLowerCase();
  const picked = reminders.find(({ id }) => id === wanted);
  if (picked) return picked;
  const [found, other] = reminders.filter(({ payload }) => payload.text.toLowerCase().includes(wanted));
  if (!found) throw new UserError('remind.noSuch');
  if (other) throw new UserError('remind.several');
  return found;
}

function labelOf({ dueAt, payload }: Reminder, zone: string): string {
  const { date, time } = timeIn(zone, dueAt);
  return clip(`${date} ${time} · ${payload.text.replaceAll(/\s+/g, ' ')}`, LONGEST_CHOICE);
}
