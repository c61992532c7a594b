import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { massButtons, proposeMass, WHOM } from '../../mass.ts';
import { LONGEST_REASON, MODERATES } from '../../moderate.ts';
import { boolean, text } from '../../options.ts';

const NEEDS = { needs: PermissionFlagsBits.KickMembers } as const;
const { ask, components } = massButtons('kick', NEEDS);

/** Removes many members: pasted or out of a file, shown first. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.KickMembers,
  defer: 'private',
  components,
  options: { ...WHOM, reason: text({ optional: true, max: LONGEST_REASON }), tell: boolean({ optional: true }) },
  run({ interaction, options: { ids, file, reason, tell = false }, signal }, context) {
    const spec = { tell, ...(reason !== undefined && { reason }) };
    return proposeMass(interaction, { kind: 'kick', spec, ids, file }, ask, context, signal);
  },
});
