import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention, t } from '../../../../services/answers/words.ts';
import { findMembers } from '../../../../services/mass/find-members.ts';
import { defineCommand } from '../../../define.ts';
import { propose } from '../../../mass.ts';
import { MOST_TARGETS } from '../../../mass-targets.ts';
import { MODERATES } from '../../../moderate.ts';
import { role, text } from '../../../options.ts';
import { LONGEST_PAST, readPast } from '../../../past-option.ts';
import { REASON } from '../../../reason-option.ts';
import { bulkRoleButtons } from '../../../role-bulk.ts';
import { refuseRole } from '../../../role-order.ts';

const NEEDS = { needs: PermissionFlagsBits.ManageRoles } as const;
const { ask, components } = bulkRoleButtons(NEEDS);

/** Gives a role to all who fit, or takes it from them: shown first, then worked off, and taken back by a press. */
export default defineCommand({
  ...MODERATES,
  ...NEEDS,
  botNeeds: PermissionFlagsBits.ManageRoles,
  defer: 'private',
  components,
  options: {
    change: text({ choices: ['add', 'remove'] }),
    role: role(),
    has: role({ optional: true }),
    joinedBefore: text({ optional: true, max: LONGEST_PAST }),
    who: text({ optional: true, choices: ['humans', 'bots'] }),
    reason: REASON,
  },
  async run({ interaction, options, signal }, context) {
    const { change, role: changed, has, joinedBefore, who, reason } = options;
    await refuseRole(interaction, changed, context);
    const before = joinedBefore === undefined ? undefined : await readPast(joinedBefore, 'begin', interaction, context);
    const guild = interaction.guildId ?? '0';
    const held = [...(has ? [has.id] : []), ...(change === 'remove' ? [changed.id] : [])];
    const lacks = change === 'add' ? changed.id : undefined; // who has it already is not of this run, nor of what takes it back
    const filter = { guild, has: held, lacks, joinedBefore: before, who, most: MOST_TARGETS };
    const { items, more } = await findMembers(filter, context, signal);
    if (items.length === 0) throw new UserError('mass.targets.noneFit', { role: mention('role', changed.id) });
    const spec = { tell: false, role: changed.id, ...(reason !== undefined && { reason }) };
    const notes = more ? [t('mass.preview.moreFit', { count: MOST_TARGETS })] : [];
    const kind = change === 'add' ? 'role-add' : 'role-remove';
    return await propose(interaction, { kind, spec }, { items, notes }, ask, context);
  },
});
