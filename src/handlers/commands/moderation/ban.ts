import { PermissionFlagsBits } from 'discord.js';
import { actionMenus } from '../../action-menus.ts';
import { banByAlert } from '../../automod-alert-buttons.ts';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { EVIDENCE, readEvidence } from '../../evidence-option.ts';
import { MODERATES, moderate } from '../../moderate.ts';
import { boolean, integer, text, user } from '../../options.ts';
import { REASON } from '../../reason-option.ts';
import { readTargets } from '../../target-option.ts';

const DAY_MS = 86_400_000;
const BOUNDS = { minMs: 60_000, maxMs: 5 * 365 * DAY_MS } as const;
const TYPICAL = ['1 day', '3 days', '1 week', '2 weeks', '30 days', '90 days'];
const NEEDS = { needs: PermissionFlagsBits.BanMembers, botNeeds: PermissionFlagsBits.BanMembers } as const;

const MENUS = actionMenus({ ...NEEDS, type: 'ban', lasting: { bounds: BOUNDS, optional: true } });

/** Bans people, for ever or for a time, also such as are not members. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  menus: MENUS.menus,
  components: [...MENUS.components, banByAlert],
  options: {
    who: user(),
    others: text({ optional: true, max: 1_000 }),
    reason: REASON,
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    deleteDays: integer({ optional: true, min: 0, max: 7 }),
    silent: boolean({ optional: true }),
    ...EVIDENCE,
  },
  async run(asked, context) {
    const { who, others, reason, duration, deleteDays = 0, silent, evidence, file } = asked.options;
    const ms = duration === undefined ? undefined : readDuration(duration, BOUNDS);
    const wish = {
      ...{ type: 'ban', reason, silent, data: { deleteDays } },
      targets: await readTargets(who, others, context),
      until: ms === undefined ? undefined : new Date(context.now().getTime() + ms),
      evidence: readEvidence(evidence, file),
    };
    return await moderate(asked, wish, context);
  },
});
