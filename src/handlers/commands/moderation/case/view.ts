import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../../../services/answers/user-error.ts';
import { caseCard } from '../../../../services/moderation/entry.ts';
import { defineCommand } from '../../../define.ts';
import { integer } from '../../../options.ts';

/** Shows a case of this server. */
export default defineCommand({
  needs: PermissionFlagsBits.ModerateMembers,
  visible: 'private',
  options: { number: integer({ min: 1, max: 2_147_483_647 }) },
  async run({ options: { number }, interaction }, context) {
    const one = await context.moderation.get({ guild: interaction.guildId ?? '', number });
    if (!one) throw new UserError('commands.case.view.none', { number });
    return caseCard(one, context);
  },
});
