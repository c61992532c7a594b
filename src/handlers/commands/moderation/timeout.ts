import { PermissionFlagsBits } from 'discord.js';
import { actionMenus } from '../../action-menus.ts';
import { timeoutByAlert } from '../../automod-alert-buttons.ts';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, text, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { targetOf } from '../../target-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 2 * 365 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['10 minutes', '1 hour', '6 hours', '1 day', '1 week', '28 days', '60 days'];
const NEEDS = { needs: PermissionFlagsBits.ModerateMembers, botNeeds: PermissionFlagsBits.ModerateMembers } as const;

const MENUS = actionMenus({ ...NEEDS, type: 'timeout', lasting: { bounds: BOUNDS, optional: false } });

/** Puts a member in timeout, or sets another end to the one they are in. The bot renews what Discord does not take at once. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  menus: MENUS.menus,
  components: [...MENUS.components, timeoutByAlert],
  options: {
    member: user(),
    duration: text({ max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    reason: REASON,
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { member, duration, reason, silent, evidence, file } = asked.options;
    const until = new Date(context.now().getTime() + readDuration(duration, BOUNDS));
    const wish = { type: 'timeout', targets: [targetOf(member)], until, reason, silent };
    return await moderate(asked, { ...wish, evidence: readEvidence(evidence, file) }, context);
  },
});
