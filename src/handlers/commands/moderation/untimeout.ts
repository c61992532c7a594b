import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

/** Ends a member's timeout. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ModerateMembers,
  botNeeds: PermissionFlagsBits.ModerateMembers,
  options: {
    member: user(),
    reason: REASON,
    silent: boolean({ optional: true }),
  },
  async run(asked, context) {
    const { member, reason, silent } = asked.options;
    return await moderate(asked, { type: 'untimeout', targets: [targetOf(member)], reason, silent }, context);
  },
});
