import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { UserError } from '../../../../services/answers/user-error.ts';
import { mention } from '../../../../services/answers/words.ts';
import { mayIn } from '../../../channel-rights.ts';
import { defineCommand } from '../../../define.ts';
import { MODERATES, moderate } from '../../../moderate.ts';
import { channel, user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { targetOf } from '../../../target-option.ts';

/** Moves a member from the voice channel they are in to another. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.MoveMembers,
  botNeeds: PermissionFlagsBits.MoveMembers,
  options: {
    member: user(),
    channel: channel({ types: [ChannelType.GuildVoice, ChannelType.GuildStageVoice] }),
    reason: REASON,
  },
  async run(asked, context) {
    const { member, channel, reason } = asked.options;
    if (!mayIn(asked.interaction, channel.id, PermissionFlagsBits.Connect)) {
      throw new UserError('moderation.voice.notThere', { channel: mention('channel', channel.id) });
    }
    const wish = { type: 'voice-move', targets: [targetOf(member)], reason, data: { channel: channel.id } };
    return await moderate(asked, wish, context);
  },
});
