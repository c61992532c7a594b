import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../define.ts';
import { massButtons, proposeMass, WHOM } from '../../mass.ts';
import { MODERATES } from '../../moderate.ts';
import { raidUndo } from '../../raid-buttons.ts';
import { REASON } from '../../reason-option.ts';

const NEEDS = { needs: PermissionFlagsBits.BanMembers } as const;
const { ask, components } = massButtons('unban', NEEDS);

/** Lifts the bans of many: pasted or out of a file, shown first. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.BanMembers,
  defer: 'private',
  components: [...components, raidUndo('unban', NEEDS)],
  options: { ...WHOM, reason: REASON },
  run({ interaction, options: { ids, file, reason }, signal }, context) {
    const spec = { tell: false, ...(reason !== undefined && { reason }) };
    return proposeMass(interaction, { kind: 'unban', spec, ids, file }, ask, context, signal);
  },
});
