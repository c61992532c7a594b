import { PermissionFlagsBits } from 'discord.js';
import { actionMenus } from '../../action-menus.ts';
import { defineCommand } from '../../define.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, integer, user } from '../../options.ts';
import { NEEDED_REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

const NEEDS = { needs: PermissionFlagsBits.ModerateMembers } as const;

/** Warns a member: a message to them, and a case. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  ...actionMenus({ ...NEEDS, type: 'warn', reasoned: true }),
  options: {
    member: user(),
    reason: NEEDED_REASON,
    points: integer({ optional: true, min: 0, max: 100 }),
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { member, reason, points, silent, evidence, file } = asked.options;
    const wish = { type: 'warn', targets: [targetOf(member)], reason, points, silent };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
