import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { LONGEST_REASON, MODERATES, moderate } from '../../../moderate.ts';
import { text, user } from '../../../options.ts';
import { targetOf } from '../../../target-option.ts';

/** Puts a member out of the voice channel they are in. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.MoveMembers,
  botNeeds: PermissionFlagsBits.MoveMembers,
  options: { member: user(), reason: text({ optional: true, max: LONGEST_REASON }) },
  async run(asked, context) {
    const { member, reason } = asked.options;
    return await moderate(asked, { type: 'voice-kick', targets: [targetOf(member)], reason }, context);
  },
});
