import type { ActionName, ActionOf } from '../../workers/rules/schema.ts';
import { TEXT_CHANNELS } from '../channel-setting.ts';
import { channelsField, lineField, numberField, rolesField, spanField } from './fields.ts';
import type { Shape } from './trigger-forms.ts';

const DAY_SECONDS = 86_400;
const LASTING = { min: 60, max: 5 * 365 * DAY_SECONDS } as const;

function ofRole<A extends 'add-role' | 'remove-role'>(name: A): Shape<ActionOf<A>> {
  return {
    fields: (held, { hasRole }) => [
      rolesField('role', (held ? [held.role] : []).filter(hasRole), { max: 1 }),
      spanField('forGood', held?.for, false),
    ],
    read(entered) {
      const [role = ''] = entered.ids('role');
      const seconds = entered.seconds('forGood', LASTING);
      return { do: name, role, ...(seconds !== undefined && { for: seconds }) } as ActionOf<A>; // both are alike
    },
  };
}

/** Every action there is something to say of. What is not here has no values. */
export const ACTION_FORMS: { readonly [A in ActionName]?: Shape<ActionOf<A>> } = {
  timeout: {
    fields: (held) => [spanField('for', held?.for ?? 600)],
    read: (entered) => ({ do: 'timeout', for: entered.span('for', { min: 60, max: 28 * DAY_SECONDS }) }),
  },
  ban: {
    fields: (held) => [spanField('forGood', held?.for, false), numberField('deleteDays', held?.deleteDays ?? 0)],
    read(entered) {
      const seconds = entered.seconds('forGood', LASTING);
      const deleteDays = entered.number('deleteDays', { min: 0, max: 7 });
      return { do: 'ban', ...(seconds !== undefined && { for: seconds }), ...(deleteDays > 0 && { deleteDays }) };
    },
  },
  'add-role': ofRole('add-role'),
  'remove-role': ofRole('remove-role'),
  slowmode: {
    fields: (held) => [spanField('wait', held?.seconds ?? 10), spanField('for', held?.for ?? 600)],
    read: (entered) => ({
      do: 'slowmode',
      seconds: entered.span('wait', { min: 1, max: 21_600 }),
      for: entered.span('for', LASTING),
    }),
  },
  alert: {
    fields: (held, { hasChannel }) => [
      channelsField('channel', (held?.channel === undefined ? [] : [held.channel]).filter(hasChannel), {
        max: 1,
        required: false,
        types: TEXT_CHANNELS,
      }),
    ],
    read(entered) {
      const [channel] = entered.ids('channel');
      return { do: 'alert', ...(channel !== undefined && { channel }) };
    },
  },
  reply: {
    fields: (held) => [
      { ...lineField('text', held?.text, { max: 1_000, required: true }), long: true },
      spanField('deleteAfter', held ? held.deleteAfter : 60, false),
    ],
    read(entered) {
      const deleteAfter = entered.seconds('deleteAfter', { min: 1, max: 3_600 });
      return { do: 'reply', text: entered.some('text'), ...(deleteAfter !== undefined && { deleteAfter }) };
    },
  },
};
