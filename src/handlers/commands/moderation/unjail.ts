import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { LONGEST_REASON, MODERATES, moderate } from '../../moderate.ts';
import { boolean, text, user } from '../../options.ts';
import { targetOf } from '../../target-option.ts';

/** Lets a member out of jail. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ModerateMembers,
  botNeeds: PermissionFlagsBits.ManageRoles,
  options: {
    member: user(),
    reason: text({ optional: true, max: LONGEST_REASON }),
    silent: boolean({ optional: true }),
  },
  async run(asked, context) {
    const { member, reason, silent } = asked.options;
    return await moderate(asked, { type: 'unjail', targets: [targetOf(member)], reason, silent }, context);
  },
});
