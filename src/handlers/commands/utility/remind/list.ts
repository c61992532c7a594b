import { Type } from '@sinclair/typebox';
import type { Context } from '../../../../context.ts';
import { type Answer, type Part, say } from '../../../../services/answers/answer.ts';
import { clip, mention, moment, type Said, t } from '../../../../services/answers/words.ts';
import { whenOf } from '../../../../services/timers/when.ts';
import { defineCommand, defineComponent } from '../../../define.ts';
import { type Reminder, remindersOf } from '../../../reminder-choice.ts';
import { REMINDER_RULES } from '../../../reminder-setting.ts';
import { nearAndFar } from '../../../when-option.ts';

const ON_A_PAGE = 8;
const LONGEST_SHOWN = 120;

const turn = defineComponent({
  ...REMINDER_RULES,
  kind: 'button',
  id: 'remind.page',
  version: 1,
  state: Type.Object({ page: Type.Integer({ minimum: 0, maximum: 1_000 }) }),
  run: ({ interaction, state }, context) => page(interaction.user.id, state.page, context),
});

/** A person's open reminders, the next first. */
export default defineCommand({
  ...REMINDER_RULES,
  components: [turn],
  run: ({ interaction }, context) => page(interaction.user.id, 0, context),
});

async function page(owner: string, wanted: number, context: Context): Promise<Answer> {
  const reminders = await remindersOf(owner, context);
  if (reminders.length === 0) return say('commands.remind.list.none');
  const pages = Math.ceil(reminders.length / ON_A_PAGE);
  const at = Math.min(wanted, pages - 1); // some may be gone since the button was made
  const lines = reminders.slice(at * ON_A_PAGE, (at + 1) * ON_A_PAGE).map(lineOf);
  const step = (to: number, key: 'earlier' | 'later') => ({
    label: t(`commands.remind.list.${key}`),
    customId: turn.customId({ page: Math.max(0, to) }),
    disabled: to < 0 || to >= pages,
  });
  const buttons: Part = { kind: 'buttons', buttons: [step(at - 1, 'earlier'), step(at + 1, 'later')] };
  return {
    tone: 'info',
    title: t('commands.remind.list.title', { count: reminders.length }),
    parts: [{ kind: 'points', points: lines }, ...(pages > 1 ? [buttons] : [])],
    next: t('commands.remind.list.next'),
  };
}

function lineOf(reminder: Reminder): Said {
  const { dueAt, payload, channel } = reminder;
  const when = whenOf(reminder);
  const about = clip(payload.text.replaceAll(/\s+/g, ' '), LONGEST_SHOWN);
  const here = payload.where === 'channel' && channel !== null;
  const where = here ? mention('channel', channel) : t('remind.byDm');
  const params = { about, when: nearAndFar(dueAt), where };
  if (when.broken) return t('commands.remind.list.broken', params);
  if (when.kind === 'once') return t('commands.remind.list.once', params);
  return t('commands.remind.list.repeat', { ...params, words: moment(when) });
}
