import { PermissionFlagsBits } from 'discord.js';
import type { Rules } from '../define.ts';

/** For everything about automod's rules. A rule is made by many presses in a short time. */
export const AUTOMOD_RULES = {
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  cooldown: { uses: 30, seconds: 30 },
} as const satisfies Rules;
