import { PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../../../services/answers/user-error.ts';
import { caseCard } from '../../../../services/moderation/entry.ts';
import { CASE_NUMBER } from '../../../case-number-option.ts';
import { defineCommand } from '../../../define.ts';

/** Shows a case of this server. */
export default defineCommand({
  needs: PermissionFlagsBits.ModerateMembers,
  visible: 'private',
  options: { number: CASE_NUMBER },
  async run({ options: { number }, interaction }, context) {
    const one = await context.moderation.get({ guild: interaction.guildId ?? '', number });
    if (!one) throw new UserError('commands.case.view.none', { number });
    return await caseCard(one, context);
  },
});
