import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { MODERATES } from '../../../moderate.ts';
import { role, user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { orderRole } from '../../../role-order.ts';
import { targetOf } from '../../../target-option.ts';

/** Takes a role from a member. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageRoles,
  botNeeds: PermissionFlagsBits.ManageRoles,
  options: { member: user(), role: role(), reason: REASON },
  async run(asked, context) {
    const { member, role, reason } = asked.options;
    return await orderRole(asked, role, { type: 'role-remove', targets: [targetOf(member)], reason }, context);
  },
});
