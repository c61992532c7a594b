import { Type } from '@sinclair/typebox';
import type { Part } from '../../services/answers/answer.ts';
import { code, t } from '../../services/answers/words.ts';
import { defineComponent } from '../define.ts';
import { AUTOMOD_RULES } from './rights.ts';

export const listUndoComponent = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.words.undo',
  version: 1,
  state: Type.Object({ id: Type.String({ pattern: '^\\d{1,19}$' }) }),
  async run({ interaction, state }, { automodLists }) {
    const undone = await automodLists.undo({
      guild: interaction.guildId ?? '0',
      id: state.id,
      by: interaction.user.id,
    });
    const name = code(undone.name);
    const said =
      undone.entries === undefined
        ? t('automod.words.goneAgain', { name })
        : t('automod.words.asBefore', { name, count: undone.entries });
    return { tone: 'good', visible: 'private', parts: [{ kind: 'text', text: said }] };
  },
});

/** The button that puts back what a list was before a change. */
export function listUndo(id: string): Part {
  return {
    kind: 'buttons',
    buttons: [{ label: t('automod.buttons.undo'), customId: listUndoComponent.customId({ id }) }],
  };
}
