import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { LONGEST_REASON, MODERATES, moderate } from '../../moderate.ts';
import { text, user } from '../../options.ts';
import { targetOf } from '../../target-option.ts';

/** Keeps something about a person for the moderators. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.ModerateMembers,
  options: { who: user(), text: text({ max: LONGEST_REASON }), ...EVIDENCE },
  async run(asked, context) {
    const { who, text: reason, evidence, file } = asked.options;
    const wish = { type: 'note', targets: [targetOf(who)], reason, evidence: readEvidence(evidence, file) };
    return await moderate(asked, wish, context);
  },
});
