import { type Static, Type } from '@sinclair/typebox';
import type { Button } from '../answers/answer.ts';
import { encodeCustomId } from '../answers/custom-id.ts';
import { t } from '../answers/words.ts';

const Id = Type.String({ pattern: '^\\d{1,20}$' });

/** The button under a reminder that says it has been seen to. Who handles it takes id, version and state from here. */
export const REMINDER_DONE = { id: 'reminder.done', version: 1, state: Type.Object({ timer: Id }) } as const;

/** The button under a repetition in a channel that ends it: for the person, and for who moderates there. */
export const REMINDER_END = { id: 'reminder.end', version: 1, state: Type.Object({ timer: Id }) } as const;

const SNOOZES = ['10m', '1h', 'tomorrow'] as const;

/** The buttons that put a reminder off: by ten minutes, an hour, or to the same time tomorrow. */
export const REMINDER_SNOOZE = {
  id: 'reminder.snooze',
  version: 1,
  state: Type.Object({ timer: Id, span: Type.Union(SNOOZES.map((span) => Type.Literal(span))) }),
} as const;

/** What stands under a reminder that has been delivered. */
export function reminderButtons(timer: string): readonly Button[] {
  return [
    { label: t('reminders.done'), style: 'success', customId: idOf(REMINDER_DONE, { timer }) },
    ...SNOOZES.map((span) => ({
      label: t(`reminders.snooze.${span}`),
      customId: idOf(REMINDER_SNOOZE, { timer, span }),
    })),
  ];
}

export function endButton(timer: string): Button {
  return { label: t('reminders.end'), style: 'danger', customId: idOf(REMINDER_END, { timer }) };
}

type Component = typeof REMINDER_DONE | typeof REMINDER_END | typeof REMINDER_SNOOZE;

function idOf<C extends Component>({ id, version, state }: C, value: Static<C['state']>): string {
  return encodeCustomId(id, version, state, value);
}
