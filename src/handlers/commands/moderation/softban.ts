import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, integer, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

/** Removes a person and their latest messages. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.BanMembers,
  botNeeds: PermissionFlagsBits.BanMembers,
  options: {
    who: user(),
    reason: REASON,
    deleteDays: integer({ optional: true, min: 1, max: 7 }),
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { who, reason, deleteDays = 1, silent, evidence, file } = asked.options;
    const wish = { type: 'softban', targets: [targetOf(who)], reason, silent, data: { deleteDays } };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
