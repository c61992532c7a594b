import { Type } from '@sinclair/typebox';
import { type BaseInteraction, PermissionFlagsBits as P } from 'discord.js';
import type { Context } from '../context.ts';
import type { Answer, Button } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, mention, t } from '../services/answers/words.ts';
import { setUpJail } from '../services/moderation/jail-setup.ts';
import { refusalOf } from '../services/moderation/refusal.ts';
import { defineComponent } from './define.ts';
import { MODERATES } from './moderate.ts';

/** Sets the jail up: role, channel, and all other channels closed to the role. */
const setUp = defineComponent({
  ...MODERATES,
  needs: P.ManageGuild,
  botNeeds: P.ManageRoles | P.ManageChannels,
  kind: 'button',
  id: 'jail.setup',
  version: 1,
  state: Type.Object({}),
  defer: 'private',
  run: ({ interaction }, context) => makeJail(interaction, context),
});

/** Makes what a jail lacks, and says what it has now. UserError where that cannot be. */
export async function makeJail(interaction: BaseInteraction, context: Context): Promise<Answer> {
  if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
  try {
    const { role, channel, missed } = await setUpJail(interaction.guild, interaction.user, context);
    return ready(role, channel, missed);
  } catch (error) {
    const why = refusalOf(error);
    if (why) throw new UserError(why.key, why.params);
    throw error;
  }
}

function ready(role: string, channel: string, missed: readonly string[]): Answer {
  const params = { role: mention('role', role), channel: mention('channel', channel) };
  const names = list(missed.slice(0, 20).map((id) => mention('channel', id)));
  return {
    tone: missed.length > 0 ? 'warning' : 'good',
    parts: [{ kind: 'text', text: t('moderation.jail.ready', params) }],
    ...(missed.length > 0 && { next: t('moderation.jail.missed', { missed: names }) }),
  };
}

/** Says that there is no jail yet, with the button that makes one. */
export function noJailYet(): Answer {
  return {
    tone: 'warning',
    parts: [
      { kind: 'text', text: t('moderation.jail.notSetUp') },
      { kind: 'buttons', buttons: [setUpButton()] },
    ],
  };
}

/** The button that makes what a jail lacks, and closes all other channels to its role. */
export function setUpButton(): Button {
  return { label: t('moderation.jail.setUp'), style: 'primary', customId: setUp.customId({}) };
}

export const JAIL_BUTTONS = [setUp] as const;
