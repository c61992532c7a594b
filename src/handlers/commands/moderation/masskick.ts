import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { massButtons, proposeMass, WHOM } from '../../mass.ts';
import { FILTER, readFilter } from '../../member-filter.ts';
import { MODERATES } from '../../moderate.ts';
import { boolean } from '../../options.ts';
import { raidDeed } from '../../raid-buttons.ts';
import { REASON } from '../../reason-option.ts';

const NEEDS = { needs: PermissionFlagsBits.KickMembers } as const;
const { ask, components } = massButtons('kick', NEEDS);

/** Removes many members: pasted, out of a file or those who fit, shown first. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.KickMembers,
  defer: 'private',
  components: [...components, raidDeed('kick', NEEDS, ask)],
  options: {
    ...WHOM,
    ...FILTER,
    reason: REASON,
    tell: boolean({ optional: true }),
  },
  run({ interaction, options, signal }, context) {
    const { ids, file, reason, tell = false } = options;
    const spec = { tell, ...(reason !== undefined && { reason }) };
    const wish = { kind: 'kick', spec, ids, file, filter: readFilter(options, context) } as const;
    return proposeMass(interaction, wish, ask, context, signal);
  },
});
