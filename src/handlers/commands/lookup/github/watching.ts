import { defineCommand } from '../../../define.ts';
import { followPages } from '../../../follow-list.ts';
import { FOLLOW_RULES } from '../../../follow-setting.ts';

const { turn, page } = followPages('github');

/** The repositories that a server follows. */
export default defineCommand({
  ...FOLLOW_RULES,
  components: [turn],
  run: ({ interaction }, context) => page(interaction.guildId ?? '0', 0, context),
});
