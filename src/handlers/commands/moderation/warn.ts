import { PermissionFlagsBits } from 'discord.js';
import { actionMenus } from '../../action-menus.ts';
import { defineCommand } from '../../define.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, user } from '../../options.ts';
import { checkPoints, POINTS } from '../../points-option.ts';
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
    points: POINTS,
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { member, reason, points, silent, evidence, file } = asked.options;
    await checkPoints(points, asked, context);
    const wish = { type: 'warn', targets: [targetOf(member)], reason, points, silent };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
