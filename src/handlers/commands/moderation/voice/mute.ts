import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { MODERATES, moderate } from '../../../moderate.ts';
import { boolean, user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { targetOf } from '../../../target-option.ts';

/** Mutes a member who is in voice, or lets them speak again. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.MuteMembers,
  botNeeds: PermissionFlagsBits.MuteMembers,
  options: {
    member: user(),
    lift: boolean({ optional: true }),
    reason: REASON,
  },
  async run(asked, context) {
    const { member, lift, reason } = asked.options;
    const type = lift ? 'voice-unmute' : 'voice-mute';
    return await moderate(asked, { type, targets: [targetOf(member)], reason }, context);
  },
});
