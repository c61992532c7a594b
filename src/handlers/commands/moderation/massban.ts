import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { LONGEST_DURATION, offerDuration, readDuration } from '../../duration-option.ts';
import { massButtons, proposeMass, WHOM } from '../../mass.ts';
import { FILTER, readFilter } from '../../member-filter.ts';
import { MODERATES } from '../../moderate.ts';
import { boolean, integer, text } from '../../options.ts';
import { raidDeed } from '../../raid-buttons.ts';
import { REASON } from '../../reason-option.ts';

const BOUNDS = { minMs: 60_000, maxMs: 5 * 365 * 86_400_000 } as const;
const TYPICAL = ['1 day', '1 week', '30 days'];
const NEEDS = { needs: PermissionFlagsBits.BanMembers } as const;
const { ask, components } = massButtons('ban', NEEDS);

/** Bans many: pasted, out of a file or those who fit, shown first. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.BanMembers,
  defer: 'private',
  components: [...components, raidDeed('ban', NEEDS, ask)],
  options: {
    ...WHOM,
    ...FILTER,
    reason: REASON,
    duration: text({ optional: true, max: LONGEST_DURATION, autocomplete: offerDuration(BOUNDS, TYPICAL) }),
    deleteDays: integer({ optional: true, min: 0, max: 7 }),
    tell: boolean({ optional: true }),
  },
  run({ interaction, options, signal }, context) {
    const { ids, file, reason, duration, deleteDays = 0, tell = false } = options;
    const lasting = duration === undefined ? {} : { durationMs: readDuration(duration, BOUNDS) };
    const spec = { deleteDays, tell, ...(reason !== undefined && { reason }), ...lasting };
    const wish = { kind: 'ban', spec, ids, file, filter: readFilter(options, context) } as const;
    return proposeMass(interaction, wish, ask, context, signal);
  },
});
