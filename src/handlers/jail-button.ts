import { Type } from '@sinclair/typebox';
import { PermissionFlagsBits as P } from 'discord.js';
import type { Answer } from '../services/answers/answer.ts';
import { UserError } from '../services/answers/user-error.ts';
import { list, mention, t } from '../services/answers/words.ts';
import { setUpJail } from '../services/moderation/jail-setup.ts';
import { refusalOf } from '../services/moderation/refusal.ts';
import { defineComponent } from './define.ts';
import { MODERATES } from './moderate.ts';
import { changeArea } from './settings-panel.ts';

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
  async run(asked, context) {
    const { interaction } = asked;
    if (!interaction.inCachedGuild()) throw new UserError('errors.serverOnly');
    try {
      const reason = `${interaction.user.username} (${interaction.user.id}) · jail set up`;
      const { role, channel, missed } = await setUpJail(interaction.guild, reason, context);
      await changeArea('jail', { role, channel }, asked, context);
      return ready(role, channel, missed);
    } catch (error) {
      const why = refusalOf(error);
      if (why) throw new UserError(why.key, why.params);
      throw error;
    }
  },
});

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
  const button = { label: t('moderation.jail.setUp'), style: 'primary', customId: setUp.customId({}) } as const;
  return {
    tone: 'warning',
    parts: [
      { kind: 'text', text: t('moderation.jail.notSetUp') },
      { kind: 'buttons', buttons: [button] },
    ],
  };
}

export const JAIL_BUTTONS = [setUp] as const;
