import { Type } from '@sinclair/typebox';
import type { BaseInteraction } from 'discord.js';
import type { Context } from '../../context.ts';
import type { Answer, Button } from '../../services/answers/answer.ts';
import { t } from '../../services/answers/words.ts';
import { broughtBackBy, kindOfChange, nameIn, undoable, undoChange } from '../../services/automod/rule-book.ts';
import { type Asked, defineComponent } from '../define.ts';
import { mustMayOrder } from './may-order.ts';
import { AUTOMOD_RULES } from './rights.ts';

type On = Asked<BaseInteraction>;

export const undoComponent = defineComponent({
  ...AUTOMOD_RULES,
  kind: 'button',
  id: 'automod.undo',
  version: 1,
  state: Type.Object({ version: Type.Integer({ minimum: 1 }) }),
  run: (asked, context) => takeBack(asked.state.version, asked, context),
});

/** The button that takes a change back, as long as nobody has changed the same since. */
export function undoButton(version: number): Button {
  return { label: t('automod.buttons.undo'), customId: undoComponent.customId({ version }) };
}

/** Takes back that change, or the last one, and says what it was. UserError where it brings back what whoever asks may not order. */
export async function takeBack(version: number | undefined, asked: On, context: Context): Promise<Answer> {
  const { guildId, user } = asked.interaction;
  const guild = guildId ?? '0';
  const change = await undoable(guild, version, context.db);
  await mustMayOrder(broughtBackBy(change), asked, context);
  const { rules } = await undoChange(guild, user.id, change.version, context);
  return {
    tone: 'good',
    visible: 'private',
    title: t('automod.undo.title'),
    parts: [
      { kind: 'points', points: rules.map((one) => t(`automod.undo.${kindOfChange(one)}`, { name: nameIn(one) })) },
    ],
    next: t('automod.undo.next'),
  };
}
