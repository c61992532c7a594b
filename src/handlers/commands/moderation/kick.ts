import { PermissionFlagsBits } from 'discord.js';
import { actionMenus } from '../../action-menus.ts';
import { defineCommand } from '../../define.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

const NEEDS = { needs: PermissionFlagsBits.KickMembers, botNeeds: PermissionFlagsBits.KickMembers } as const;

/** Removes a member, who can come back. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  ...actionMenus({ ...NEEDS, type: 'kick' }),
  options: {
    member: user(),
    reason: REASON,
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { member, reason, silent, evidence, file } = asked.options;
    const wish = { type: 'kick', targets: [targetOf(member)], reason, silent };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
