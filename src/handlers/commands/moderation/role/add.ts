import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { LONGEST_REASON, MODERATES } from '../../../moderate.ts';
import { role, text, user } from '../../../options.ts';
import { orderRole } from '../../../role-order.ts';
import { targetOf } from '../../../target-option.ts';

/** Gives a member a role for good. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageRoles,
  botNeeds: PermissionFlagsBits.ManageRoles,
  options: { member: user(), role: role(), reason: text({ optional: true, max: LONGEST_REASON }) },
  async run(asked, context) {
    const { member, role, reason } = asked.options;
    return await orderRole(asked, role, { type: 'role-add', targets: [targetOf(member)], reason }, context);
  },
});
