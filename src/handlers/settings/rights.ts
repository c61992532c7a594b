import { type BaseInteraction, type Guild, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../services/answers/user-error.ts';
import type { Rules } from '../define.ts';

/** For everything about settings. A server is set up by many presses in a short time. */
export const SETTINGS_RULES = {
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  cooldown: { uses: 40, seconds: 60 },
} as const satisfies Rules;

/** The server where something is asked. UserError where there is none that is known. */
export function guildOf({ guild }: BaseInteraction): Guild {
  if (!guild) throw new UserError('errors.serverOnly');
  return guild;
}
