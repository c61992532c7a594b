import { PermissionFlagsBits } from 'discord.js';
import type { Context } from '../../../../context.ts';
import { lastingCase } from '../../../../db/cases.ts';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { hasRole } from '../../../../services/moderation/member-roles.ts';
import { defineCommand } from '../../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../../duration-option.ts';
import { MODERATES } from '../../../moderate.ts';
import { role, text, user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { orderRole } from '../../../role-order.ts';
import { targetOf } from '../../../target-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 5 * 365 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['1 hour', '1 day', '3 days', '1 week', '30 days', '90 days'];

/** Gives a member a role for a time, or another time to one they have for a time. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ManageRoles,
  botNeeds: PermissionFlagsBits.ManageRoles,
  options: {
    member: user(),
    role: role(),
    duration: text({ max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    reason: REASON,
  },
  async run(asked, context) {
    const { member, role, duration, reason } = asked.options;
    const until = new Date(context.now().getTime() + readDuration(duration, BOUNDS));
    await refuseForGood({ guild: asked.interaction.guildId ?? '', target: member.id }, role.id, context);
    return await orderRole(asked, role, { type: 'role-add', targets: [targetOf(member)], reason, until }, context);
  },
});

/** Who has a role for good would lose it at the end. */
async function refuseForGood(
  who: { readonly guild: string; readonly target: string },
  role: string,
  context: Context,
): Promise<void> {
  if (!(await hasRole(who, role, context))) return;
  const lasting = await lastingCase(context.db, { ...who, type: 'role-add', same: { role } }, context.now());
  if (lasting?.until) return;
  throw new UserError('moderation.role.forGood', { who: mention('user', who.target), role: mention('role', role) });
}
