import { PermissionFlagsBits } from 'discord.js';
import { say } from '../../../../services/answers/answer.ts';
import { mention } from '../../../../services/answers/words.ts';
import { liftBrake } from '../../../../services/moderation/lift-brake.ts';
import { BRAKE_COMPONENTS } from '../../../brake-buttons.ts';
import { defineCommand } from '../../../define.ts';
import { user } from '../../../options.ts';
import { mustOwn } from '../../../standing.ts';

/** Gives somebody their rank back that the brake has frozen. */
export default defineCommand({
  needs: PermissionFlagsBits.ManageGuild,
  visible: 'private',
  components: BRAKE_COMPONENTS,
  options: { member: user() },
  async run({ options: { member }, interaction }, context) {
    await mustOwn(interaction, context);
    const whose = { guild: interaction.guildId ?? '0', actor: member.id };
    const by = { id: interaction.user.id, name: interaction.user.username, above: true };
    const lifted = await liftBrake(whose, by, context);
    return say(`brake.${lifted}`, { who: mention('user', member.id) });
  },
});
