import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { massButtons, proposeMass, WHOM } from '../../mass.ts';
import { FILTER, readFilter } from '../../member-filter.ts';
import { MODERATES } from '../../moderate.ts';
import { boolean, text } from '../../options.ts';
import { raidDeed, raidUndo } from '../../raid-buttons.ts';
import { REASON } from '../../reason-option.ts';

const MINUTE_MS = 60_000;
const BOUNDS = { minMs: MINUTE_MS, maxMs: 2 * 365 * 24 * 60 * MINUTE_MS } as const;
const TYPICAL = ['10 minutes', '1 hour', '1 day', '1 week', '28 days'];
const NEEDS = { needs: PermissionFlagsBits.ModerateMembers } as const;
const { ask, components } = massButtons('timeout', NEEDS);

/** Puts many members in timeout: pasted, out of a file or those who fit, shown first. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.ModerateMembers,
  defer: 'private',
  components: [...components, raidDeed('timeout', NEEDS, ask), raidUndo('untimeout', NEEDS)],
  options: {
    duration: text({ max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    ...WHOM,
    ...FILTER,
    reason: REASON,
    tell: boolean({ optional: true }),
  },
  run({ interaction, options, signal }, context) {
    const { ids, file, reason, duration, tell = false } = options;
    const spec = { tell, durationMs: readDuration(duration, BOUNDS), ...(reason !== undefined && { reason }) };
    const wish = { kind: 'timeout', spec, ids, file, filter: readFilter(options, context) } as const;
    return proposeMass(interaction, wish, ask, context, signal);
  },
});
