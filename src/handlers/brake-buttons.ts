import type { BaseInteraction } from 'discord.js';
import type { Context } from '../context.ts';
import { type Brake, findBrake } from '../db/brakes.ts';
import { say } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { mention } from '../services/answers/words.ts';
import { BRAKE_BUTTONS } from '../services/moderation/brake-buttons.ts';
import { liftBrake } from '../services/moderation/lift-brake.ts';
import { serverOf } from '../services/moderation/members.ts';
import { undoBraked } from '../services/moderation/undo-braked.ts';
import { defineComponent } from './define.ts';

/** They stand in the log and in the owner's direct messages. */
const RULES = { where: 'anywhere', visible: 'private', defer: 'private', updates: false, kind: 'button' } as const;

const undo = defineComponent({
  ...RULES,
  ...BRAKE_BUTTONS.undo,
  async run({ interaction, state }, context) {
    const { id } = await brakeOfOwner(state.brake, interaction, context);
    const { user } = interaction;
    const count = await undoBraked(id, { id: user.id, name: user.username, above: true }, context);
    return say(count === 0 ? 'brake.nothing' : 'brake.undoing', { count });
  },
});

const lift = defineComponent({
  ...RULES,
  ...BRAKE_BUTTONS.lift,
  async run({ interaction, state }, context) {
    const { guild, actor } = await brakeOfOwner(state.brake, interaction, context);
    const { user } = interaction;
    const lifted = await liftBrake({ guild, actor }, { id: user.id, name: user.username, above: true }, context);
    return say(`brake.${lifted}`, { who: mention('user', actor) });
  },
});

/** UserError for everybody but the owner and who runs the bot: whoever was frozen may not be alone. */
async function brakeOfOwner(id: string, { user }: BaseInteraction, context: Context): Promise<Brake> {
  const brake = await findBrake(context.db, id);
  if (!brake) throw new UserError('brake.ownersOnly');
  const { ownerId } = await serverOf(brake.guild, context);
  if (user.id !== ownerId && !context.gateway.isOwner(user.id)) throw new UserError('brake.ownersOnly');
  return brake;
}

export const BRAKE_COMPONENTS = [undo, lift] as const;
