import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { LOCK, readLock } from '../../lock-option.ts';
import { LONGEST_REASON, MODERATES, moderate } from '../../moderate.ts';
import { text } from '../../options.ts';

/** Gives back what a lockdown took. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageChannels,
  options: { ...LOCK, reason: text({ optional: true, max: LONGEST_REASON }) },
  async run(asked, context) {
    const { reason, ...place } = asked.options;
    const targets = [readLock(asked.interaction, place)];
    return await moderate(asked, { type: 'unlock', targets, reason }, context);
  },
});
