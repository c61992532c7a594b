import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { MODERATES, moderate } from '../../../moderate.ts';
import { user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { targetOf } from '../../../target-option.ts';

/** Puts a member out of the voice channel they are in. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.MoveMembers,
  botNeeds: PermissionFlagsBits.MoveMembers,
  options: { member: user(), reason: REASON },
  async run(asked, context) {
    const { member, reason } = asked.options;
    return await moderate(asked, { type: 'voice-kick', targets: [targetOf(member)], reason }, context);
  },
});
