import { PermissionFlagsBits } from 'discord.js';
import { defineCommand } from '../../../define.ts';
import { MODERATES, moderate } from '../../../moderate.ts';
import { boolean, user } from '../../../options.ts';
import { REASON } from '../../../reason-option.ts';
import { targetOf } from '../../../target-option.ts';

/** Deafens a member who is in voice, or lets them hear again. */
export default defineCommand({
  ...MODERATES,
  needs: PermissionFlagsBits.DeafenMembers,
  botNeeds: PermissionFlagsBits.DeafenMembers,
  options: {
    member: user(),
    lift: boolean({ optional: true }),
    reason: REASON,
  },
  async run(asked, context) {
    const { member, lift, reason } = asked.options;
    const type = lift ? 'voice-undeafen' : 'voice-deafen';
    return await moderate(asked, { type, targets: [targetOf(member)], reason }, context);
  },
});
